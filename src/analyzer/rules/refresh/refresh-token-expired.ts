import type { TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { endOf, issuerOfRefreshToken } from '../../facts/refresh'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { duration } from '../shared/text'
import { isAboutTheGrant, reasonOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, pass } from '../rule'

/** Servers’ words for a refresh token, or the session behind it, whose time is over. */
const words = /\bexpired\b|not active|no longer (active|valid)|inactivity|idle|AADSTS(70008|700082|700084)|lifetime/i

export const refreshTokenExpired = defineRule({
  id: 'refresh-token-expired',
  title: 'The refresh token has expired',
  category: 'failure',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The time since the refresh token was issued against the lifetime that came with it, or the server’s own words.',
  why: 'Refresh tokens and the sessions behind them end after some time, or when they are not used. The user has to sign in again.',
  toldApart:
    'A token that another refresh had replaced, or that was revoked, is looked at first. Certain only where the lifetime was in the answer that brought the token.',
  silentWhen: 'Neither the age nor the answer says so.',
  references: [rfc(6749, '6'), rfc(6749, '5.2')],
  covers: ['refresh-token-expired'],

  check: (file) =>
    judgeRefresh(file, isAboutTheGrant, ({ call, point, token }) => {
      const issuer = issuerOfRefreshToken(file.world, token)
      const age = issuer && call.at - endOf(issuer)
      const lifetime = issuer && lifetimeOf(issuer)
      const isOver = age !== undefined && lifetime !== undefined && age >= lifetime
      const saysSo = words.test(reasonOf(point))
      if (!isOver && !saysSo) {
        if (age === undefined)
          return indeterminate(
            'capture-started-late',
            'Look in the server’s log for when this refresh token was issued.',
          )
        return pass(
          lifetime === undefined
            ? `the refresh token was ${duration(age)} old`
            : `the refresh token was ${duration(age)} old and lives ${duration(lifetime)}`,
        )
      }
      return fail({
        confidence: isOver ? 'certain' : 'likely',
        depth: isOver ? 'mechanism' : 'statement',
        cause: isOver
          ? `The refresh token was issued ${duration(age)} ago and lives ${duration(lifetime)}. The server answered ${saidBy(point)}.`
          : `The server answered ${saidBy(point)}: the refresh token, or the session behind it, is over.`,
        evidence: [
          exchangeEvidence(call.exchange, 'timing', {
            label: 'age of the refresh token',
            actual: age === undefined ? 'issued before the recording' : duration(age),
            ...(lifetime !== undefined && { expected: `less than ${duration(lifetime)}` }),
          }),
          ...(point.error === undefined ? [] : [parameterEvidence(call.response.parameters, 'error')]),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: 'Send the user to an interactive login when a refresh is refused.',
          steps: [
            'Treat `invalid_grant` of a refresh as the end of the session: clear the stored tokens and start a login.',
            'If sessions should last longer, raise the lifetime of refresh tokens or of the session (idle and absolute) at the server.',
          ],
        },
      })
    }),
})

/** Milliseconds that the answer gives the refresh token, where servers say it. */
const lifetimeOf = ({ response }: TokenRequest): number | undefined => {
  const json = valueOf(response.json)
  const seconds = Number(json?.['refresh_token_expires_in'] ?? json?.['refresh_expires_in'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
}
