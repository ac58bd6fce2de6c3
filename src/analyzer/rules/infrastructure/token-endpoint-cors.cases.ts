import {
  all,
  api,
  authorize,
  call,
  client,
  codeLogin,
  record,
  redeem,
  request,
  server,
  tokenError,
  verifier,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refused = (tokenCall: Parameters<typeof redeem>[0]) => record(authorize(), redeem(tokenCall))

const hidden = (status: number, more: object = {}) =>
  refused({ tokenCall: { status, headers: {}, body: undefined, error: 'net::ERR_FAILED', ...more } })

const preflight = (status: number, headers: Record<string, string> = {}, asked = 'x-trace') =>
  call(
    {
      url: `${server}/token`,
      method: 'OPTIONS',
      status,
      headers,
      requestHeaders: { Origin: client, 'Access-Control-Request-Headers': asked },
    },
    { initiator: client },
  )

/** As files of Firefox and of proxies have it: the headers say it, and no error does. */
const withheld = redeem({
  tokenCall: { headers: {}, requestHeaders: { Origin: client, 'Sec-Fetch-Mode': 'cors' } },
})

const unsent = redeem({ tokenCall: { error: 'net::ERR_FAILED' } })

export default {
  fail: {
    'a good answer without the header': hidden(200),
    'a good answer for another origin': hidden(200, {
      headers: { 'Access-Control-Allow-Origin': 'https://other.example' },
    }),
    'a good answer without the header, and no error named': record(authorize(), withheld),
    'a 400 without the header, its body not seen': hidden(400),
    'a 401 without the header in Firefox': hidden(401, { error: 'NS_ERROR_DOM_BAD_URI' }),
    'a preflight answered 403': record(authorize(), all(preflight(403), unsent)),
    'a preflight that does not allow a header': {
      recording: record(authorize(), all(preflight(204, { 'Access-Control-Allow-Origin': client }), unsent)),
      owner: 'client',
    },
    'a preflight that does not allow the header of a library': {
      recording: record(
        authorize(),
        all(
          preflight(
            204,
            { 'Access-Control-Allow-Origin': client, 'Access-Control-Allow-Headers': 'authorization' },
            'x-requested-with',
          ),
          unsent,
        ),
      ),
      owner: 'authorization_server',
    },
    'a preflight that is not in the file': {
      recording: record(
        authorize(),
        redeem({
          tokenCall: { requestHeaders: { 'X-App-Version': '4.2', Referer: `${client}/` }, error: 'net::ERR_FAILED' },
        }),
      ),
      owner: 'client',
    },
    'a known OAuth error under it, of which this is a symptom': {
      recording: record(
        codeLogin(),
        redeem({ tokenCall: { ...tokenError('invalid_grant'), headers: {}, error: 'net::ERR_FAILED' } }),
      ),
      rootCause: 'code-redeemed-twice',
    },
  },
  pass: {
    'nobody listens': record(authorize(), redeem({ tokenCall: { error: 'net::ERR_CONNECTION_REFUSED' } })),
    'a healthy login': record(codeLogin()),
    'a good answer without the header, and the token in use: a shell that enforces no CORS': record(
      authorize(),
      withheld,
      call(
        { url: `${api}/orders`, requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }, body: [] },
        { initiator: client },
      ),
    ),
    'an error that the page could read': record(
      authorize(),
      redeem({ tokenCall: tokenError('invalid_client', {}, 401) }),
    ),
    'the same origin': record(
      authorize(),
      call(
        {
          url: `${client}/token`,
          form: { grant_type: 'authorization_code', code: 'x', client_id: request.client_id, code_verifier: verifier },
          status: 500,
        },
        { initiator: client },
      ),
    ),
  },
  notApplicable: { 'no token call was seen': record(authorize()) },
  indeterminate: {
    'no answer at all': record(authorize(), unsent),
  },
} satisfies RuleCases
