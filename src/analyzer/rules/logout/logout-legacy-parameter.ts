import { hasParam, paramValue } from '../../../model/parameters'
import { callText } from '../shared/endpoint'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { refusedLogout } from '../shared/refused-logout'
import { link } from '../shared/references'
import { quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Names under which servers took the return address before, or beside, the standard one. */
const others = [
  'redirect_uri',
  'returnTo',
  'logout_uri',
  'redirect',
  'redirect_url',
  'return_to',
  'returnUrl',
  'fromURI',
] as const

export const logoutLegacyParameter = defineRule({
  id: 'logout-legacy-parameter',
  title: 'The logout names its return address under another name than the server wants',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['logout_error'],
  what: 'A refused logout without `post_logout_redirect_uri` that carries the address as `redirect_uri`, `returnTo`, `logout_uri` and the like.',
  why: 'Each server had a name of its own before the standard; newer versions refuse the old one, and another server’s name never worked.',
  toldApart: 'By the parameter that is there. With the standard name, an unregistered address is the likelier reason.',
  silentWhen: 'The standard name is used, or the server accepted the other one.',
  references: [
    link(
      'OpenID Connect RP-Initiated Logout section 2',
      'https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout',
    ),
  ],
  covers: ['logout-legacy-parameter', 'logout-wrong-param-provider'],

  check(file) {
    const refused = refusedLogout(file)
    if (!refused) return notApplicable
    const { parameters, exchange } = refused.request
    if (hasParam(parameters, 'post_logout_redirect_uri')) return pass('the return address has its standard name')
    const name = others.find((other) => hasParam(parameters, other))
    if (name === undefined) return notApplicable
    const identified = hasParam(parameters, 'client_id') || hasParam(parameters, 'id_token_hint')
    return fail({
      cause:
        `${callText(exchange)} was answered ${refused.status}. It carries the return address as ${quote(name)}; the standard name is \`post_logout_redirect_uri\`.` +
        (identified ? '' : ' Neither `id_token_hint` nor `client_id` says whose logout it is.'),
      evidence: [
        parameterEvidence(parameters, name, { expected: 'post_logout_redirect_uri' }),
        statusEvidence(refused.point.exchange),
      ],
      confidence: 'likely',
      fix: {
        summary: `Send ${quote(paramValue(parameters, name) ?? '')} as \`post_logout_redirect_uri\`${identified ? '' : ', together with `id_token_hint` or `client_id`'}.`,
        steps: [
          `If this server documents ${quote(name)}: the address has to be registered for the logout, and most want \`client_id\` with it.`,
        ],
      },
      ...(paramValue(parameters, name) !== undefined && { consoleValue: paramValue(parameters, name)! }),
    })
  },
})
