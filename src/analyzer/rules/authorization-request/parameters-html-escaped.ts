import { hasParam } from '../../../model/parameters'
import { rejectionOf } from '../../facts/rejection'
import { hasEscapes } from '../../recognition/readers'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { rejectionEvidence } from '../shared/rejection-words'
import { list, quote } from '../shared/text'

export const parametersHtmlEscaped = defineRule({
  id: 'parameters-html-escaped',
  title: 'The parameters of the request are separated by &amp;',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'authorization_page',
    'authorization_error:invalid_request',
    'authorization_error:invalid_client',
    'authorization_error:invalid_scope',
    'authorization_error:unauthorized_client',
    'authorization_error:unsupported_response_type',
    'callback_error',
    'client_error',
    'not_redeemed',
  ],
  what: 'Names of parameters in the URL of the authorization request begin with `amp;`.',
  why: '`&` is written `&amp;` in HTML only. In a URL the server reads parameters such as `amp;client_id`, which it does not know, and misses those that were meant.',
  toldApart: 'No parameter of any protocol is called so. A value that is wrong is another rule’s.',
  silentWhen: 'The server answered with the state all the same: some take the semicolon for a separator, too.',
  references: [
    link('URL Standard: application/x-www-form-urlencoded', 'https://url.spec.whatwg.org/#urlencoded-parsing'),
    rfc(6749, '4.1.1'),
  ],
  covers: [],

  check(file) {
    const { request, response } = file
    if (!request || !hasEscapes(request.sent)) return notApplicable
    if (response && hasParam(response.parameters, 'state'))
      return pass('the server read the parameters as they were meant')
    const rejection = rejectionOf(file)
    if (!rejection && !response) return notApplicable
    const names = request.sent.list.map(({ name }) => name).filter((name) => name.startsWith('amp;'))
    return fail({
      confidence: 'certain',
      cause: `The URL of the authorization request has ${quote('&amp;')} between its parameters, as HTML wants it and a URL must not have it. The server read ${list(names.map(quote))}, and misses the parameters that were meant.`,
      evidence: [
        parameterEvidence(request.sent, names[0]!, {
          label: 'names',
          actual: names.join(', '),
          expected: names.map((name) => name.slice('amp;'.length)).join(', '),
        }),
        ...(rejection ? [rejectionEvidence(rejection)] : []),
      ],
      fix: {
        summary: `Build the URL with ${quote('&')} between the parameters.`,
        steps: [
          'Escape for HTML only where the URL is written into HTML, never in a Location header or a script.',
          'In PHP: the separator given to http_build_query, the setting arg_separator.output, and htmlspecialchars around a URL do this; elsewhere an auto-escaping template.',
        ],
      },
    })
  },
})
