import { hasParam } from '../../../model/parameters'
import { callText } from '../shared/endpoint'
import { statusEvidence } from '../shared/evidence'
import { refusedLogout } from '../shared/refused-logout'
import { link } from '../shared/references'
import { hostOf, list, quote } from '../shared/text'
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
    if (!refused || refused.status < 400) return notApplicable
    const { parameters, exchange } = refused.request
    const names = parameters.list.map(({ name }) => `\`${name}\``)
    const missing = [
      ...(hasParam(parameters, 'id_token_hint')
        ? []
        : ['Send `id_token_hint`, the ID token of the login: many servers log nobody out without it.']),
      ...(hasParam(parameters, 'post_logout_redirect_uri') ? [] : ['Send a registered `post_logout_redirect_uri`.']),
    ]
    const isSeen = refused.point.exchange.responseBody.state !== 'unobserved'
    return fail({
      cause: `${callText(exchange)} was answered ${refused.status}. It carried ${names.length > 0 ? list(names) : 'no parameters'}.${refused.said}`,
      evidence: [statusEvidence(refused.point.exchange)],
      confidence: 'certain',
      fix: {
        summary: `Find out why ${quote(hostOf(exchange.url))} refuses the logout: ${refused.said === '' ? 'its log names what it objects to' : 'its page says it, and its log more'}.`,
        steps: [
          ...missing,
          'Look at the settings of this client: some servers let a client log users out only where that is switched on.',
        ],
      },
      ...(!isSeen && { notObservable: ['The text of the server’s error page.'] }),
    })
  },
})
