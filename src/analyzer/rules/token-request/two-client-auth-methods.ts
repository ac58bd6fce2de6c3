import { valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import { header } from '../../../model/headers'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list } from '../shared/text'
import { refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const twoClientAuthMethods = defineRule({
  id: 'two-client-auth-methods',
  title: 'The client authenticated in two ways at once',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error:invalid_client', 'token_error:invalid_request', 'token_error:', 'token_unusable'],
  what: 'One token request carries credentials in more than one place: a Basic header, `client_secret`, `client_assertion`.',
  why: 'A client must use one method per request, and servers refuse more with `invalid_request` or `invalid_client`.',
  toldApart: '`client_id` in the body beside a Basic header is no second method and is tolerated.',
  silentWhen: 'The server accepted the request.',
  references: [rfc(6749, '2.3')],
  covers: ['two-client-auth-methods'],

  check: (file) => {
    const refusal = refusalsOf(file).find(({ point: { error } }) =>
      [undefined, 'invalid_client', 'invalid_request'].includes(error),
    )
    if (!refusal) return notApplicable
    const { call, point } = refusal
    if (call.clientAuthentication !== 'several') return pass()
    const inBody = ['client_secret', 'client_assertion'].filter((name) => hasParam(call.parameters, name))
    const inHeader = /^basic /i.test(valueOf(header(call.exchange.requestHeaders, 'authorization')) ?? '')
    const places = [
      ...(inHeader ? ['a Basic Authorization header'] : []),
      ...inBody.map((name) => `\`${name}\` in the body`),
    ]
    return fail({
      confidence: 'certain',
      cause: `The token request authenticates the client with ${list(places)}. A request may use one method only; the server answered ${saidBy(point)}.`,
      evidence: [
        parameterEvidence(call.parameters, inBody[0] ?? 'client_secret', { actual: 'sent' }),
        ...(inHeader
          ? [
              {
                label: 'Authorization',
                where: { exchangeId: call.exchange.id, part: 'request.headers' as const, parameter: 'Authorization' },
                actual: 'Basic, sent too',
              },
            ]
          : []),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: `Authenticate in one way: keep ${inHeader ? 'the Authorization header' : places[0]} and drop the other.`,
        steps: [
          'A client library adds credentials by itself: remove those that your code adds to the body or the headers.',
          'Use the method that the client is registered with at the server.',
        ],
      },
    })
  },
})
