import { dateClaim } from '../../../model/jwt'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import {
  type RefusedCall,
  challengeEvidence,
  claimEvidence,
  refusedByApi,
  refusedCalls,
  serverSeconds,
} from '../shared/presented-token'
import { rfc } from '../shared/references'
import { duration } from '../shared/text'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const accessTokenExpired = defineRule({
  id: 'access-token-expired',
  title: 'The access token had expired',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: refusedByApi,
  what: '`exp` of the token against the API’s own `Date` header; for tokens that cannot be read, `expires_in` against their age.',
  why: 'Tokens that are kept over a sleep of the computer, or whose renewal failed, are refused; the user seems logged out.',
  toldApart: 'Computed, not read from an error text. Other reasons for 401 leave time on the token.',
  silentWhen: 'The client renewed the token and repeated the call with success.',
  references: [rfc(6750, '3.1'), rfc(9068, '4')],
  covers: ['access-token-expired'],

  check(file) {
    const calls = refusedCalls(file).filter(({ token }) => token !== undefined)
    const ages = calls.map((call) => ({ call, expiry: expiryOf(file, call) }))
    const late = ages.find(({ expiry }) => expiry && expiry.left <= 0)
    if (late?.expiry) return fail(failure(late.call, late.expiry))
    // Some APIs answer 403 to an expired token; without a sign of expiry, 403 is about permissions.
    if (calls.every(({ point }) => point.status === 403)) return notApplicable
    const [known] = ages.flatMap(({ expiry }) => (expiry ? [expiry] : []))
    if (known) return pass(`the token was valid for another ${duration(known.left * 1000)}`)
    return indeterminate(
      'The token cannot be read from outside, and its token answer is not in the recording.',
      'Compare the time of the call with the time and `expires_in` of the token answer.',
    )
  },
})

interface Expiry {
  /** Seconds left when the API answered; negative when it had expired. */
  readonly left: number
  readonly by: 'exp' | 'expires_in'
}

const expiryOf = (file: CaseFile, refused: RefusedCall): Expiry | undefined => {
  const exp = refused.jwt && dateClaim(refused.jwt, 'exp')
  if (exp !== undefined) return { left: exp - serverSeconds(file, refused), by: 'exp' }
  const { issuedBy, call } = refused
  const lifetime = Number(issuedBy && paramValue(issuedBy.response.parameters, 'expires_in'))
  if (!issuedBy || !Number.isFinite(lifetime) || lifetime <= 0) return undefined
  const issuedAt = issuedBy.exchange.endedAt ?? issuedBy.at
  return { left: lifetime - (call.at - issuedAt) / 1000, by: 'expires_in' }
}

const failure = (refused: RefusedCall, { left, by }: Expiry): Failure => {
  const { exchange } = refused.call
  const ago = duration(left * 1000)
  return {
    cause:
      `${callText(exchange)} was sent with an access token that had expired ${ago} before the server answered ${refused.point.status}.` +
      (by === 'expires_in'
        ? ' That follows from `expires_in` of the token answer; the token itself cannot be read.'
        : ''),
    evidence: [
      by === 'exp'
        ? claimEvidence(refused, 'exp', {
            actual: new Date(dateClaim(refused.jwt!, 'exp')! * 1000).toISOString(),
            expected: 'later than the API’s clock',
          })
        : exchangeEvidence(refused.issuedBy!.exchange, 'response.body', {
            label: 'expires_in',
            parameter: 'expires_in',
            actual: paramValue(refused.issuedBy!.response.parameters, 'expires_in')!,
          }),
      statusEvidence(exchange),
      ...challengeEvidence(refused),
    ],
    confidence: by === 'exp' ? 'certain' : 'likely',
    fix: {
      summary: 'Renew the token before it expires, and once more when the API answers 401.',
      steps: [
        'Ask for the token from your library at each call in place of keeping a copy: it renews when little time is left.',
        'On 401: renew once, repeat the call once, and send the user to the login when that fails too.',
        'Timers stand still while a computer sleeps: check the time when the page wakes up.',
      ],
    },
  }
}
