import { client, codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const start = (returnTo: string, location: string) =>
  record(
    serverLogin({
      start: { url: `${client}/login?returnTo=${encodeURIComponent(returnTo)}` },
      callback: { status: 302, location },
    }),
  )

export default {
  fail: { 'a foreign site is followed': start('https://evil.example/', 'https://evil.example/') },
  pass: {
    'a healthy login': record(serverLogin()),
    'a path of the application': start('/orders', `${client}/orders`),
    'a foreign site is not followed': start('https://evil.example/', `${client}/home`),
  },
  notApplicable: { 'a page logs in': record(codeLogin()) },
} satisfies RuleCases
