import { authorize, client, codeLogin, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const frame = { type: 'sub_frame', frame: 7, initiator: client } as const
const target = url(`${server}/authorize`, request)

export default {
  fail: {
    'the browser refuses the page': record(
      navigate(
        { url: target, status: 200, headers: { 'X-Frame-Options': 'DENY' }, error: 'net::ERR_BLOCKED_BY_RESPONSE' },
        frame,
      ),
    ),
    'the login page behind a redirect is refused': record(
      navigate(
        [
          { url: target },
          {
            url: `${server}/login`,
            headers: { 'Content-Security-Policy': "frame-ancestors 'none'" },
            status: 200,
            error: 'net::ERR_BLOCKED_BY_RESPONSE',
          },
        ],
        frame,
      ),
    ),
    'an error page in the frame': record(navigate({ url: target, status: 403 }, frame)),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a framed login that is answered': record(authorize({ place: frame })),
    'a silent request': record(authorize({ request: { prompt: 'none' }, place: frame })),
  },
} satisfies RuleCases
