import { defineRule, fail, notApplicable, pass } from '../rule'
import { callText, hostOf } from '../shared/endpoint'
import { errorPageOf } from '../shared/error-page'
import { statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { cite, quote, shorten } from '../shared/text'

export const authorizationServerPageFailed = defineRule({
  id: 'authorization-server-page-failed',
  title: 'A page of the authorization server ended the login',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'symptom',
  explains: ['authorization_page'],
  what: 'The server took the request and led to a page of its own; that page, its form, or one after it ended with an error.',
  why: 'What a form of the server is answered seldom depends on client_id and redirect_uri: the server refused its own form, or this user.',
  toldApart:
    'A server that refuses the request does so before its first page, names an OAuth error, or speaks of a part of the request.',
  silentWhen: 'The server sent the browser back, showed the form again, or failed with a status of 500 and above.',
  references: [rfc(6749, '3.1'), rfc(9110, '15.5')],
  covers: [],

  check(file) {
    const page = errorPageOf(file)
    if (!page) return file.response ? pass() : notApplicable
    if (page.failed !== 'page') return pass()
    const { exchange, status } = page.point
    const isForm = exchange.method === 'POST'
    const mayBeTheUser = isForm && (status === 401 || status === 403)
    const host = quote(hostOf(exchange.url))
    return fail({
      ...(isForm && { title: 'The authorization server refused its own form' }),
      confidence: 'likely',
      cause:
        `The server took the request and led to a page of its own. ${callText(exchange)}${isForm ? ', its form,' : ''} was answered ${status === undefined || status < 400 ? 'with an error' : status}, and the browser was not sent back.` +
        `${page.said === undefined ? '' : ` The page says: ${cite(shorten(page.said, 200))}.`}${page.isAfterPage ? ' client_id and redirect_uri, which it had taken, are seldom what it objects to then.' : ''}`,
      evidence: [statusEvidence(exchange)],
      fix: {
        summary: `Look into the log of ${host} at this moment${page.said === undefined ? '' : `, for what the page says: ${cite(shorten(page.said, 120))}`}.`,
        steps: [
          ...(isForm
            ? [
                'A server that checks where a form comes from compares Origin or Referer with its own address: behind a proxy it has to know the host and the scheme that the browser uses.',
                'The cookie that was set with the form has to come back with it; a page that was left open for long, or in two tabs, has an old one.',
              ]
            : []),
          ...(page.text.state === 'unobserved'
            ? ['Open DevTools with Preserve log and log in again, so that the page’s text is recorded.']
            : []),
        ],
      },
      ...(mayBeTheUser && {
        candidates: [
          {
            rule: 'policy-denied',
            title: 'This user may not use the client',
            check: 'Log in as another user; look at assignment, groups and roles in the server’s settings.',
          },
        ],
      }),
      ...(page.text.state === 'unobserved' && {
        notObservable: ['The text of the error page was not visible: bodies can only be read while DevTools is open.'],
      }),
    })
  },
})
