import { audiences } from '../../../model/jwt'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { originOf } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { isOk } from '../../facts/failure-points'
import { bearerOf } from '../../recognition/api-call'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import {
  type RefusedCall,
  challengeEvidence,
  isIdToken,
  refusedByApi,
  refusedCalls,
  speaksOfIssuer,
} from '../shared/presented-token'
import { oidcCore, rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const idTokenAsAccessToken = defineRule({
  id: 'id-token-as-access-token',
  title: 'The ID token was sent in place of the access token',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: refusedByApi,
  what: 'Whether the presented token is the `id_token` of a token answer, or has claims that only ID tokens have.',
  why: 'An ID token tells the client who signed in; its audience is the client, so an API refuses it.',
  toldApart:
    'By its origin in the recording first, else by `nonce`, `at_hash` or `c_hash`. An access token for another API has its own rule.',
  silentWhen: 'The API accepted it, or an ID token in another call: some gateways expect ID tokens.',
  references: [oidcCore('2', 'IDToken'), rfc(9068, '5')],
  covers: ['id-token-sent-as-access-token'],

  check(file) {
    const calls = refusedCalls(file).filter(({ token }) => token !== undefined)
    if (calls.length === 0) return notApplicable
    const refused = calls.find(isIdToken)
    if (!refused) return pass('what was sent is not an ID token')
    if (takesIdTokens(file, refused)) return pass('the API took an ID token in another call')
    const aud = refused.jwt ? audiences(refused.jwt) : []
    const lacksScope = refused.point.error === 'insufficient_scope'
    return fail({
      cause:
        `${callText(refused.call.exchange)} was sent with the ID token` +
        (aud.length > 0 ? `, whose audience is ${list(aud.map(quote))}: the client, not ${refused.name}` : '') +
        `. It answered ${refused.point.status}${lacksScope ? ' and misses a scope, which no ID token has' : ''}.`,
      evidence: [
        exchangeEvidence(refused.call.exchange, 'request.headers', {
          label: 'Authorization',
          parameter: 'Authorization',
          actual: 'Bearer (the ID token)',
          expected: 'Bearer (the access token)',
        }),
        statusEvidence(refused.call.exchange),
        ...challengeEvidence(refused),
      ],
      confidence: lacksScope ? 'likely' : 'certain',
      ...(speaksOfIssuer(refused) && { depth: 'symptom' as const }),
      fix: {
        summary: 'Send `access_token` of the token answer, not `id_token`.',
        steps: [
          'If the access token is one that the API cannot read, ask for a token of the API (scope, `resource` or `audience`); the ID token is no way around it.',
          ...(lacksScope
            ? ['The access token has to have the scope that the API names: ask for it in the authorization request.']
            : []),
        ],
      },
    })
  },
})

/** A call with the ID token of some login went well at the same API. */
const takesIdTokens = ({ world }: CaseFile, { call }: RefusedCall): boolean => {
  const idTokens = new Set(
    world.messages.flatMap((message) =>
      message.kind === 'token_request' ? (paramValue(message.response.parameters, 'id_token') ?? []) : [],
    ),
  )
  return world.messages.some(
    (other) =>
      other.kind === 'api_call' &&
      originOf(other.exchange.url) === originOf(call.exchange.url) &&
      isOk(other.exchange) &&
      idTokens.has(valueOf(bearerOf(other)) ?? ''),
  )
}
