import type { TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { askedOf, isAboutRedirectUri, rejectionOf, speaksOfGrant, successesOfClient } from '../../facts/rejection'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { isPageCall } from '../../facts/page-call'
import { rfc } from '../shared/references'
import { rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { quote } from '../shared/text'
import { type Refusal, deniesItsOwnCode, grantName, grantOf, refusalsOf, saidBy } from '../shared/token-calls'

export const clientNotAuthorized = defineRule({
  id: 'client-not-authorized',
  title: 'The client is not allowed to log in this way',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: [
    'authorization_error:unauthorized_client',
    'authorization_page',
    'pushed_error:unauthorized_client',
    'token_error:unauthorized_client',
    'token_unusable:unauthorized_client',
  ],
  what: 'The authorization server answered `unauthorized_client`, on the way back to the client or at its token endpoint, or `unsupported_grant_type` to the authorization request itself.',
  why: 'The server knows the client and its redirect_uri, but the kind of login it asks for is switched off for it, or it is not enabled for this user or tenant.',
  toldApart:
    'A client that the server does not know at all gets an error page. A response_type that the server offers nobody is `unsupported_response_type`. A page without a secret that is refused the code it was just given is most likely registered with one.',
  silentWhen: 'The error is another one.',
  references: [rfc(6749, '4.1.2.1')],
  covers: [],

  check(file) {
    const refusal = refusalsOf(file).find(({ point }) => point.error === 'unauthorized_client')
    if (refusal && deniesItsOwnCode(refusal) && isPublicPage(refusal.call))
      return pass('the server had just issued the code to this client, which sent no secret')
    if (refusal) return fail(failureAtToken(refusal))
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the client was allowed to ask') : notApplicable
    // Where a grant type is the subject before any token request, it is the one that the client is registered for.
    const isOfClient =
      rejection.error === 'unauthorized_client' ||
      (rejection.error === 'unsupported_grant_type' && rejection.by === 'page')
    if (!isOfClient) return pass(`the error is ${rejection.error ?? 'another one'}`)
    if (isAboutRedirectUri(rejection)) return pass('the server speaks of the redirect_uri')
    const namesTheWay = rejection.text.state === 'present' && speaksOfGrant(rejection.text.value)
    if (rejection.by === 'page' && !namesTheWay) return notApplicable
    const client = file.client_id === undefined ? 'this client' : `client ${quote(file.client_id)}`
    const type = paramValue(rejection.parameters, 'response_type')
    const other = successesOfClient(file)
      .map((success) => askedOf(success, 'response_type'))
      .find((asked) => asked !== undefined && asked !== type)
    const isOpen = rejection.atOnce && other === undefined && !namesTheWay
    const afterPages = rejection.atOnce
      ? ''
      : ' It did so after the user had signed in, so it may depend on who signs in.'
    return fail({
      confidence: isOpen ? 'likely' : 'certain',
      cause:
        `The authorization server ${rejectionText(rejection)}. It does not allow ${client} this login` +
        `${type === undefined ? '' : ` with response_type ${quote(type)}`}.${afterPages}` +
        (other === undefined ? '' : ` A login of this client with response_type ${quote(other)} worked.`),
      evidence: [
        rejectionEvidence(rejection),
        parameterEvidence(rejection.parameters, 'client_id'),
        parameterEvidence(rejection.parameters, 'response_type', other === undefined ? {} : { expected: other }),
      ],
      fix: {
        summary: rejection.atOnce
          ? `Enable the ${flowName(type)} for ${client} in the authorization server’s settings.`
          : `Allow ${client} for the user who signs in, in the authorization server’s settings.`,
        steps: [
          'Check the grant types (flows) and response types that the client’s registration allows.',
          ...(rejection.atOnce
            ? []
            : ['Check that the client is enabled, and assigned to the user (or the user’s groups and tenant).']),
          'Check that the client_id belongs to the tenant or realm in the URL of the request.',
        ],
      },
      ...(isOpen && {
        candidates: [
          {
            rule: 'client-id-unknown',
            title: 'The authorization server does not know the client_id',
            check: `Look up ${client} in its settings: a server that redirects before it looks has no better word for one it does not know.`,
          },
        ],
      }),
    })
  },
})

const isPublicPage = (call: TokenRequest): boolean => call.clientAuthentication === 'none' && isPageCall(call.exchange)

const failureAtToken = (refusal: Refusal): Failure => {
  const { call, point } = refusal
  const isContradicted = deniesItsOwnCode(refusal)
  const id = valueOf(call.client_id)
  const client = id === undefined ? 'the client' : `client ${quote(id)}`
  const grant = grantOf(call)
  return {
    confidence: isContradicted ? 'likely' : 'certain',
    title: `The client may not use the ${grantName(call)} grant`.replace('grant grant', 'grant'),
    cause: `The token endpoint answered ${saidBy(point)}. It knows ${client}, but does not allow it ${grant === undefined ? 'this request' : quote(`grant_type=${grant}`)}.`,
    evidence: [parameterEvidence(call.parameters, 'grant_type'), statusEvidence(call.exchange)],
    fix: {
      summary: `Enable the ${grantName(call)} grant for ${client} in the authorization server’s settings.`,
      steps: [
        'Check the grant types that the client’s registration allows.',
        ...(isContradicted
          ? [
              'The code had just been issued to this client: check whether it is registered as public or with a secret, too.',
            ]
          : []),
        'Some servers answer the same to a client that has not been given access to the API it asks for.',
      ],
    },
    ...(grant !== undefined && { consoleValue: grant }),
  }
}

const flowName = (type: string | undefined): string =>
  type === undefined || type === 'code' ? 'authorization code flow' : `response_type ${quote(type)}`
