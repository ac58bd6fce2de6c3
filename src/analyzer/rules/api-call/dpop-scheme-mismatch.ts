import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import {
  type RefusedCall,
  challengeEvidence,
  claimEvidence,
  refusedByApi,
  refusedCalls,
} from '../shared/presented-token'
import { rfc } from '../shared/references'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const dpopSchemeMismatch = defineRule({
  id: 'dpop-scheme-mismatch',
  title: 'A DPoP token was sent like a Bearer token',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: refusedByApi,
  what: 'Whether a token that is bound to a key (`token_type: DPoP`, or `cnf.jkt` in the token) was presented as `Authorization: DPoP` with a `DPoP` proof.',
  why: 'A bound token is worth nothing without proof of the key; interceptors that were written for Bearer send it without.',
  toldApart: 'By the token’s own type. The other way round, a Bearer token under the DPoP scheme, is refused too.',
  silentWhen: 'The API accepted the call, or nothing says that the token is bound.',
  references: [rfc(9449, '7.1')],
  covers: ['dpop-scheme-mismatch'],

  check(file) {
    const calls = refusedCalls(file).filter(({ token, call }) => token !== undefined && call.tokenIn === 'header')
    const judged = calls.flatMap((refused) => {
      const bound = isBound(refused)
      return bound === undefined ? [] : [{ refused, bound }]
    })
    if (judged.length === 0) return notApplicable
    for (const { refused, bound } of judged) {
      const scheme = valueOf(refused.call.scheme) ?? ''
      const proof = header(refused.call.exchange.requestHeaders, 'dpop').state !== 'absent'
      const asDpop = /^dpop$/i.test(scheme)
      if (bound && (!asDpop || !proof)) return fail(failure(refused, scheme, proof))
      if (!bound && asDpop) return fail(wrongWay(refused))
    }
    return pass('the token was presented as its type asks')
  },
})

const isBound = ({ jwt, issuedBy }: RefusedCall): boolean | undefined => {
  const type = issuedBy && paramValue(issuedBy.response.parameters, 'token_type')
  if (type !== undefined) return /^dpop$/i.test(type)
  const confirmation = jwt?.claims?.['cnf']
  return typeof confirmation === 'object' && confirmation !== null && 'jkt' in confirmation ? true : undefined
}

const typeEvidence = (refused: RefusedCall) =>
  refused.issuedBy
    ? parameterEvidence(refused.issuedBy.response.parameters, 'token_type')
    : claimEvidence(refused, 'cnf', { actual: 'jkt (bound to a key)' })

const failure = (refused: RefusedCall, scheme: string, proof: boolean): Failure => ({
  ...(!proof && /^dpop$/i.test(scheme) && { title: 'A DPoP token was sent without its proof' }),
  cause:
    `${callText(refused.call.exchange)} presented a token that is bound to a key as \`${scheme || 'no scheme'}\`` +
    `${proof ? '' : ', without a `DPoP` header'}. The API answered ${refused.point.status}.`,
  evidence: [
    exchangeEvidence(refused.call.exchange, 'request.headers', {
      label: 'Authorization',
      parameter: 'Authorization',
      actual: `${scheme} <token>`,
      expected: 'DPoP <token>',
    }),
    ...(proof
      ? []
      : [
          exchangeEvidence(refused.call.exchange, 'request.headers', {
            label: 'DPoP',
            parameter: 'DPoP',
            actual: 'not in the request',
            expected: 'a proof (JWT) for this request',
          }),
        ]),
    typeEvidence(refused),
    statusEvidence(refused.call.exchange),
    ...challengeEvidence(refused),
  ],
  confidence: 'certain',
  fix: {
    summary: 'Send `Authorization: DPoP <token>` together with a `DPoP` header that is made for this request.',
    steps: [
      'Use the fetch wrapper of your library for API calls: each call needs a proof of its own (method, URL, hash of the token).',
      'If the API cannot do DPoP, do not ask for bound tokens: leave the `DPoP` header out of the token request.',
    ],
  },
})

const wrongWay = (refused: RefusedCall): Failure => ({
  title: 'A Bearer token was sent under the DPoP scheme',
  cause: `${callText(refused.call.exchange)} presented a token of type Bearer as \`DPoP\`; it is bound to no key, so no proof fits. The API answered ${refused.point.status}.`,
  evidence: [typeEvidence(refused), statusEvidence(refused.call.exchange), ...challengeEvidence(refused)],
  confidence: 'certain',
  fix: {
    summary: 'Use the scheme that `token_type` of the token answer names.',
    steps: [
      'For a bound token, send a `DPoP` proof with the token request too, and check that the server supports DPoP.',
    ],
  },
})
