import { authorize, codeLogin, record, redeem, serverLogin, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const basic = (text: string) => ({ tokenCall: { requestHeaders: { Authorization: `Basic ${btoa(text)}` } } })

export default {
  fail: {
    'in the body': record(codeLogin({ token: { client_secret: 's3cr3t-value' } })),
    'in the header': record(codeLogin(basic('shop-web:s3cr3t-value'))),
    'in the URL': record(authorize(), redeem({ tokenCall: { url: `${server}/token?client_secret=s3cr3t-value` } })),
  },
  pass: {
    'a public client': record(codeLogin()),
    'a Basic header without a secret': record(codeLogin(basic('shop-web:'))),
  },
  notApplicable: { 'a server redeems the code': record(serverLogin()) },
} satisfies RuleCases
