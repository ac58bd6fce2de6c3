import { client, idTokenClaims, jwt, navigate, record, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const asked = (back: string) =>
  url(`${server}/logout`, { id_token_hint: jwt(idTokenClaims), post_logout_redirect_uri: back })

const refused = (back: string, status = 400, body = '<html></html>') =>
  navigate({ url: asked(back), status, body }, { initiator: client })

const good = navigate([{ url: asked(`${client}/bye`) }, { url: `${client}/bye`, body: '<html></html>' }], {
  initiator: client,
})

export default {
  fail: {
    'a good hint, and 400': record(refused(`${client}/bye`)),
    'a slash more than the one that worked': record(good, refused(`${client}/bye/`)),
    'kept on a sign-in page': record(
      refused(`${client}/bye`, 200, '<form method="post"><input name="user"><input type="password"></form>'),
    ),
    'kept on a page that leads nowhere': record(
      refused(`${client}/bye`, 200, '<html><body><p>Sie sind abgemeldet.</p></body></html>'),
    ),
  },
  pass: {
    'words about the client': record(
      refused(`${client}/bye`, 400, '<html><body>The client is not allowed to initiate logout</body></html>'),
    ),
  },
  notApplicable: {
    'the way back': record(good),
    'a page that asks the user': record(
      refused(`${client}/bye`, 200, '<html><body><form method="post"><button>Log out</button></form></body></html>'),
    ),
    'a failing server': record(refused(`${client}/bye`, 500)),
  },
} satisfies RuleCases
