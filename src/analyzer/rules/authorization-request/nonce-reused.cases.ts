import { codeLogin, errorPage, errorRedirect, record, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const second = { request: { state: 'second-login-1' } }
const again = (description?: string, request: Readonly<Record<string, string | undefined>> = second.request) =>
  record(
    codeLogin(),
    wait(60_000),
    errorRedirect('invalid_request', { request, response: { error_description: description } }),
  )

export default {
  fail: {
    'the server calls it a replay': again('Replay attack'),
    'the server names no reason': again(),
    'on a page of the server': record(
      codeLogin(),
      wait(60_000),
      errorPage({ ...second, authorization: { body: '<p>The nonce was used before.</p>' } }),
    ),
  },
  pass: {
    'the server names another parameter': again('prompt is not supported'),
    'a fresh nonce': again(undefined, { state: 'second-login-1', nonce: 'n-another-1' }),
    'the same request again': again(undefined, {}),
    'a scope that the earlier login did not ask for': again(undefined, {
      state: 'second-login-1',
      scope: 'openid all',
    }),
    'another client': again(undefined, { state: 'second-login-1', client_id: 'other' }),
  },
  notApplicable: {
    'two logins with one nonce, both taken': record(codeLogin(), wait(60_000), codeLogin(second)),
    'no nonce': again(undefined, { state: 'second-login-1', nonce: undefined }),
  },
} satisfies RuleCases
