import {
  authorize,
  client,
  code,
  codeLogin,
  metadata,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const inFragment = (asked: Record<string, string>, status = 400) =>
  record(
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/' } },
      { url: url(`${server}/authorize`, { ...request, ...asked }) },
      {
        url: `${request.redirect_uri}#code=${code}&state=${request.state}`,
        requestHeaders: { Cookie: 'st=1' },
        status,
      },
    ]),
  )

export default {
  fail: {
    'a hybrid answer to a server': { recording: inFragment({ response_type: 'code id_token' }), owner: 'client' },
    'a server asked for the fragment': inFragment({ response_mode: 'fragment' }, 500),
    'a page asked for the fragment and got the query': record(
      codeLogin(),
      wait(60_000),
      authorize({ request: { response_mode: 'fragment', state: 'second' }, response: { code: 'second' } }),
    ),
    'a popup waits for a message that the server does not send': {
      recording: record(
        metadata({ response_modes_supported: ['query', 'fragment', 'form_post'] }),
        authorize({ request: { response_mode: 'web_message', display: 'popup' } }),
      ),
      owner: 'client',
    },
    'a server takes form posts only, and the answer comes in the query': {
      recording: record(
        navigate([
          { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/' } },
          { url: url(`${server}/authorize`, { ...request, response_mode: 'form_post' }) },
          { url: url(request.redirect_uri, { code, state: request.state }), status: 404 },
        ]),
      ),
      owner: 'authorization_server',
    },
  },
  pass: {
    'a page that reads the query all the same': record(codeLogin({ request: { response_mode: 'fragment' } })),
    'a healthy login': record(codeLogin()),
    'a server, answered in the query': record(serverLogin({ callback: { status: 500, headers: {} } })),
  },
  notApplicable: { 'an error': record(authorize({ response: { code: undefined, error: 'access_denied' } })) },
} satisfies RuleCases
