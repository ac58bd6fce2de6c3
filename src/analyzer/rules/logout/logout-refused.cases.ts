import { client, idTokenClaims, jwt, navigate, record, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const leave = (parameters: Record<string, string>, hop: object = {}) =>
  navigate(
    { url: url(`${server}/logout`, parameters), status: 400, body: '<html></html>', ...hop },
    { initiator: client },
  )

export default {
  fail: {
    'a hint and nothing else': {
      recording: record(leave({ id_token_hint: 'x', state: 's' })),
      rootCause: 'logout-hint-invalid',
    },
    'the page says why': record(
      leave(
        { id_token_hint: jwt(idTokenClaims), post_logout_redirect_uri: `${client}/` },
        { status: 401, body: '<html><body>The client is not allowed to initiate logout</body></html>' },
      ),
    ),
    'a status that says something else': record(
      leave({ client_id: 'shop-web', post_logout_redirect_uri: `${client}/` }, { status: 403 }),
    ),
  },
  pass: {},
  notApplicable: {
    'a page that asks the user': record(leave({ post_logout_redirect_uri: `${client}/` }, { status: 200 })),
    'the way back': record(
      navigate(
        [
          { url: url(`${server}/logout`, { client_id: 'shop-web', post_logout_redirect_uri: `${client}/bye` }) },
          { url: `${client}/bye`, body: '<html></html>' },
        ],
        { initiator: client },
      ),
    ),
  },
} satisfies RuleCases
