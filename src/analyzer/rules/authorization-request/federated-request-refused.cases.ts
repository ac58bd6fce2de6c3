import { call, client, codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const fedcm = (path: string, status: number, form?: object) =>
  call(
    {
      url: `https://signin.example${path}`,
      requestHeaders: { 'Sec-Fetch-Dest': 'webidentity', Origin: client },
      status,
      body: {},
      ...(form && { form: form as Record<string, string> }),
    },
    { initiator: client },
  )

export default {
  fail: {
    'the configuration is missing': record(fedcm('/fedcm.json', 404)),
    'the assertion endpoint refuses': record(fedcm('/assertion', 400, { client_id: 'shop-web', account_id: '7' })),
  },
  pass: {
    'all calls are answered': record(fedcm('/fedcm.json', 200)),
    'nobody is signed in': record(fedcm('/accounts', 401)),
  },
  notApplicable: { 'a login with redirects': record(codeLogin()) },
} satisfies RuleCases
