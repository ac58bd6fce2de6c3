import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { quote } from '../shared/text'

export const authorizeViaXhr = defineRule({
  id: 'authorize-via-xhr',
  title: 'A script tried to open the login page',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_unreachable', 'authorization_page', 'not_answered'],
  what: 'The authorization endpoint was called by fetch or XMLHttpRequest, and the browser did not give the answer to the script.',
  why: 'A login needs a page that the user sees; a script can neither show it nor read it, and the browser reports a CORS error.',
  toldApart:
    'CORS settings of the authorization server would not help: a navigation needs none. An API that redirects a script to the login is a fault of the API.',
  silentWhen: 'The login was answered.',
  references: [
    rfc(6749, '3.1'),
    link('Fetch: HTTP-redirect fetch', 'https://fetch.spec.whatwg.org/#http-redirect-fetch'),
  ],
  covers: ['authorize-via-xhr'],

  check(file) {
    const { request } = file
    if (!request) return notApplicable
    if (!isScript(file)) return pass()
    if (file.response) return pass('the call was answered')
    if (file.attempt.starts.length > 0) return pass('the call went there by a redirect of an API')
    const server = quote(withoutQuery(request.exchange.url))
    return fail({
      confidence: 'certain',
      cause: `The page called ${server} by fetch or XMLHttpRequest. The browser keeps the answer of another origin from the script, and the login page could not be shown there anyway.`,
      evidence: [
        exchangeEvidence(request.exchange, 'request.headers', {
          label: 'sent by',
          parameter: 'sec-fetch-mode',
          actual: valueOf(header(request.exchange.requestHeaders, 'sec-fetch-mode')) ?? 'script',
          expected: 'navigate',
        }),
        statusEvidence(request.exchange),
      ],
      fix: {
        summary: 'Navigate to the authorization endpoint: `window.location.assign(url)`, a link, or a popup.',
        steps: ['When the login starts at the client’s own server, navigate to that URL too; do not fetch it.'],
      },
    })
  },
})

const isScript = ({ request }: CaseFile): boolean =>
  request?.exchange.resourceType === 'xmlhttprequest' ||
  ['cors', 'same-origin'].includes(valueOf(header(request!.exchange.requestHeaders, 'sec-fetch-mode')) ?? '')
