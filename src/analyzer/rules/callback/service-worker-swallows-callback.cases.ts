import {
  client,
  code,
  codeLogin,
  event,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const callback = url(request.redirect_uri, { code, state: request.state })

const swallowed = (fromServiceWorker: boolean) =>
  record(
    navigate([
      { url: `${client}/bff/login`, headers: { 'Set-Cookie': 'st=1; Path=/' } },
      { url: url(`${server}/authorize`, request), location: callback },
    ]),
    event((at) => ({
      type: 'entry.observed',
      at,
      origin: 'devtools',
      entryId: 'sw',
      tabId: 1,
      entry: {
        startedDateTime: at,
        time: 10,
        method: 'GET',
        url: callback,
        requestHeaders: [],
        status: 200,
        responseHeaders: [{ name: 'Content-Type', value: 'text/html' }],
        resourceType: 'main_frame',
        fromServiceWorker,
      },
    })),
  )

export default {
  fail: { 'the worker serves the application': { recording: swallowed(true), owner: 'client' } },
  pass: { 'from the network': swallowed(false), 'a healthy login of a server': record(serverLogin()) },
  notApplicable: { 'a page redeems its code': record(codeLogin()) },
} satisfies RuleCases
