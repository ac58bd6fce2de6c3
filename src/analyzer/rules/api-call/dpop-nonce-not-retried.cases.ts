import { api, authorize, call, client, codeLogin, jwt, record, redeem } from '../../../testing/builders'
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
  },
  pass: {
    'repeated with the nonce': record(authorize(), asked(exposed), redeem({ tokenCall: { requestHeaders: proof } })),
    'repeated at the API': record(login, orders(exposed), orders(exposed, 200)),
  },
  notApplicable: { 'no DPoP': record(codeLogin()) },
} satisfies RuleCases
