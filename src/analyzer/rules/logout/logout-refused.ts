import { callText } from '../shared/endpoint'
import { statusEvidence } from '../shared/evidence'
import { refusedLogout } from '../shared/refused-logout'
import { link } from '../shared/references'
import { list } from '../shared/text'
import { defineRule, fail, notApplicable } from '../rule'

export const logoutRefused = defineRule({
  id: 'logout-refused',
  title: 'The server refused to log out',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['logout_error'],
  what: 'A logout request that was answered with an error page, and the parameters it had.',
  why: 'The user stays on that page and, as a rule, stays signed in.',
  toldApart: 'Address, hint and length of the request have rules of their own; this is what is left.',
  silentWhen: 'The server asks the user to confirm, or the browser came back to the client.',
  references: [
    link('OpenID Connect RP-Initiated Logout', 'https://openid.net/specs/openid-connect-rpinitiated-1_0.html'),
  ],
  covers: [],

  check(file) {
    const refused = refusedLogout(file)
    if (!refused) return notApplicable
    const names = refused.request.parameters.list.map(({ name }) => `\`${name}\``)
    return fail({
      cause: `${callText(refused.request.exchange)} was answered ${refused.status}. It carried ${names.length > 0 ? list(names) : 'no parameters'}.`,
      evidence: [statusEvidence(refused.point.exchange)],
      confidence: 'certain',
      fix: {
        summary: 'Send `id_token_hint` (or `client_id`) and a registered `post_logout_redirect_uri`.',
        steps: ['The page that the server shows, or its log, names what it objected to.'],
      },
      notObservable: ['The text of the server’s error page.'],
    })
  },
})
