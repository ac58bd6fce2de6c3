import { valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { hostOf, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const codeInFragmentUnexpected = defineRule({
  id: 'code-in-fragment-unexpected',
  title: 'The answer came where the client does not look',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'loop', 'not_redeemed'],
  what: 'How the answer was delivered (query, fragment, form) against what the request asked for, and whether a server waits for it.',
  why: 'A fragment never leaves the browser: a server at the callback sees a request without a code. A page that reads the one place does not find the answer in the other.',
  toldApart: 'Here the answer is whole and in the URL; an answer without state or code is another fault.',
  silentWhen: 'The answer came as it was asked for and to somebody who can read it, or nothing went wrong.',
  references: [
    link(
      'OAuth 2.0 Multiple Response Types section 2.1',
      'https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes',
    ),
  ],
  covers: ['code-in-fragment-unexpected'],

  check(file) {
    const { request, response } = file
    if (!request || !response?.requested || hasParam(response.parameters, 'error')) return notApplicable
    const asked = valueOf(file.asked('response_mode'))
    const toServer = file.isBrowserClient === false && response.mode === 'fragment'
    const elsewhere =
      file.isBrowserClient !== false &&
      ((asked === 'fragment' && response.mode === 'query') ||
        (asked === 'query' && response.mode === 'fragment') ||
        (asked === 'web_message' && (response.mode === 'query' || response.mode === 'fragment')))
    const wrong = file.failurePoints.some(({ kind }) =>
      ['callback_error', 'client_error', 'loop', 'not_redeemed'].includes(kind),
    )
    if (!(toServer || elsewhere) || !wrong) return pass('the answer came where the client looks for it')
    const hybrid = (valueOf(file.asked('response_type')) ?? 'code').includes(' ')
    return fail({
      confidence: toServer || asked === 'web_message' ? 'certain' : 'likely',
      owner: elsewhere ? 'authorization_server' : 'client',
      cause: toServer
        ? `The answer came in the fragment of ${quote(`${response.deliveredTo}#…`)}. Browsers do not send fragments, so ${hostOf(response.deliveredTo)} was asked for its callback without a code.`
        : `The request asked for ${quote(`response_mode=${asked}`)}, and the answer came in the ${response.mode}, where the page does not look.`,
      evidence: [
        exchangeEvidence(response.exchange, response.mode === 'fragment' ? 'request.fragment' : 'request.query', {
          label: 'answer in the',
          actual: response.mode,
          expected: toServer ? 'query or form_post' : (asked ?? 'query'),
        }),
        statusEvidence(response.exchange),
      ],
      fix: toServer
        ? {
            summary: `Ask for ${quote(hybrid ? 'response_mode=form_post' : 'response_mode=query')}.`,
            steps: [
              ...(asked === 'fragment'
                ? ['The request itself asks for the fragment; that setting is made for pages.']
                : []),
              ...(hybrid
                ? [
                    'Response types with several values answer in the fragment by default; `response_type=code` alone answers in the query.',
                  ]
                : []),
            ],
          }
        : {
            summary: `Let the client read the ${response.mode}, or the server honour ${quote(`response_mode=${asked}`)}.`,
            steps: ['Look whether the metadata lists the mode in `response_modes_supported`.'],
          },
    })
  },
})
