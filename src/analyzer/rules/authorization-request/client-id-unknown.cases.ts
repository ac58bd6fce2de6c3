import { codeLogin, errorPage, errorRedirect, record, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const page = (text: string) => ({ body: `<html><title>Sorry</title><p>${text}</p></html>` })

export default {
  fail: {
    'the page says invalid_client': record(errorPage({ authorization: page('invalid_client: client is invalid') })),
    'the page says so in other words': record(errorPage({ authorization: page('Client not found.') })),
    'the answer is JSON': record(errorPage({ authorization: { status: 401, body: { error: 'invalid_client' } } })),
    'the same redirect_uri worked with another client_id': record(
      codeLogin(),
      wait(60_000),
      errorPage({ request: { client_id: 'shop-web-staging', state: 'second-login-1' } }),
    ),
    'a line break at its end': record(errorPage({ request: { client_id: 'shop-web\n' } })),
    'a page of a product whose codes are known': record(
      errorPage({
        authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
        authorization: { body: '<html><script>$Config={"m":"AADSTS700016: no application"}</script></html>' },
      }),
    ),
    'the error comes back to the client': record(errorRedirect('invalid_client')),
    'the document that the client_id leads to cannot be used': record(
      errorRedirect('invalid_client_metadata', { request: { client_id: 'https://app.example/id.json' } }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'the page names the redirect_uri of the client': record(
      errorPage({ authorization: page('redirect_uri is not registered for this client') }),
    ),
    'another error on the way back': record(errorRedirect('unsupported_response_type')),
    'a client that may not log in in this way': record(
      errorRedirect('unauthorized_client', { response: { error_description: 'the grant is not enabled' } }),
    ),
    'the client is known from another login': record(
      codeLogin(),
      wait(60_000),
      errorPage({ request: { redirect_uri: 'https://app.example/cb', state: 'second-login-1' } }),
    ),
    'the server broke': record(errorPage({ authorization: { status: 500 } })),
  },
  notApplicable: {
    'the login page is shown': record(errorPage({ authorization: { status: 200, ...page('Sign in') } })),
  },
  indeterminate: {
    'a text that counts up what a request must have': record(
      errorPage({
        request: { response_type: undefined },
        authorization: page('the request was missing one of: client_id, response_type'),
      }),
    ),
    'unauthorized_client on the way back, at once': record(errorRedirect('unauthorized_client')),
    'nothing was seen but status 400': record(errorPage()),
  },
} satisfies RuleCases
