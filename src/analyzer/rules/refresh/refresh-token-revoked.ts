import type { Message } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { issuerOfRefreshToken } from '../../facts/refresh'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { duration } from '../shared/text'
import { isAboutTheGrant, saidBy } from '../shared/token-calls'
import { defineRule, fail, pass } from '../rule'

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
  what: 'Between the issue of a refresh token and its use the client revoked it or ended the session; or the server says that it was revoked.',
  why: 'A sign-out, a changed password or a withdrawn consent takes refresh tokens back. Whatever still uses one is refused.',
  toldApart: 'The revocation or sign-out stands in the recording, or in the server’s words.',
  silentWhen: 'Neither is there.',
  references: [rfc(7009, '2'), rfc(6749, '5.2')],
  covers: ['refresh-token-revoked'],

  check: (file) =>
    judgeRefresh(file, isAboutTheGrant, ({ call, point, token }) => {
      const ended = endedBy(file, token, call.at)
      if (!ended && !words.test(point.error_description ?? ''))
        return pass('nothing in the recording took the refresh token back')
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
