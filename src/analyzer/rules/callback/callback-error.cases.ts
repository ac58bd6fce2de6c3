import {
  authorize,
  client,
  codeLogin,
  handover,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const answered = (status: number, body?: string) =>
  record(serverLogin({ callback: { status, headers: {}, ...(body !== undefined && { body }) } }))

const phpNotice = (level: string) =>
  `<br />\n<b>${level}</b>:  Undefined array key "name" in <b>/srv/www/callback.php</b> on line <b>22</b><br />`

const says = (body: string) => answered(200, body)

const signIn = (fields: string) =>
  `<html><body><form action="/?_task=login" method="post">${fields}<input type="password" name="_pass"></form><a href="/auth">Sign in elsewhere</a></body></html>`

/** A client with passwords of its own, whose callback shows this page. */
const shows = (body: string) =>
  record(
    navigate({ url: `${client}/`, body: signIn('<input name="_user">') }),
    navigate([
      { url: `${client}/auth`, headers: { 'Set-Cookie': 's=1; Path=/' } },
      { url: url(`${server}/authorize`, request) },
      { url: url(request.redirect_uri, { code: 'c', state: request.state }), requestHeaders: { Cookie: 's=1' }, body },
    ]),
  )

export default {
  fail: {
    'a 500 without a body': { recording: answered(500), owner: 'client' },
    'a 500 whose page names the error': answered(500, '<html><h1>OAuthError: invalid_client</h1></html>'),
    'an error page with status 200': answered(
      200,
      '<html><title>Error</title><body><p>Error: no provider</p></body></html>',
    ),
    'a failure told in a bare text': says('Invalid state'),
    'an error of the token endpoint, printed as it came': says(
      '<pre>Array\n(\n    [error] => invalid_grant\n    [error_description] => authorization code has expired\n)\n',
    ),
    'nothing but notices of PHP': says(`${phpNotice('Warning')}\n${phpNotice('Deprecated')}\n`),
    'a failure told in JSON': says('{"success":false,"message":"invalid_client"}'),
    'an error told in JSON': says('{"error":"invalid_client"}'),
    'a failure told above a menu, with status 200': record(
      navigate([
        { url: `${client}/login`, headers: { 'Set-Cookie': 's=1; Path=/' } },
        { url: url(`${server}/authorize`, request) },
        {
          url: url(request.redirect_uri, { code: 'c', state: request.state }),
          requestHeaders: { Cookie: 's=1' },
          body: '<html><body><a href="/">Home</a><h1>Social login failure</h1><p>Sorry.</p></body></html>',
        },
      ]),
    ),
    'the redirect to https comes first, and then the error': record(
      navigate([
        { url: `${client}/login`, headers: { 'Set-Cookie': 's=1; Path=/' } },
        { url: url(`${server}/authorize`, { ...request, redirect_uri: 'http://app.example/callback' }) },
        {
          url: url('http://app.example/callback', { code: 'c', state: request.state }),
          requestHeaders: { Cookie: 's=1' },
          status: 301,
        },
        {
          url: url('https://app.example/callback', { code: 'c', state: request.state }),
          requestHeaders: { Cookie: 's=1' },
          status: 500,
        },
      ]),
    ),
    'the sign-in page of before, again': shows(signIn('<input name="_user">')),
    'a 403': answered(403, '<html>CSRF token missing</html>'),
    'a proxy’s 502': answered(502),
    'a form post that is refused': record(
      navigate([
        { url: `${client}/login` },
        { url: url(`${server}/authorize`, { ...request, response_mode: 'form_post' }), body: '<form></form>' },
      ]),
      navigate(
        { url: request.redirect_uri, form: { code: 'c', state: request.state }, status: 403 },
        { initiator: server },
      ),
    ),
    'the page hands its code to a server that fails': record(authorize(), handover({ status: 500 })),
    'the error comes one redirect later': record(
      navigate([
        { url: `${client}/login`, headers: { 'Set-Cookie': 's=1; Path=/' } },
        { url: url(`${server}/authorize`, request) },
        { url: url(request.redirect_uri, { code: 'c', state: request.state }), requestHeaders: { Cookie: 's=1' } },
        { url: `${client}/home`, status: 500 },
      ]),
    ),
  },
  pass: {},
  notApplicable: {
    'a page that asks for the password of an account to link': shows(signIn('<input name="link">')),
    'a page that speaks of errors and sets the session': record(
      serverLogin({
        callback: { status: 200, body: '<html><body><a href="/">Home</a><h1>Error reports</h1></body></html>' },
      }),
    ),
    'a healthy login of a server': record(serverLogin()),
    'notices of PHP above what it shows': says(`${phpNotice('Warning')}\n<h1>Hello Ada</h1>`),
    'advice of PHP, and no more': says(phpNotice('Deprecated')),
    'a bare text that tells of no failure': says('Logged in as ada'),
    'a user in JSON, whose error is none': says('{"user":{"name":"ada"},"error":null}'),
    'tokens in JSON, beside a warning': says('{"access_token":"a","error":"deprecated"}'),
    'JSON that breaks off': says('{"user":{"name":"ada"},"error":'),
    'a shell whose script knows a text for errors': says('<div id=app>Error?</div><script src="/app.js"></script>'),
    'an answer without a body': says(''),
    'a page that says it worked and leaves nothing to do': record(
      authorize({ callback: { body: '<html><body>Signed in. You may close this window.</body></html>' } }),
    ),
    'a server that takes the code from its page': record(authorize(), handover()),
    'a page that works behind a 404 page': record(codeLogin({ callback: { status: 404 } })),
  },
} satisfies RuleCases
