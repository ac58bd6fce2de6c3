import { client, codeLogin, event, record, request, url, code, wait, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const shown = (address: string, how: 'load' | 'history' = 'load') =>
  event((at) => ({ type: 'navigation.committed', at, how, tabId: 1, frameId: 0, parentFrameId: -1, url: address }))
const callback = url(request.redirect_uri, { code, state: request.state })

export default {
  fail: { 'nobody cleans the URL': record(codeLogin(), shown(callback)) },
  pass: {
    'the page cleans its URL': record(codeLogin(), shown(callback), wait(300), shown(`${client}/callback`, 'history')),
  },
  notApplicable: { 'the callback redirects on': record(serverLogin()) },
  indeterminate: { 'no navigation was recorded': record(codeLogin()) },
} satisfies RuleCases
