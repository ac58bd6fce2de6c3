import { all, client, codeLogin, event, navigate, record, request, server, url, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const open = (headers: Record<string, string> = {}) =>
  all(
    navigate({ url: `${client}/`, headers, body: '<html></html>' }),
    event((at) => ({ type: 'tab.opened', tabId: 9, openerTabId: 1, at })),
  )
const popup = { tab: 9, initiator: client }
const login = navigate({ url: url(`${server}/authorize`, request), body: '<form></form>' }, popup)
const closed = event((at) => ({ type: 'tab.closed', tabId: 9, at }))

export default {
  fail: { 'after some seconds': record(open(), login, wait(8000), closed) },
  pass: {
    'after the answer': record(open(), codeLogin({ place: popup }), closed),
    'a header cut it off': record(open({ 'Cross-Origin-Opener-Policy': 'same-origin' }), login, closed),
  },
  notApplicable: { 'no popup': record(codeLogin()) },
} satisfies RuleCases
