import { client, codeLogin, errorPage, errorRedirect, record, serverLogin, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const page = (text: string) => ({ body: `<html><title>Error</title><p>${text}</p></html>` })
const slash = { redirect_uri: `${client}/callback/` }

export default {
  fail: {
    'the error page names the redirect_uri': record(
      errorPage({ authorization: page('The redirect_uri did not match any registered for the client.') }),
    ),
    'the client_id leads to the list of the client': {
      recording: record(
        errorPage({
          request: { client_id: 'https://app.example/id.json' },
          authorization: page('invalid_redirect_uri'),
        }),
      ),
      owner: 'client',
    },
    'no body was seen, and the client worked with another value': {
      recording: record(codeLogin(), wait(60_000), errorPage({ request: { ...slash, state: 'second-login-1' } })),
      owner: 'client',
    },
    'http behind a TLS proxy, no body seen': {
      recording: record(errorPage({ request: { redirect_uri: 'http://app.example/callback' } })),
      owner: 'client',
    },
    'the port got lost behind a proxy': record(
      errorPage({
        request: { redirect_uri: 'https://app.example/callback' },
        place: { initiator: 'https://app.example:2443' },
      }),
    ),
    'another loopback name than the page': record(
      errorPage({
        request: { redirect_uri: 'http://127.0.0.1:3000/cb' },
        place: { initiator: 'http://localhost:3000' },
      }),
    ),
    'the address of a developer’s computer, for a page that is on none': record(
      errorPage({ request: { redirect_uri: 'http://localhost:3000/cb' } }),
    ),
    'the error comes as a redirect': record(errorRedirect('redirect_uri_mismatch')),
    'the error comes as a redirect with another code, and its words quote the value': record(
      errorRedirect('unauthorized_client', {
        response: { error_description: `shop-web may not use this redirect_uri: ${client}/callback` },
      }),
    ),
    'the page is shown with status 200': record(
      errorPage({ authorization: { status: 200, ...page('Error: redirect_uri_mismatch') } }),
    ),
    'the page leaves nothing to do, with status 200': record(
      errorPage({
        authorization: {
          status: 200,
          body: '<!DOCTYPE html><html><body><h1>Sorry</h1><pre>The requested redirect uri is malformed.</pre></body></html>',
        },
      }),
    ),
    'a page of a product whose codes are known': record(
      errorPage({
        authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
        authorization: { status: 200, body: '<html><script>$Config={"m":"AADSTS50011: no match"}</script></html>' },
      }),
    ),
    'the retired copy-and-paste value': record(errorPage({ request: { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' } })),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a healthy login of a server': record(serverLogin()),
    'another error on the way back': record(errorRedirect('invalid_scope')),
    'the page names the client only': record(errorPage({ authorization: page('invalid_client: client is unknown') })),
    'the server itself broke': record(errorPage({ authorization: { status: 503 } })),
    'the same value worked before': record(
      codeLogin(),
      wait(60_000),
      errorPage({ request: { state: 'second-login-1' } }),
    ),
  },
  notApplicable: { 'a login that nobody finished': record(errorPage({ authorization: { status: 200 } })) },
  indeterminate: {
    'nothing was seen but status 400': record(errorPage()),
    'the values were pushed elsewhere': record(
      errorPage({
        request: {
          redirect_uri: undefined,
          response_type: undefined,
          request_uri: 'urn:ietf:params:oauth:request_uri:6esc',
        },
        authorization: page('Invalid redirect URI'),
      }),
    ),
  },
} satisfies RuleCases
