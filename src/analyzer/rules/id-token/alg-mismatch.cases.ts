import { call, client, codeLogin, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (alg: string, offered = ['RS256', 'HS256']) =>
  record(metadata({ id_token_signing_alg_values_supported: offered }), codeLogin({ idTokenHeader: { alg } }))

export default {
  fail: {
    'not signed': login('none'),
    'a shared secret that a public client does not have, which reads the keys': record(
      metadata({ id_token_signing_alg_values_supported: ['RS256', 'HS256'] }),
      codeLogin({ idTokenHeader: { alg: 'HS256' } }),
      call({ url: `${server}/jwks`, body: { keys: [] } }, { initiator: client }),
    ),
    'a shared secret that a public client does not have, and need not look at': {
      recording: login('HS256'),
      rootCause: null,
    },
    'not offered by the metadata': login('ES256'),
  },
  pass: { 'what the metadata offers': login('RS256'), 'no metadata': record(codeLogin()) },
  notApplicable: { 'no ID token': record(codeLogin({ tokenAnswer: { id_token: undefined } })) },
} satisfies RuleCases
