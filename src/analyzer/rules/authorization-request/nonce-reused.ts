import { type Parameters, hasParam, paramValue } from '../../../model/parameters'
import { rejectionOf, speaksOfClient, speaksOfOtherParameter, speaksOfRedirectUri } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { rejectionEvidence } from '../shared/rejection-words'
import { duration } from '../shared/text'

export const nonceReused = defineRule({
  id: 'nonce-reused',
  title: 'The nonce was used by an earlier login',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_error:invalid_request', 'authorization_page'],
  what: 'The `nonce` of a request that was refused at once, against those of earlier logins of the same client.',
  why: 'A nonce is good for one login. A server that remembers them takes a second request with the same one for a replay.',
  toldApart:
    'The state differs, so it is another login and no reload. Words of the server about another part of the request are believed; without words, nothing else may differ.',
  silentWhen: 'The request was taken, the nonce is new, or the same request was sent again.',
  references: [oidcCore('15.5.2', 'NonceNotes')],
  covers: [],

  check(file) {
    const rejection = rejectionOf(file)
    const nonce = rejection && paramValue(rejection.parameters, 'nonce')
    if (!rejection || nonce === undefined || !rejection.atOnce) return notApplicable
    if (rejection.error !== undefined && rejection.error !== 'invalid_request') return notApplicable
    const { text } = rejection
    const isNamed = text.state === 'present' && /\b(nonce|replay)/i.test(text.value)
    const isOther =
      text.state === 'present' &&
      [speaksOfClient, speaksOfRedirectUri, speaksOfOtherParameter].some((speaks) => speaks(text.value))
    if (isOther && !isNamed) return pass('the server speaks of another part of the request')
    const same = (name: string, parameters: typeof rejection.parameters) =>
      paramValue(parameters, name) === paramValue(rejection.parameters, name)
    const earlier = file.attempts
      .filter(({ startedAt, responses }) => startedAt < file.attempt.startedAt && responses.length > 0)
      .flatMap(({ requests }) => requests)
      .findLast(
        ({ parameters }) => same('nonce', parameters) && same('client_id', parameters) && !same('state', parameters),
      )
    if (!earlier) return pass('no earlier login of this client has the same nonce')
    if (!isNamed && !isOtherwiseSame(earlier.parameters, rejection.parameters))
      return pass('more than the state differs')
    const apart = duration(rejection.point.message.at - earlier.at)
    return fail({
      confidence: isNamed ? 'certain' : 'likely',
      cause: `The request has the \`nonce\` of the login ${apart} before, which the server had answered. It took the second one for a replay.`,
      evidence: [
        parameterEvidence(rejection.parameters, 'nonce', {
          actual: 'the one of an earlier login',
          expected: 'a fresh random value',
        }),
        parameterEvidence(earlier.parameters, 'nonce', { label: 'nonce of the earlier login', actual: 'the same' }),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary: 'Make a fresh random `nonce` for each login.',
        steps: [
          'Look for a nonce that is written into the configuration, or made once when the page or module is loaded.',
        ],
      },
    })
  },
})

/** What the server took the first time is nothing it can refuse the second time. */
const isOtherwiseSame = (a: Parameters, b: Parameters): boolean => {
  const names = new Set([...a.list, ...b.list].map(({ name }) => name))
  return [...names].every((name) =>
    ['state', 'code_challenge'].includes(name)
      ? hasParam(a, name) === hasParam(b, name)
      : paramValue(a, name) === paramValue(b, name),
  )
}
