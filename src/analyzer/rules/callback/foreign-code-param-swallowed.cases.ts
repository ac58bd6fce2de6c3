import { client, codeLogin, navigate, record, redeem, server, tokenError, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const arrive = (initiator?: string) =>
  navigate(
    { url: url(`${client}/connect`, { code: 'of-somebody-else', state: 'x' }), body: '<html></html>' },
    initiator === undefined ? {} : { initiator },
  )
const refused = redeem({ token: { code: 'of-somebody-else' }, tokenCall: tokenError('invalid_grant') })

export default {
  fail: {
    'a code of a storage service': { recording: record(arrive('https://drive.example.net'), refused), owner: 'client' },
  },
  pass: {
    'the server’s own page brought it': record(arrive(server), refused),
    'opened directly': record(arrive(), refused),
  },
  notApplicable: { 'a login that was recorded': record(codeLogin()) },
} satisfies RuleCases
