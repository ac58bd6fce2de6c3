import { client, codeLogin, navigate, record, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const logout = navigate(
  { url: url(`${server}/logout`, { id_token_hint: 'x' }), body: '<html></html>' },
  { initiator: client },
)

const frame = (requestHeaders: Record<string, string>) =>
  navigate(
    { url: url(`${client}/frontchannel`, { iss: server, sid: 's1' }), requestHeaders, body: '<html></html>' },
    { type: 'sub_frame', frame: 3, initiator: server },
  )

const home = navigate({ url: `${client}/home`, requestHeaders: { Cookie: 'session=1' }, body: '<html></html>' })

export default {
  fail: { 'without the cookies it has': record(home, logout, frame({})) },
  pass: {
    'with cookies': record(home, logout, frame({ Cookie: 'session=1' })),
    'no cookies known': record(logout, frame({})),
  },
  notApplicable: { 'no frames': record(home, logout), 'a login': record(codeLogin()) },
} satisfies RuleCases
