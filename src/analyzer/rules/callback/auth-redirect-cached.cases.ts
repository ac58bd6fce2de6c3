import { codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const cached = (recording: ReturnType<typeof record>) => ({
  events: recording.events.map((event) =>
    event.type === 'request.redirected' && event.url.endsWith('/login') ? { ...event, fromCache: true } : event,
  ),
})

export default {
  fail: {
    'an old redirect': {
      recording: cached(record(serverLogin({ start: { headers: {} }, callback: { status: 400, headers: {} } }))),
      owner: 'client',
    },
  },
  pass: {
    'from the network': record(serverLogin({ callback: { status: 400, headers: {} } })),
    'from the cache, and it went well': cached(record(serverLogin())),
  },
  notApplicable: { 'a page starts the login': record(codeLogin()) },
} satisfies RuleCases
