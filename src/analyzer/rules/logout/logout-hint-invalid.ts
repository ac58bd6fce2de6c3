import { audiences, dateClaim, readJwt, stringClaim } from '../../../model/jwt'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { type RefusedLogout, refusedLogout } from '../shared/refused-logout'
import { link } from '../shared/references'
import { list, quote } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const logoutHintInvalid = defineRule({
  id: 'logout-hint-invalid',
  title: 'The logout’s id_token_hint is no ID token of this client',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['logout_error'],
  what: 'The `id_token_hint` of a refused logout: its form, its audience, its issuer, and whether it is the access token of a login that was seen.',
  why: 'The hint tells the server who wants to leave, and which client’s return addresses apply. With another token it cannot.',
  toldApart:
    'Read from the token itself. An expired ID token is meant to be accepted, and counts only when nothing else is wrong.',
  silentWhen: 'There is no hint, or it is a current ID token of this client.',
  references: [
    link(
      'OpenID Connect RP-Initiated Logout section 2',
      'https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout',
    ),
  ],
  covers: ['logout-hint-invalid'],

  check(file) {
    const refused = refusedLogout(file)
    const hint = refused && paramValue(refused.request.parameters, 'id_token_hint')
    if (!refused || hint === undefined) return notApplicable
    const fault = faultOf(file, refused, hint)
    return fault ? fail(failure(refused, fault)) : pass('id_token_hint is a current ID token of this client')
  },
})

interface Fault {
  readonly because: string
  readonly actual: string
  readonly expected: string
  readonly certain: boolean
}

const faultOf = (file: CaseFile, { request }: RefusedLogout, hint: string): Fault | undefined => {
  const jwt = readJwt(hint)
  const found = (because: string, actual: string, expected: string, certain = true): Fault => ({
    because,
    actual,
    expected,
    certain,
  })
  if (file.world.known.accessTokens.has(hint) || /at\+jwt/i.test(String(jwt?.header['typ'] ?? ''))) {
    return found('it is an access token', 'an access token', 'the ID token')
  }
  if (!jwt)
    return found(
      'it is no JWT, or was cut off',
      `${file.world.values.lengthOf(hint)} characters, no JWT`,
      'the ID token',
    )
  if (jwt.parts === 5)
    return found(
      'it is encrypted, for the client and not for the server',
      'an encrypted token',
      'a signed ID token',
      false,
    )
  if (!jwt.claims) return found('its payload cannot be read', 'a token that cannot be read', 'the ID token')
  const client = paramValue(request.parameters, 'client_id')
  const aud = audiences(jwt)
  if (client !== undefined && aud.length > 0 && !aud.includes(client)) {
    return found(
      `it is for ${list(aud.map(quote))}, and the logout names the client ${quote(client)}`,
      aud.join(' '),
      client,
    )
  }
  const issuer = file.world.known.metadata.find(({ document }) =>
    sameEndpoint(document['end_session_endpoint'], request.exchange.url),
  )?.issuer
  const iss = stringClaim(jwt, 'iss')
  if (issuer !== undefined && iss !== undefined && iss !== issuer) {
    return found(`it is of ${quote(iss)}, and the logout went to ${quote(issuer)}`, iss, issuer)
  }
  const exp = dateClaim(jwt, 'exp')
  return exp !== undefined && exp * 1000 < request.at
    ? found(
        'it has expired; servers should accept that, and this one may not',
        new Date(exp * 1000).toISOString(),
        'not expired',
        false,
      )
    : undefined
}

const sameEndpoint = (endpoint: unknown, url: string): boolean =>
  typeof endpoint === 'string' && endpoint === url.split(/[?#]/, 1)[0]

const failure = ({ point, request, status }: RefusedLogout, fault: Fault): Failure => ({
  cause: `${callText(request.exchange)} was answered ${status}. Its \`id_token_hint\` will not do: ${fault.because}.`,
  evidence: [
    parameterEvidence(request.parameters, 'id_token_hint', { actual: fault.actual, expected: fault.expected }),
    statusEvidence(point.exchange),
    exchangeEvidence(request.exchange, 'request.url', {
      label: 'called',
      actual: callText(request.exchange).replaceAll('`', ''),
    }),
  ],
  confidence: fault.certain ? 'certain' : 'likely',
  ...(!fault.certain && { depth: 'statement' as const }),
  fix: {
    summary: 'Send the ID token of the current login as `id_token_hint`.',
    steps: ['Where the client has none any more, leave the hint out and send `client_id`.'],
  },
})
