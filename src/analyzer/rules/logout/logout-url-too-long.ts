import { hasParam, paramValue } from '../../../model/parameters'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { refusedLogout } from '../shared/refused-logout'
import { link, rfc } from '../shared/references'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Characters from which servers and gateways begin to refuse. */
const LONG = 4000

export const logoutUrlTooLong = defineRule({
  id: 'logout-url-too-long',
  title: 'The logout’s URL is too long',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['logout_error'],
  what: 'The length of the URL of a refused logout, and how much of it is `id_token_hint`.',
  why: 'ID tokens with many groups or claims make URLs longer than servers and gateways take: 414, 431, or a plain 400 or 404.',
  toldApart: 'Measured. Status 414 says so; other statuses count from 4000 characters on.',
  silentWhen: 'The logout was posted, or its URL is short.',
  references: [
    rfc(9110, '15.5.15'),
    link(
      'OpenID Connect RP-Initiated Logout section 2',
      'https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout',
    ),
  ],
  covers: ['logout-url-too-long'],

  check(file) {
    const refused = refusedLogout(file)
    if (!refused) return notApplicable
    const { exchange, parameters } = refused.request
    const length = exchange.url.length
    const said = refused.status === 414 || refused.status === 431
    if (!said && !(length > LONG && [400, 404, 413, 502].includes(refused.status)))
      return pass(`the URL has ${length} characters only`)
    const hint = file.world.values.lengthOf(paramValue(parameters, 'id_token_hint') ?? '')
    return fail({
      cause:
        `${callText(exchange)} was answered ${refused.status}. Its URL has ${length} characters` +
        (hint > 0 ? `, ${hint} of them the \`id_token_hint\`.` : '.'),
      evidence: [
        exchangeEvidence(exchange, 'request.url', {
          label: 'length of the URL',
          actual: `${length} characters`,
          expected: 'below 2000 to be safe',
        }),
        ...(hasParam(parameters, 'id_token_hint')
          ? [parameterEvidence(parameters, 'id_token_hint', { actual: `${hint} characters` })]
          : []),
        statusEvidence(refused.point.exchange),
      ],
      confidence: said ? 'certain' : 'likely',
      fix: {
        summary: 'Send the logout as a form post, or without `id_token_hint` and with `client_id` (and `logout_hint`).',
        steps: ['Or make the ID token smaller: leave group and role lists out of it, and read them from userinfo.'],
      },
    })
  },
})
