import { header } from '../../../model/headers'
import { rejectionOf, speaksOfClient, speaksOfRedirectUri } from '../../facts/rejection'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'

/** Marks of web views: Android's `; wv`, and browsers inside of apps. */
const webView = /; wv\)|\b(FBAN|FBAV|Instagram|Line|MicroMessenger|GSA|Electron|CefSharp|QtWebEngine)\b/

export const embeddedWebviewBlocked = defineRule({
  id: 'embedded-webview-blocked',
  title: 'The server does not let this kind of browser log in',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_page'],
  what: 'The server refused the request at once, with its code for it or with 403, and the User-Agent names a web view inside of an app.',
  why: 'An app can read everything in its own web view, so servers ask for the system’s browser.',
  toldApart: 'An ordinary browser that gets 403 has another reason.',
  silentWhen: 'The User-Agent is one of a browser, or was not seen.',
  references: [rfc(8252, '8.12')],
  covers: ['embedded-webview-blocked'],

  check(file) {
    const rejection = rejectionOf(file)
    if (rejection?.by !== 'page' || !file.request)
      return file.response ? pass('the server let the browser in') : notApplicable
    const told = rejection.error === 'disallowed_useragent'
    const agent = header(file.request.exchange.requestHeaders, 'user-agent')
    const { point, atOnce, text } = rejection
    const isSpecific = text.state === 'present' && (speaksOfRedirectUri(text.value) || speaksOfClient(text.value))
    if (!told && (point.status !== 403 || !atOnce || isSpecific)) return pass()
    if (!told && agent.state !== 'present') return indeterminate('The User-Agent header was not visible.')
    if (!told && !(agent.state === 'present' && webView.test(agent.value)))
      return pass('the login ran in an ordinary browser')
    return fail({
      confidence: told ? 'certain' : 'likely',
      cause: `The login ran in a web view inside of an app${told ? ', and the server says that it does not allow that' : ', and the server answered 403 at once'}.`,
      evidence: [
        exchangeEvidence(file.request.exchange, 'request.headers', {
          label: 'User-Agent',
          parameter: 'user-agent',
          ...(agent.state === 'present' && { actual: agent.value }),
        }),
        statusEvidence(point.exchange),
      ],
      fix: {
        summary:
          'Open the login in the system’s browser: Custom Tabs on Android, ASWebAuthenticationSession on iOS, the default browser on desktops.',
        steps: ['Return to the app by an https app link, a custom scheme or a loopback redirect_uri.'],
      },
    })
  },
})
