import type { ResponseMode } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { hostOf, list, quote } from '../shared/text'
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
    const elsewhere = asked !== undefined && isElsewhere(asked, response.mode, file.isBrowserClient)
    const listed = file.metadata?.document['response_modes_supported']
    const offered = Array.isArray(listed) ? listed.filter((item) => typeof item === 'string') : undefined
    const unlisted = elsewhere && offered !== undefined && !offered.includes(asked)
    const wrong = file.failurePoints.some(({ kind }) =>
      ['callback_error', 'client_error', 'loop', 'not_redeemed'].includes(kind),
    )
    if (!(toServer || elsewhere) || !wrong) return pass('the answer came where the client looks for it')
    const hybrid = (valueOf(file.asked('response_type')) ?? 'code').includes(' ')
    return fail({
      ...(elsewhere && { title: 'The server did not answer in the response_mode that was asked for' }),
      confidence: toServer || unlisted || isMessage(asked) ? 'certain' : 'likely',
      owner: elsewhere && !unlisted ? 'authorization_server' : 'client',
      cause: toServer
        ? `The answer came in the fragment of ${quote(`${response.deliveredTo}#…`)}. Browsers do not send fragments, so ${hostOf(response.deliveredTo)} was asked for its callback without a code.`
        : `The request asked for ${quote(`response_mode=${asked}`)}, and the answer came in the ${response.mode}, where the client does not look.${unlisted ? ` The server’s metadata offers ${list(offered.map(quote))} only.` : ''}`,
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
            summary: unlisted
              ? `Let the client ask for a mode that the server offers, and read the answer there: ${list(offered.map(quote))}.`
              : `Let the client read the ${response.mode}, or the server honour ${quote(`response_mode=${asked}`)}.`,
            steps: isMessage(asked)
              ? [
                  'A popup or hidden frame that waits for a message between windows needs a server with that mode; with others, log in by a redirect of the whole tab.',
                ]
              : ['Look whether the metadata lists the mode in `response_modes_supported`.'],
          },
    })
  },
})

/** Answers that go from window to window: not part of any URL, and no form. */
const isMessage = (mode: string | undefined): boolean => mode !== undefined && /message/.test(mode)

/** A page reads fragments and messages; `form_post` is for servers, which may take nothing but a POST. */
const isElsewhere = (asked: string, came: ResponseMode, isBrowserClient: boolean | undefined): boolean => {
  if (came !== 'query' && came !== 'fragment') return false
  if (asked === 'form_post') return true
  return isBrowserClient !== false && (isMessage(asked) || (/^(query|fragment)$/.test(asked) && asked !== came))
}
