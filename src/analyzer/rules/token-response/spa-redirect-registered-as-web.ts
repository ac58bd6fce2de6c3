import { isPageCall } from '../../facts/page-call'
import type { TokenRequest } from '../../../model/message'
import { originOf } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { quote } from '../shared/text'
import {
  deniesItsOwnCode,
  isAboutTheClient,
  isCodeExchange,
  judgeUnseen,
  refusalsOf,
  saidBy,
} from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

/** Answers of servers to a page that redeems the code of a confidential registration: Entra, Okta, and plain words. */
const words =
  /AADSTS9002326|AADSTS7000218|cross-origin token redemption|must contain[^.]*client_(assertion|secret)|browser requests[^.]*proof key|client (secret|credentials|authentication)[^.]{0,20}(required|missing|not (provided|included))/i

export const spaRedirectRegisteredAsWeb = defineRule({
  id: 'spa-redirect-registered-as-web',
  title: 'The server expects a secret from this client, and a page has none',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: ['token_error', 'token_unusable'],
  what: 'A page redeemed its code without a secret, as pages must, and the token endpoint refused the client.',
  why: 'The client, or this redirect URI, is registered as a web application with a secret instead of as a single-page (public) client.',
  toldApart:
    'The authorization endpoint had accepted client and redirect_uri, so both are known; `unauthorized_client` for the code it has just issued cannot mean the grant. A secret that was sent and refused is `client-secret-wrong`.',
  silentWhen: 'Credentials were sent, or the call was not made by a page.',
  references: [
    rfc(6749, '2.1'),
    link(
      'OAuth 2.0 for Browser-Based Applications',
      'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-browser-based-apps',
    ),
  ],
  covers: ['spa-redirect-registered-as-web'],

  check: (file) => {
    const refusal = refusalsOf(file).find(
      (candidate) =>
        isAboutTheClient(candidate) ||
        deniesItsOwnCode(candidate) ||
        words.test(candidate.point.error_description ?? ''),
    )
    if (!refusal) return judgeUnseen(file, 'Look whether the client is registered as public or with a secret.')
    const { call, point } = refusal
    if (call.clientAuthentication === 'unobserved') return indeterminate('headers-not-captured')
    if (call.clientAuthentication !== 'none') return pass('the client sent credentials')
    if (!isCodeExchange(call) || !isPageCall(call.exchange)) return notApplicable
    if (goesThroughOwnProxy(file, call)) return pass('the token call goes through a proxy of the client')
    const saysSo = words.test(point.error_description ?? '')
    const client = file.client_id === undefined ? 'this client' : quote(file.client_id)
    const uri = file.redirect_uri
    return fail({
      confidence: saysSo ? 'certain' : 'likely',
      cause: `The page redeemed the code of ${client} without a secret. The authorization endpoint had accepted client and redirect_uri; the token endpoint answered ${saidBy(point)}, so it expects a secret from ${uri === undefined ? 'this client' : `what is registered for ${quote(uri)}`}.`,
      evidence: [
        statusEvidence(call.exchange),
        parameterEvidence(call.parameters, 'client_id'),
        parameterEvidence(call.parameters, 'client_secret', { actual: 'not sent', expected: 'not sent by a page' }),
      ],
      fix: {
        summary: `Register ${uri === undefined ? 'the redirect URI' : quote(uri)} as a single-page application: a public client without a secret, with PKCE.`,
        steps: [
          'Change the platform of the redirect URI from Web to Single-page application, or the client type from confidential to public (authentication method `none`).',
          'Do not put a secret into the page: everybody can read it there.',
          ...(deniesItsOwnCode(refusal)
            ? ['If it is a public client already: check that the authorization code grant is enabled for it.']
            : []),
        ],
      },
      ...(uri !== undefined && { consoleValue: uri }),
    })
  },
})

/** The page calls its own origin, which passes the call on: what arrives at the server is up to that proxy. */
const goesThroughOwnProxy = ({ request, response }: CaseFile, { exchange }: TokenRequest): boolean => {
  const origin = originOf(exchange.url)
  return (
    request !== undefined &&
    response !== undefined &&
    origin === originOf(response.deliveredTo) &&
    origin !== originOf(request.exchange.url)
  )
}
