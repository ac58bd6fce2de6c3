import { hasParam } from '../../../model/parameters'
import { callText } from '../shared/endpoint'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { refusedLogout } from '../shared/refused-logout'
import { link } from '../shared/references'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const logoutMissingHint = defineRule({
  id: 'logout-missing-hint',
  title: 'The logout does not say which client it is of',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['logout_error'],
  what: 'A refused logout with `post_logout_redirect_uri` and neither `id_token_hint` nor `client_id`.',
  why: 'Return addresses are registered per client. Without one of the two the server cannot check the address, and refuses.',
  toldApart: 'By the parameters that are there.',
  silentWhen: 'The logout has no return address, or the server only asks the user to confirm.',
  references: [
    link(
      'OpenID Connect RP-Initiated Logout section 2',
      'https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout',
    ),
  ],
  covers: ['logout-missing-hint'],

  check(file) {
    const refused = refusedLogout(file)
    if (!refused) return notApplicable
    const { parameters, exchange } = refused.request
    if (!hasParam(parameters, 'post_logout_redirect_uri')) return notApplicable
    if (hasParam(parameters, 'id_token_hint') || hasParam(parameters, 'client_id'))
      return pass('the logout names its client')
    return fail({
      cause: `${callText(exchange)} was answered ${refused.status}. It names a return address, and neither \`id_token_hint\` nor \`client_id\`, so the server cannot tell whose address that is.`,
      evidence: [
        parameterEvidence(parameters, 'id_token_hint', { actual: 'not in the request', expected: 'the ID token' }),
        parameterEvidence(parameters, 'post_logout_redirect_uri'),
        statusEvidence(refused.point.exchange),
      ],
      confidence: 'likely',
      fix: {
        summary: 'Send `id_token_hint` with the logout: the ID token of the login.',
        steps: [
          'Where the ID token is gone, send `client_id`.',
          'Keep the ID token until the logout; libraries do when asked to.',
        ],
      },
    })
  },
})
