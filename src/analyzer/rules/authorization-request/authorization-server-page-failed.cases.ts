import { codeLogin, errorPage, errorRedirect, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const signIn = '<html><body><form method="post"><input name="username"></form></body></html>'
const post = (status: number, body?: unknown) =>
  navigate(
    { url: `${server}/login`, form: { username: 'ada', password: 'lovelace' }, status, body },
    { initiator: server },
  )
const signInPage = errorPage({ authorization: { status: 200, body: signIn } })

export default {
  fail: {
    'the form of the sign-in page is refused': record(signInPage, post(403)),
    'a form is refused in words': record(signInPage, post(400, '<html><body>The form is too old</body></html>')),
    'the form is answered with an alert and no form': record(
      signInPage,
      post(
        200,
        '<html><body><div role="alert"><span data-text="108"></span></div><a href="/">Portal</a></body></html>',
      ),
    ),
    'the server leads to a sign-in page that is not there': record(
      navigate([{ url: url(`${server}/authorize`, request) }, { url: `${server}/login`, status: 404 }]),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'an error on the way back': record(errorRedirect('access_denied')),
    'the request is refused at once': record(errorPage()),
    'the request is refused after the sign-in, for which the server had put it off': record(
      navigate([{ url: url(`${server}/authorize`, request) }, { url: `${server}/login`, body: signIn }]),
      navigate([
        { url: `${server}/login`, form: { username: 'ada', password: 'lovelace' } },
        { url: url(`${server}/authorize`, request), status: 403 },
      ]),
    ),
  },
  notApplicable: {
    'a wrong password, and the form again': record(signInPage, post(200, signIn)),
    'the server broke on its form': record(signInPage, post(500)),
  },
} satisfies RuleCases
