import type { Message, TokenRequest } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { type FailurePoint, isError } from '../../facts/failure-points/point'
import { endOf, issuerOfRefreshToken, refreshCallsOf } from '../../facts/refresh'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { duration } from '../shared/text'
import { isAboutTheGrant, reasonOf, saidBy } from '../shared/token-calls'
import { type Failure, defineRule, fail, pass } from '../rule'

/** Servers’ words for a refresh token that was taken back. */
const words =
  /\brevoked\b|revocation|AADSTS50173|password (was |has been )?changed|consent (was |has been )?(removed|withdrawn)/i

export const refreshTokenRevoked = defineRule({
  id: 'refresh-token-revoked',
  title: 'The refresh token had been revoked',
  category: 'failure',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'Between the issue of a refresh token and its use the client revoked it, ended the session, or presented the token that this one had replaced; or the server says that it was revoked.',
  why: 'A sign-out, a changed password or a withdrawn consent takes refresh tokens back. Whatever still uses one is refused.',
  toldApart:
    'The revocation, the sign-out or the second use of the older token stands in the recording, or the revocation in the server’s words.',
  silentWhen: 'None of them is there.',
  references: [rfc(7009, '2'), rfc(9700, '4.14.2'), rfc(6749, '5.2')],
  covers: ['refresh-token-revoked'],

  check: (file) =>
    judgeRefresh(file, isAboutTheGrant, ({ call, point, token }) => {
      const ended = endedBy(file, token, call.at)
      const reuse = ended ? undefined : reuseInChain(file, token, call.at)
      if (reuse) return fail(takenBack(call, point, reuse))
      if (!ended && !words.test(reasonOf(point))) return pass('nothing in the recording took the refresh token back')
      const how = ended?.kind === 'revocation_request' ? 'revoked it' : 'ended the session'
      return fail({
        confidence: ended?.kind === 'end_session_request' ? 'likely' : 'certain',
        depth: ended ? 'mechanism' : 'statement',
        cause: ended
          ? `The client ${how} ${duration(call.at - ended.at)} before it used the refresh token again. The server answered ${saidBy(point)}.`
          : `The server answered ${saidBy(point)}: the refresh token was taken back.`,
        evidence: [
          statusEvidence(call.exchange),
          ...(ended
            ? [
                exchangeEvidence(ended.exchange, 'request.url', {
                  label: how === 'revoked it' ? 'revocation' : 'sign-out',
                }),
              ]
            : []),
        ],
        fix: ended
          ? {
              summary:
                'Forget the stored tokens in all tabs when the user signs out, and stop the timer that renews them.',
              steps: [
                'Tell other tabs by a BroadcastChannel or a storage event.',
                'Do not retry a refresh after a sign-out.',
              ],
            }
          : {
              summary: 'Send the user to an interactive login when a refresh is refused.',
              steps: [
                'A changed password, a withdrawn consent or an administrator takes refresh tokens back; that is not an error of the client.',
              ],
            },
      })
    }),
})

/** The client’s own call that took the token back. */
const endedBy = (file: CaseFile, token: string, before: number): Message | undefined => {
  const since = issuerOfRefreshToken(file.world, token)?.at
  return file.world.messages.find(
    (message) =>
      message.at < before &&
      ((message.kind === 'revocation_request' && paramValue(message.parameters, 'token') === token) ||
        (message.kind === 'end_session_request' && since !== undefined && message.at > since)),
  )
}

/** The renewals that led to a refresh token, the last one first. */
const renewalsOf = (file: CaseFile, token: string, before = Infinity): readonly TokenRequest[] => {
  const renewal = issuerOfRefreshToken(file.world, token)
  const old = renewal && paramValue(renewal.parameters, 'refresh_token')
  if (!renewal || old === undefined || renewal.at >= before) return []
  return [renewal, ...renewalsOf(file, old, renewal.at)]
}

/**
 * A token of this chain was presented and refused after it had been renewed: servers take that for theft, and take back
 * the newest token of the chain too.
 */
const reuseInChain = (file: CaseFile, token: string, before: number): TokenRequest | undefined => {
  const renewals = renewalsOf(file, token)
  return refreshCallsOf(file.world).find(
    (call) =>
      isError(call.exchange) &&
      endOf(call) <= before &&
      renewals.some(
        (renewal) =>
          renewal.exchange.id !== call.exchange.id &&
          renewal.at < endOf(call) &&
          paramValue(renewal.parameters, 'refresh_token') === paramValue(call.parameters, 'refresh_token'),
      ),
  )
}

const takenBack = (call: TokenRequest, point: FailurePoint, reuse: TokenRequest): Failure => ({
  confidence: 'likely',
  title: 'The refresh token was taken back with its chain',
  cause: `The refresh token that this one descends from was presented a second time ${duration(call.at - reuse.at)} earlier, although it had been used for a renewal, and was refused. Servers take that for a stolen token and take back the newest one as well: this refresh was answered ${saidBy(point)}.`,
  evidence: [
    parameterEvidence(call.parameters, 'refresh_token', { actual: 'the newest of its chain, refused' }),
    parameterEvidence(reuse.parameters, 'refresh_token', {
      label: 'refresh_token used twice',
      actual: 'an older one of the chain, used again',
    }),
    statusEvidence(call.exchange),
    statusEvidence(reuse.exchange, 'answer to the second use'),
  ],
  fix: {
    summary: 'Present each refresh token once; then nothing is taken back.',
    steps: [
      'Let one refresh run at a time, for all tabs and all requests of the client, and store the new token before the next one begins.',
      'Send the user to an interactive login now: the chain is lost.',
    ],
  },
})
