import { call, client, codeLogin, errorRedirect, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const pure = { scope: 'email', nonce: undefined }
const userinfo = (status: number) =>
  call(
    {
      url: `${server}/me`,
      status,
      requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' },
      headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope"', 'Access-Control-Allow-Origin': client },
      body: {},
    },
    { initiator: client },
  )

export default {
  fail: {
    'userinfo is refused': record(
      metadata(),
      codeLogin({ request: pure, tokenAnswer: { id_token: undefined } }),
      userinfo(403),
    ),
    'an ID token is asked for': record(
      errorRedirect('invalid_scope', { request: { scope: 'email', response_type: 'code id_token' } }),
    ),
    'a nonce for nothing': {
      recording: record(codeLogin({ request: { scope: 'email' }, tokenAnswer: { id_token: undefined } })),
      rootCause: null,
    },
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'userinfo refused for another reason': record(metadata(), codeLogin(), userinfo(403)),
  },
  notApplicable: { 'plain OAuth': record(codeLogin({ request: pure, tokenAnswer: { id_token: undefined } })) },
} satisfies RuleCases
