import {
  authorize,
  codeLogin,
  client,
  handover,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'no such route': { recording: record(serverLogin({ callback: { status: 404, headers: {} } })), owner: 'client' },
    'a static host without a fallback': record(authorize({ callback: { status: 404 } })),
    'another path than in the login that worked': record(
      codeLogin(),
      authorize({
        request: { redirect_uri: `${client}/auth/callback`, state: 'second' },
        response: { code: 'second-code' },
        callback: { status: 404 },
      }),
    ),
    'no POST': record(
      navigate({ url: url(`${server}/authorize`, { ...request, response_mode: 'form_post' }), body: '<form></form>' }),
      navigate(
        { url: request.redirect_uri, form: { code: 'c', state: request.state }, status: 405 },
        { initiator: server },
      ),
    ),
    'the page hands its code to an address without a route': record(authorize(), handover({ status: 404 })),
    'the page after the callback is missing': record(
      navigate([
        { url: `${client}/login` },
        { url: url(`${server}/authorize`, request) },
        { url: url(request.redirect_uri, { code: 'c', state: request.state }) },
        { url: `${client}/welcome`, status: 404 },
      ]),
    ),
  },
  pass: { 'another status': record(serverLogin({ callback: { status: 500, headers: {} } })) },
  notApplicable: {
    'a healthy login': record(serverLogin()),
    'a page that works behind a 404 page': record(codeLogin({ callback: { status: 404 } })),
  },
} satisfies RuleCases
