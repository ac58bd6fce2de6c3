import { all, codeLogin, navigate, record, request, server, url, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const again = { nonce: 'another-nonce-77', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }

const asked = url(`${server}/authorize`, { ...request, code_challenge: undefined, nonce: undefined })

/** The page of the server, and its answer by the same request with one more parameter. */
const consented = (code: string) =>
  all(
    navigate({ url: asked, body: '<html><form></form></html>' }),
    navigate([
      { url: `${asked}&approve=1` },
      { url: url(request.redirect_uri, { code, state: request.state }), body: '<html></html>' },
    ]),
  )

export default {
  fail: {
    'a short one': record(codeLogin({ request: { state: '1234' } })),
    'the same in two logins': record(
      codeLogin(),
      wait(60_000),
      codeLogin({
        request: again,
        token: { code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' },
        idToken: { nonce: again.nonce },
      }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'one request, to whose page the user came back': record(consented('c1'), wait(60_000), consented('c2')),
  },
  notApplicable: { 'no state': record(codeLogin({ request: { state: undefined } })) },
} satisfies RuleCases
