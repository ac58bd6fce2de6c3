import {
  authorize,
  client,
  code,
  codeLogin,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const foreign = { code: 'from-another-browser', state: 'sent-by-another-browser', iss: server }
const opened = (callback: string, more = {}, place = {}) =>
  navigate({ url: url(callback, foreign), body: '<html></html>', ...more }, place)

export default {
  fail: {
    'a bookmark of a page’s callback': record(codeLogin(), wait(60_000), opened(request.redirect_uri)),
    'opened by the site itself': record(
      codeLogin(),
      wait(60_000),
      opened(request.redirect_uri, {}, { initiator: client }),
    ),
    'a mailed link to a server’s callback': record(
      serverLogin(),
      wait(60_000),
      opened(`${client}/auth/callback`, { status: 400, requestHeaders: { 'Sec-Fetch-Site': 'none' } }),
    ),
    'a bookmark of the page on which one signs in': record(
      authorize({
        authorization: { requestHeaders: { 'Sec-Fetch-Site': 'none' } },
        callback: { status: 400, body: 'state not found' },
      }),
    ),
  },
  pass: {
    'a login of this browser': record(codeLogin()),
    'a login of a program, which listens on this computer': record(
      authorize({
        request: { redirect_uri: 'http://127.0.0.1:8085/' },
        authorization: { requestHeaders: { 'Sec-Fetch-Site': 'none' } },
        callback: { status: 400, body: 'state not found' },
      }),
    ),
  },
  notApplicable: {
    'an error': record(navigate({ url: url(request.redirect_uri, { error: 'access_denied', state: 'x' }) })),
  },
  indeterminate: {
    'the login began before the recording': record(
      navigate(
        {
          url: url(request.redirect_uri, { code, state: 'early', iss: server }),
          requestHeaders: { 'Sec-Fetch-Site': 'cross-site' },
        },
        { initiator: server },
      ),
    ),
    'a login that the server started': record(
      serverLogin(),
      opened(`${client}/auth/callback`, { status: 400 }, { initiator: server }),
    ),
  },
} satisfies RuleCases
