import { dateClaim } from '../../../model/jwt'
import { callText } from '../shared/endpoint'
import { statusEvidence } from '../shared/evidence'
import { challengeEvidence, claimEvidence, refusedByApi, refusedCalls, serverSeconds } from '../shared/presented-token'
import { rfc } from '../shared/references'
import { duration } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Seconds: `Date` counts whole ones, and an answer takes time. */
const TOLERANCE = 2

export const accessTokenNotYetValid = defineRule({
  id: 'access-token-not-yet-valid',
  title: 'The access token was not valid yet on the API’s clock',
  category: 'failure',
  severity: 'error',
  owner: 'resource_server',
  depth: 'mechanism',
  explains: refusedByApi,
  what: '`nbf` and `iat` of the token against the `Date` header of the API that refused it.',
  why: 'The clock of the authorization server runs ahead of the API’s; fresh tokens are refused, and the same ones work a little later.',
  toldApart: 'Computed from both clocks.',
  silentWhen: 'The difference is within two seconds, or the token cannot be read.',
  references: [rfc(7519, '4.1.5'), rfc(9068, '4')],
  covers: ['access-token-not-yet-valid'],

  check(file) {
    const calls = refusedCalls(file).filter(({ jwt, point }) => jwt?.claims && point.status !== 403)
    if (calls.length === 0) return notApplicable
    for (const refused of calls) {
      const now = serverSeconds(file, refused)
      const name = ['nbf', 'iat'].find((claim) => (dateClaim(refused.jwt!, claim) ?? 0) > now + TOLERANCE)
      if (name === undefined) continue
      const from = dateClaim(refused.jwt!, name)!
      return fail({
        cause: `${callText(refused.call.exchange)} was answered ${refused.point.status}. By \`${name}\` the token is valid ${duration((from - now) * 1000)} later than the time in the API’s answer: the two servers’ clocks differ.`,
        evidence: [
          claimEvidence(refused, name, {
            actual: new Date(from * 1000).toISOString(),
            expected: `not after ${new Date(now * 1000).toISOString()}`,
          }),
          statusEvidence(refused.call.exchange),
          ...challengeEvidence(refused),
        ],
        confidence: 'certain',
        fix: {
          summary: 'Synchronise the clocks of the API and the authorization server (NTP).',
          steps: ['Until then, allow some clock skew where the API verifies the token (a minute is usual).'],
        },
      })
    }
    return pass('the token was already valid by the API’s clock')
  },
})
