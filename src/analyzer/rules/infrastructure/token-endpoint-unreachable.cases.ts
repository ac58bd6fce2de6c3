import { authorize, codeLogin, metadata, record, redeem } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = (error: string) => record(authorize(), redeem({ tokenCall: { error } }))

export default {
  fail: {
    'refused in Chromium': token('net::ERR_CONNECTION_REFUSED'),
    'refused in Firefox': token('NS_ERROR_CONNECTION_REFUSED'),
    'no reason named, as in Safari': token(''),
    'timed out': token('net::ERR_CONNECTION_TIMED_OUT'),
    cut: token('net::ERR_EMPTY_RESPONSE'),
    'metadata names another URL': {
      recording: record(
        metadata(),
        authorize(),
        redeem({ tokenCall: { url: 'https://old.example/token', error: 'net::ERR_CONNECTION_REFUSED' } }),
      ),
      owner: 'client',
    },
  },
  pass: {
    DNS: token('net::ERR_NAME_NOT_RESOLVED'),
    'blocked by an extension': token('net::ERR_BLOCKED_BY_CLIENT'),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'the page gave the call up': token('net::ERR_ABORTED'),
  },
} satisfies RuleCases
