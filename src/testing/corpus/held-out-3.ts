import {
  authorize,
  client,
  code,
  codeLogin,
  errorRedirect,
  metadata,
  navigate,
  record,
  request,
  server,
  url,
  wait,
} from '../builders'
import { asHarFile } from '../as-har-file'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { page, signInPage } from './situation'

const oauth2orize = 'https://github.com/jaredhanson/oauth2orize'
const oktaAuthJs = 'https://github.com/okta/okta-auth-js'
const badgateway = 'https://github.com/badgateway/oauth2-client'

/** The defaults of a package that sets security headers. */
const strictForms = { 'Content-Security-Policy': "default-src 'self';base-uri 'self';form-action 'self'" }

const callbackHeaders = {
  'Content-Security-Policy': `default-src 'self'; script-src 'self' 'unsafe-inline'; connect-src 'self' https://api.example`,
}

const modes = { response_modes_supported: ['query', 'fragment', 'form_post'] }

/** Failures of further servers and libraries that played no part in the making of the rules. */
export const heldOut3: readonly CorpusEntry[] = [
  heldOut(
    'form-action-on-consent-page',
    'authorization request',
    'The consent page allows forms to lead to its own origin only, and the answer to the form leads to the client',
    oauth2orize,
    {
      rootCause: 'blocked-by-content-security-policy',
      owner: 'authorization_server',
      not: ['callback-unreachable', 'user-denied'],
    },
    navigate({ url: url(`${server}/dialog/authorize`, request), headers: strictForms, body: signInPage('Allow') }),
    wait(900),
    navigate(
      {
        url: `${server}/dialog/authorize/decision`,
        form: { transaction_id: 'D5uxHE0t', allow: '1' },
        requestHeaders: { Referer: url(`${server}/dialog/authorize`, request) },
        headers: strictForms,
        status: 302,
        location: url(request.redirect_uri, { code, state: request.state }),
        error: 'net::ERR_ABORTED',
      },
      { initiator: server },
    ),
  ),
  {
    id: 'held-out-connect-src-of-callback-page',
    area: 'callback',
    title: 'The policy of the callback page lets scripts call the API and not the token endpoint',
    source: badgateway,
    expected: { rootCause: 'blocked-by-content-security-policy', owner: 'client' },
    recording: asHarFile(
      record(
        authorize({ callback: { headers: callbackHeaders } }),
        navigate({ url: `${client}/lib/oauth2.js`, headers: callbackHeaders, body: '' }, { type: 'script' }),
      ),
    ),
  },
  heldOut(
    'popup-waits-for-a-message',
    'popup',
    'The SDK asks for a message between windows, which only the servers of its own maker send',
    oktaAuthJs,
    { rootCause: 'code-in-fragment-unexpected', owner: 'client', not: ['state-storage-origin-mismatch'] },
    metadata(modes),
    authorize({ request: { display: 'popup', response_mode: 'okta_post_message' } }),
  ),
  heldOut(
    'silent-renewal-refused-for-another-reason',
    'silent renewal',
    'A renewal asks for a mode that the metadata does not list, and is refused for something else',
    oktaAuthJs,
    {
      rootCause: 'authorization-refused',
      not: ['response-mode-unsupported', 'silent-iframe-blocked-by-idp'],
    },
    metadata(modes),
    codeLogin(),
    wait(60_000),
    errorRedirect('invalid_request', {
      request: { prompt: 'none', response_mode: 'okta_post_message', state: 'silent-state' },
      response: { error_description: 'id_token mandatory' },
      callback: { headers: { 'X-Frame-Options': 'DENY' } },
      place: { type: 'sub_frame', frame: 3 },
    }),
  ),
  heldOut(
    'form-post-ignored',
    'callback',
    'The client has a route for POST only, and the server answers in the query whatever it is asked for',
    oauth2orize,
    { rootCause: 'code-in-fragment-unexpected', owner: 'authorization_server' },
    navigate([
      { url: `${client}/auth`, headers: { 'Set-Cookie': 'login_state=x1; Path=/; Secure; HttpOnly; SameSite=None' } },
      { url: url(`${server}/dialog/authorize`, { ...request, response_mode: 'form_post' }) },
      {
        url: url(request.redirect_uri, { code, state: request.state }),
        requestHeaders: { Cookie: 'login_state=x1' },
        status: 404,
        body: page('Cannot GET /callback'),
      },
    ]),
  ),
]
