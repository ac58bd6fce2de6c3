import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { callText } from '../shared/endpoint'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import {
  type RefusedCall,
  challengeEvidence,
  claimEvidence,
  refusedByApi,
  refusedCalls,
} from '../shared/presented-token'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const stepUpRequired = defineRule({
  id: 'step-up-required',
  title: 'The API wants a stronger or fresher login',
  category: 'failure',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: refusedByApi,
  what: 'A challenge with `insufficient_user_authentication` (`acr_values`, `max_age`) or with a `claims` parameter, against `acr` and `auth_time` of the token.',
  why: 'The token is valid; this call needs a login of another kind. The challenge says what to ask for in a new authorization request.',
  toldApart: 'The challenge says so; a plain `invalid_token` does not.',
  silentWhen: 'The client logged in again as asked and repeated the call with success.',
  references: [rfc(9470, '3'), rfc(9470, '5')],
  covers: ['step-up-required'],

  check(file) {
    const calls = refusedCalls(file)
    if (calls.length === 0) return notApplicable
    const refused = calls.find((call) => challengeOf(call) !== undefined)
    return refused ? fail(failure(file, refused)) : pass('the API did not ask for another kind of login')
  },
})

const challengeOf = ({ challenges }: RefusedCall) =>
  challenges.find(
    ({ parameters }) =>
      parameters['error'] === 'insufficient_user_authentication' ||
      parameters['error'] === 'insufficient_claims' ||
      parameters['claims'] !== undefined,
  )

const failure = (file: CaseFile, refused: RefusedCall): Failure => {
  const wanted = challengeOf(refused)?.parameters ?? {}
  const names = ['acr_values', 'max_age', 'claims'].filter((name) => wanted[name] !== undefined)
  const shown = names.map((name) =>
    name === 'claims' ? '`claims` (as in the challenge)' : `\`${name}=${wanted[name]}\``,
  )
  const acr = refused.jwt?.claims?.['acr']
  const next = file.attempts.flatMap(({ requests }) => requests).find(({ at }) => at > refused.call.at)
  const ignored = next && names.find((name) => paramValue(next.parameters, name) === undefined)
  return {
    cause:
      `${callText(refused.call.exchange)} was answered ${refused.point.status}: the user has to sign in again` +
      (shown.length > 0 ? `, with ${list(shown)}.` : '.') +
      (typeof acr === 'string' ? ` The token is of a login with \`acr\` ${quote(acr)}.` : '') +
      (ignored ? ` A login followed without ${quote(ignored)}.` : ''),
    evidence: [
      statusEvidence(refused.call.exchange),
      ...challengeEvidence(refused),
      ...(typeof acr === 'string'
        ? [
            claimEvidence(refused, 'acr', {
              actual: acr,
              ...(wanted['acr_values'] !== undefined && { expected: wanted['acr_values'] }),
            }),
          ]
        : []),
      ...(next && ignored ? [parameterEvidence(next.parameters, ignored, { actual: 'not in the request' })] : []),
    ],
    confidence: 'certain',
    fix: {
      summary:
        shown.length > 0
          ? `On this challenge start a new authorization request with ${list(shown)}, then repeat the call.`
          : 'On this challenge start a new authorization request, then repeat the call.',
      steps: [
        'A refresh does not help: it keeps the old login.',
        'Take the values from the challenge; they may change.',
      ],
    },
  }
}
