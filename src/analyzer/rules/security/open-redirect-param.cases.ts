import { type Place, client, codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const start = (returnTo: string, location: string, place: Place = {}) =>
  record(
    serverLogin({
      start: { url: `${client}/login?returnTo=${encodeURIComponent(returnTo)}` },
      callback: { status: 302, location },
      place,
    }),
  )

export default {
  fail: { 'a foreign site is followed': start('https://evil.example/', 'https://evil.example/') },
  pass: {
    'a healthy login': record(serverLogin()),
    'the site that began the login': start('https://shop.example/', 'https://shop.example/', {
      initiator: 'https://shop.example',
    }),
    'a broker hands its own code on': start('https://shop.example/', 'https://shop.example/?code=301cf945'),
    'a path of the application': start('/orders', `${client}/orders`),
    'a foreign site is not followed': start('https://evil.example/', `${client}/home`),
  },
  notApplicable: { 'a page logs in': record(codeLogin()) },
} satisfies RuleCases
