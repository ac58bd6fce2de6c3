import {
  type HopSpec,
  authorize,
  call,
  client,
  code,
  codeLogin,
  metadata,
  navigate,
  record,
  redeem,
  request,
  server,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = (error: string) => record(authorize(), redeem({ tokenCall: { error } }))

const answer = url(request.redirect_uri, { code, state: request.state })
const policy = (value: string) => ({ 'Content-Security-Policy': value })

const dropped = { error: 'net::ERR_ABORTED' }

const consentPage = (headers: Record<string, string>) =>
  navigate(
    { url: url(`${server}/authorize`, request), headers, body: '<form method="post"><button>Allow</button></form>' },
    { initiator: client },
  )

/** The answer to its form: a redirect, which the browser may drop. */
const decided = (decision: Partial<HopSpec>, ...after: readonly HopSpec[]) =>
  navigate(
    [{ url: `${server}/decision`, form: { allow: '1' }, status: 302, location: answer, ...decision }, ...after],
    { initiator: server },
  )

const consent = (headers: Record<string, string>, decision: Partial<HopSpec> = dropped, ...after: readonly HopSpec[]) =>
  record(consentPage(headers), decided(decision, ...after))

const callbackPage = (headers: Record<string, string>, place: { announced?: boolean } = {}) =>
  record(
    ...(place.announced ? [metadata()] : []),
    authorize({ callback: { headers } }),
    wait(20_000),
    // Another login of the client shows that its page redeems codes.
    codeLogin({ request: { state: 'second-state' }, response: { code: 'second-code' } }),
  )

export default {
  fail: {
    'connect-src': token('net::ERR_BLOCKED_BY_CSP'),
    'form-action of the consent page and the redirect to the client': {
      recording: consent(policy("default-src 'self'; form-action 'self'")),
      owner: 'authorization_server',
    },
    'form-action of a page whose form leads on to another server': {
      recording: consent(policy("form-action 'self'"), {
        ...dropped,
        location: 'https://other.example/authorize',
      }),
      owner: 'authorization_server',
    },
    'connect-src of the callback page and the token endpoint of the metadata': callbackPage(
      policy("connect-src 'self'"),
      { announced: true },
    ),
    'default-src where connect-src is missing': callbackPage(policy("default-src 'self'")),
  },
  pass: {
    refused: token('net::ERR_CONNECTION_REFUSED'),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'the page gave the call up': token('net::ERR_ABORTED'),
    'the target is allowed and the user went elsewhere': consent(policy(`form-action 'self' ${client}`)),
    'the policy only reports': consent({ 'Content-Security-Policy-Report-Only': "form-action 'self'" }),
    'a browser that follows all the same': consent(
      policy("form-action 'self'"),
      {},
      {
        url: answer,
        body: '<html></html>',
      },
    ),
    'the target was asked for after all': record(
      consentPage(policy("form-action 'self'")),
      decided({ ...dropped, location: 'https://other.example/authorize' }),
      navigate({ url: 'https://other.example/authorize', body: '<html></html>' }),
    ),
    'the callback page may call the server': callbackPage(policy(`connect-src ${server}`)),
    'another page of the client may not': record(
      navigate({ url: `${client}/`, headers: policy("connect-src 'none'") }),
      codeLogin(),
      call({ url: `${client}/me`, body: {} }, { initiator: client }),
    ),
  },
} satisfies RuleCases
