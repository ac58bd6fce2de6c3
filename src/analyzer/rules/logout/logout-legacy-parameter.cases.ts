import { client, metadata, navigate, record, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const leave = (parameters: Record<string, string>, status = 400) =>
  record(
    metadata(),
    navigate({ url: url(`${server}/logout`, parameters), status, body: '<html></html>' }, { initiator: client }),
  )

export default {
  fail: {
    'redirect_uri, as it was once': leave({ redirect_uri: `${client}/bye` }),
    'the name of another server': leave({ returnTo: `${client}/bye`, client_id: 'shop-web' }),
  },
  pass: { 'the standard name': leave({ post_logout_redirect_uri: `${client}/bye`, client_id: 'shop-web' }) },
  notApplicable: {
    accepted: leave({ redirect_uri: `${client}/bye` }, 200),
    'no address': leave({ client_id: 'shop-web' }),
  },
} satisfies RuleCases
