import { call, client, codeLogin, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refresh = (answer: object | undefined, form: object = {}) =>
  call(
    {
      url: `${server}/token`,
      form: { grant_type: 'refresh_token', client_id: 'shop-web', refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA', ...form },
      headers: { 'Access-Control-Allow-Origin': client },
      ...(answer && { body: { access_token: 'fresh-access-token', token_type: 'Bearer', ...answer } }),
    },
    { initiator: client },
  )

export default {
  fail: {
    'the same token again': record(refresh({ refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA' })),
    'no token': record(refresh({})),
  },
  pass: { 'a new token': record(refresh({ refresh_token: '8xLOxBtZp8' })) },
  notApplicable: {
    'a login': record(codeLogin()),
    'a client with a secret': record(refresh({}, { client_secret: 's3cr3t-value' })),
  },
  indeterminate: { 'the answer was not seen': record(refresh(undefined)) },
} satisfies RuleCases
