import { withoutQuery } from '../../../model/url'
import { bodyParameters } from '../../recognition/readers'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { isAboutTheForm, refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const tokenParamsInQuery = defineRule({
  id: 'token-params-in-query',
  title: 'The parameters of the token request are in the URL instead of the body',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'A POST to the token endpoint carries its parameters in the query, and its body has none.',
  why: 'Servers read the body only, find nothing, and answer as if everything were missing. Codes and secrets also end up in logs.',
  toldApart:
    'The query was seen with the parameters in it. A server that reads it answers with tokens, and nobody is accused.',
  silentWhen: 'The request was accepted.',
  references: [rfc(6749, '3.2'), rfc(6749, '4.1.3')],
  covers: ['token-params-in-query'],

  check: (file) => {
    const refusal = refusalsOf(file).find(isAboutTheForm)
    if (!refusal) return notApplicable
    const { call, point } = refusal
    if (call.exchange.method === 'GET') return notApplicable
    if (call.parameters.part !== 'request.query' || call.parameters.list.length === 0) {
      return pass()
    }
    if (bodyParameters(call.exchange).list.length > 0) return pass('the body has parameters of its own')
    const names = call.parameters.list.map(({ name }) => name)
    return fail({
      confidence: 'certain',
      cause: `The token request has ${list(names.map(quote))} in its URL, and nothing of them in its body. The server answered ${saidBy(point)}.`,
      evidence: [
        exchangeEvidence(call.exchange, 'request.query', {
          label: 'parameters in the URL',
          actual: names.join(', '),
          expected: 'in the body, form-encoded',
        }),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: `Send the parameters in the body of the POST to ${quote(withoutQuery(call.exchange.url))}.`,
        steps: [
          'Give a URLSearchParams object as body. With axios, parameters are the second argument; `params` goes into the URL.',
        ],
      },
    })
  },
})
