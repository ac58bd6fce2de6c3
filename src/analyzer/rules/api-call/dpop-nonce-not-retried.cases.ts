import {
  type HopSpec,
  api,
  authorize,
  call,
  client,
  codeLogin,
  jwt,
  record,
  redeem,
  request,
  server,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const proof = { DPoP: jwt({ htm: 'POST' }, { typ: 'dpop+jwt' }) }
const exposed = {
  'DPoP-Nonce': 'n1',
  'Access-Control-Allow-Origin': client,
  'Access-Control-Expose-Headers': 'DPoP-Nonce',
}

const asked = (headers: Record<string, string>) =>
  redeem({ tokenCall: { status: 400, headers, requestHeaders: proof, body: { error: 'use_dpop_nonce' } } })

const orders = (headers: Record<string, string>, status = 401) =>
  call(
    {
      url: `${api}/orders`,
      requestHeaders: { Authorization: 'DPoP 2YotnFZFEjr1zCsicMWpAA', ...proof },
      status,
      headers: { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', ...headers },
    },
    { initiator: client },
  )

/** A pushed request as webRequest shows it: without the body of its answer. */
const push = (answer: Partial<HopSpec>, claims: Record<string, unknown> = {}) =>
  call(
    {
      url: `${server}/par`,
      form: { ...request },
      requestHeaders: {
        DPoP: jwt({ htm: 'POST', jti: 'a', ...claims }, { typ: 'dpop+jwt', jwk: { kty: 'EC' } }),
        Origin: client,
      },
      ...answer,
    },
    { initiator: client },
  )
const unread = { ...exposed, 'Access-Control-Expose-Headers': '' }

const login = codeLogin({ tokenAnswer: { token_type: 'DPoP' } })

export default {
  fail: {
    'no second call': { recording: record(authorize(), asked(exposed)), owner: 'client' },
    'the header is not exposed': {
      recording: record(authorize(), asked({ ...exposed, 'Access-Control-Expose-Headers': '' })),
      owner: 'authorization_server',
    },
    'no nonce in the answer': {
      recording: record(authorize(), asked({ 'Access-Control-Allow-Origin': client })),
      owner: 'authorization_server',
    },
    'at the API': record(login, orders(exposed)),
    'a pushed request whose nonce is not exposed, its code not seen': {
      recording: record(push({ status: 400, headers: unread })),
      owner: 'authorization_server',
    },
  },
  pass: {
    'repeated with the nonce': record(authorize(), asked(exposed), redeem({ tokenCall: { requestHeaders: proof } })),
    'a pushed request that is repeated with the nonce and refused for something else': record(
      push({ status: 400, headers: exposed }),
      push({ status: 400, headers: exposed }, { nonce: 'n1' }),
    ),
    'a refused pushed request whose nonce the page can read, its code not seen': record(
      push({ status: 400, headers: exposed }),
    ),
    'repeated at the API': record(login, orders(exposed), orders(exposed, 200)),
  },
  notApplicable: { 'no DPoP': record(codeLogin()) },
} satisfies RuleCases
