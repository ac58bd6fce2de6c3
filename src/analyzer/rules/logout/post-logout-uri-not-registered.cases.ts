import { client, idTokenClaims, jwt, navigate, record, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const asked = (back: string) =>
  url(`${server}/logout`, { id_token_hint: jwt(idTokenClaims), post_logout_redirect_uri: back })

const refused = (back: string, status = 400) =>
  navigate({ url: asked(back), status, body: '<html></html>' }, { initiator: client })

const good = navigate([{ url: asked(`${client}/bye`) }, { url: `${client}/bye`, body: '<html></html>' }], {
  initiator: client,
})

export default {
  fail: {
    'a good hint, and 400': record(refused(`${client}/bye`)),
    'a slash more than the one that worked': record(good, refused(`${client}/bye/`)),
  },
  pass: {},
  notApplicable: {
    'the way back': record(good),
    'a page that asks the user': record(refused(`${client}/bye`, 200)),
    'a failing server': record(refused(`${client}/bye`, 500)),
  },
} satisfies RuleCases
