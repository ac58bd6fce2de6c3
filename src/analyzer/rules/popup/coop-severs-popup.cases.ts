import {
  all,
  authorize,
  call,
  client,
  codeLogin,
  event,
  navigate,
  record,
  request,
  server,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const popup = { tab: 9, initiator: client }
const coop = (value: string) => ({ 'Cross-Origin-Opener-Policy': value })
const open = (headers: Record<string, string> = {}) =>
  all(
    navigate({ url: `${client}/`, headers, body: '<html></html>' }),
    event((at) => ({ type: 'tab.opened', tabId: 9, openerTabId: 1, at })),
  )
const login = navigate({ url: url(`${server}/authorize`, request), body: '<form></form>' }, popup)
const closed = event((at) => ({ type: 'tab.closed', tabId: 9, at }))

export default {
  fail: {
    'the opener isolates itself': {
      recording: record(open(coop('same-origin')), login, wait(900), closed),
      owner: 'client',
    },
    'the sign-in page isolates itself': {
      recording: record(
        open(),
        authorize({ place: popup, authorization: { headers: coop('same-origin') } }),
        wait(20_000),
      ),
      owner: 'authorization_server',
    },
    'the popup redeems its code, and cannot tell anybody': {
      recording: record(open(coop('same-origin')), codeLogin({ place: popup })),
      rootCause: null,
    },
  },
  pass: {
    'the opener allows popups': record(open(coop('same-origin-allow-popups')), codeLogin({ place: popup })),
    'no header': record(open(), login, wait(900), closed),
    'the popup tells the opener in another way': record(
      open(coop('same-origin')),
      codeLogin({ place: popup }),
      call({ url: `${client}/api/me` }, { initiator: client }),
    ),
    'the popup closes itself': record(open(coop('same-origin')), codeLogin({ place: popup }), closed),
  },
  notApplicable: { 'no popup': record(codeLogin()) },
} satisfies RuleCases
