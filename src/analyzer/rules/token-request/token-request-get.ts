import { withoutQuery } from '../../../model/url'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const tokenRequestGet = defineRule({
  id: 'token-request-get',
  title: 'The token endpoint was called with GET',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The request to the token endpoint is a GET.',
  why: 'Token endpoints take POST only; a GET is answered 405, 400 or 404.',
  toldApart:
    'The method was seen. A redirect in front of the endpoint turns a POST into a GET as well: the redirect is shown then.',
  silentWhen: 'The server accepted the GET, as a few do.',
  references: [rfc(6749, '3.2')],
  covers: ['token-request-get'],

  check: (file) => {
    const refusals = refusalsOf(file)
    if (refusals.length === 0) return notApplicable
    const refusal = refusals.find(({ call }) => call.exchange.method === 'GET')
    if (!refusal) return pass()
    const { call, point } = refusal
    const before = call.exchange.previousHop === undefined ? undefined : file.world.exchange(call.exchange.previousHop)
    const endpoint = quote(withoutQuery(call.exchange.url))
    return fail({
      confidence: 'certain',
      cause: `${endpoint} was called with GET${before ? `, after ${quote(withoutQuery(before.url))} had redirected the ${before.method} there` : ''}. Token endpoints take POST only; the server answered ${saidBy(point)}.`,
      evidence: [
        exchangeEvidence(call.exchange, 'request.method', { label: 'method', actual: 'GET', expected: 'POST' }),
        ...(before ? [statusEvidence(before, 'redirect before it')] : []),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: before ? `Call ${endpoint} directly, with POST.` : `Call ${endpoint} with POST.`,
        steps: before
          ? ['Configure the address that the redirect leads to: browsers turn a redirected POST into a GET.']
          : [
              'The parameters go into the form-encoded body of the POST.',
              'A token endpoint is called by code, not opened as a page.',
            ],
      },
    })
  },
})
