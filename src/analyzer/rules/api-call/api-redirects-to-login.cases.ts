import {
  call,
  client,
  codeLogin,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const authorization = url(`${server}/authorize`, { ...request })

/** A script fetches the address at which logins begin, and CORS stops it at the server. */
const fetched = (requestHeaders = {}) =>
  call(
    [
      { url: `${client}/login`, status: 302, requestHeaders },
      { url: authorization, error: 'net::ERR_FAILED' },
    ],
    { initiator: client },
  )

/** The browser loads that address as a page. */
const visited = navigate(
  [
    { url: `${client}/login` },
    { url: url(`${server}/authorize`, { ...request, state: 'visited' }), body: '<form></form>' },
  ],
  { initiator: client },
)

const background = (last: object) =>
  record(
    call(
      [
        { url: `${client}/api/orders`, status: 302 },
        { url: authorization, ...last },
      ],
      { initiator: client },
    ),
  )

export default {
  fail: {
    'CORS stops it at the login': background({ status: 200, error: 'net::ERR_FAILED' }),
    'the preflight stops it': background({ error: 'net::ERR_FAILED' }),
    'by way of the page that begins logins': record(
      call(
        [
          { url: `${client}/api/orders`, status: 302 },
          { url: `${client}/login`, status: 302 },
          { url: authorization, error: 'net::ERR_FAILED' },
        ],
        { initiator: client },
      ),
      visited,
    ),
    'the login’s own address, and nobody goes there': record(fetched()),
    'the login’s own address, and somebody goes there much later': record(fetched(), wait(60_000), visited),
  },
  pass: {
    'a page that needs a login': record(serverLogin()),
    'a script tries a link ahead, and lets the browser go where it cannot': record(
      fetched({ 'X-Turbo-Request-Id': 'a' }),
      visited,
    ),
    'a script prefetches a link': record(fetched({ Purpose: 'prefetch' })),
  },
  notApplicable: { 'a page’s own login': record(codeLogin()) },
} satisfies RuleCases
