import { authorize, client, code, navigate, record, request, server, url, wait } from '../builders'
import { asHarFile } from '../as-har-file'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { signInPage } from './situation'

const oauth2orize = 'https://github.com/jaredhanson/oauth2orize'
const badgateway = 'https://github.com/badgateway/oauth2-client'

/** The defaults of a package that sets security headers. */
const strictForms = { 'Content-Security-Policy': "default-src 'self';base-uri 'self';form-action 'self'" }

const callbackHeaders = {
  'Content-Security-Policy': `default-src 'self'; script-src 'self' 'unsafe-inline'; connect-src 'self' https://api.example`,
}

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
]
