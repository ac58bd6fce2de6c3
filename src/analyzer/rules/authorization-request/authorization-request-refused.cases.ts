import {
  call,
  client,
  codeLogin,
  errorPage,
  errorRedirect,
  navigate,
  record,
  server,
  url,
  request,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const signIn = '<html><body><form method="post"><input name="username"></form></body></html>'

export default {
  fail: {
    'status 400 and no body seen': record(errorPage()),
    'an error page that says nothing': record(errorPage({ authorization: { body: '<html><h1>Error</h1></html>' } })),
    'an error page without a body, for which the browser shows its own': record(
      errorPage({ authorization: { status: 403, error: 'net::ERR_HTTP_RESPONSE_CODE_FAILURE' } }),
    ),
    'an error page that says no more than its status': record(
      errorPage({ authorization: { body: '<html><h1>Bad Request (400)</h1></html>' } }),
    ),
    'refused after the sign-in, for which the server had put it off': record(
      navigate([{ url: url(`${server}/authorize`, request) }, { url: `${server}/login`, body: signIn }]),
      navigate([
        { url: `${server}/login`, form: { username: 'ada', password: 'lovelace' } },
        { url: url(`${server}/authorize`, request), status: 403 },
      ]),
    ),
    'refused after the same parameters were taken when they were pushed': record(
      call(
        { url: `${server}/par`, form: { ...request, redirect_uri: 'http://app.example/callback' }, status: 201 },
        { initiator: client },
      ),
      navigate(
        {
          url: url(`${server}/authorize`, { client_id: request.client_id, request_uri: 'urn:a' }),
          status: 400,
          body: '<html><script type="application/json">{"error":"invalid_request","error_description":"Forbidden sec-fetch-site header"}</script></html>',
        },
        { initiator: client },
      ),
    ),
    'an error page named by its URL': record(
      navigate(
        [
          { url: url(`${server}/authorize`, request) },
          { url: `${server}/problem?errorId=CfDJ8N`, body: '<html></html>' },
        ],
        { initiator: 'https://app.example' },
      ),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'an error on the way back': record(errorRedirect('access_denied')),
    'a wrong path': record(errorPage({ authorization: { status: 404 } })),
    'a form of the server is refused': record(
      errorPage({ authorization: { status: 200, body: signIn } }),
      navigate({ url: `${server}/login`, form: { user: 'ada' }, status: 403 }, { initiator: server }),
    ),
  },
  notApplicable: {
    'the server broke': record(errorPage({ authorization: { status: 502 } })),
    'a wrong password, and the form again': record(
      errorPage({ authorization: { status: 200, body: signIn } }),
      navigate(
        {
          url: `${server}/authorize`,
          form: { username: 'ada', password: 'wrong' },
          body: signIn.replace('<form', '<div role="alert">Wrong password</div><form'),
        },
        { initiator: server },
      ),
    ),
    'the login page is open, and its script has texts for errors': record(
      errorPage({
        authorization: {
          status: 200,
          body: `${signIn}<script>var texts={"error":"access_denied","error_description":"You may not enter"}</script>`,
        },
      }),
    ),
    'the login page is open': record(errorPage({ authorization: { status: 200 } })),
  },
} satisfies RuleCases
