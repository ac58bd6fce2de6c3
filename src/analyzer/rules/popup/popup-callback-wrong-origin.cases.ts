import { all, authorize, client, codeLogin, event, navigate, record, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const popup = { tab: 9, initiator: client }
const open = all(
  navigate({ url: `${client}/`, body: '<html></html>' }),
  event((at) => ({ type: 'tab.opened', tabId: 9, openerTabId: 1, at })),
)
const second = {
  request: { state: 'second', redirect_uri: 'https://www.app.example/callback' },
  response: { code: 'second' },
}

export default {
  fail: {
    'www and no www': {
      recording: record(codeLogin(), open, authorize({ ...second, place: { tab: 9 } }), wait(20_000)),
      owner: 'client',
    },
  },
  pass: { 'one origin': record(open, codeLogin({ place: popup })) },
  notApplicable: { 'no popup': record(codeLogin()) },
} satisfies RuleCases
