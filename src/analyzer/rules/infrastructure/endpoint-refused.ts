import { callText, capitalize, endpointOf, pointsOf } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import type { FailurePoint } from '../../facts/failure-points'
import { isPage } from '../shared/refusal-page'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable } from '../rule'

const kinds = ['userinfo_refused', 'api_refused', 'api_unreachable', 'management_error'] as const

export const endpointRefused = defineRule({
  id: 'endpoint-refused',
  title: 'A server of this login refused a call',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: kinds,
  what: 'Error answers of the userinfo, revocation and introspection endpoints and of APIs that no other rule explains.',
  why: 'Something was refused; status and error code are what is known.',
  toldApart: 'It looks least deep of all, so every rule that knows more goes ahead of it.',
  silentWhen: 'The call was repeated with success.',
  references: [rfc(7009, '2.2.1'), rfc(7662, '2.3'), rfc(6750, '3.1')],
  covers: [],

  check(file) {
    const point = pointsOf(file, kinds).find(
      (refused) => (refused.status ?? 0) >= 400 && (refused.status ?? 0) < 500 && !isJudged(refused),
    )
    return point ? fail(failure(point)) : notApplicable
  },
})

/** What rules about tokens, or about pages of gateways, say in more words. */
const isJudged = (point: FailurePoint): boolean => {
  const { message, status } = point
  if (message.kind !== 'api_call' && message.kind !== 'userinfo_request') return false
  if (status === 403 && isPage(point)) return true
  const judged = status === 400 || status === 401 || status === 403
  return judged && message.token.state !== 'unobserved'
}

/** What the standard codes of these endpoints ask for (RFC 7009 section 2.2.1, RFC 7662 section 2.3, RFC 6750 section 3.1). */
const advice: Readonly<Record<string, string>> = {
  unsupported_token_type:
    'This server does not revoke tokens of this kind; revoke the refresh token, which ends the access tokens too.',
  invalid_client: 'Authenticate the client as at the token endpoint: same client_id, same secret, same method.',
  unauthorized_client: 'Allow this client to use the endpoint, or revoke with the client that got the token.',
  invalid_request: 'Send the token once, in one place, and the other parameters form-encoded.',
}

const failure = (point: FailurePoint): Failure => {
  const { exchange, error, error_description, status } = point
  const { name, owner } = endpointOf(point)
  const said =
    error === undefined
      ? ''
      : ` with ${quote(error)}${error_description === undefined ? '' : ` (“${error_description}”)`}`
  return {
    title: `${capitalize(name)} refused the call (${error ?? status})`,
    cause: `${callText(exchange)} was answered ${status}${said}.`,
    evidence: [
      statusEvidence(exchange),
      ...(error === undefined
        ? []
        : [exchangeEvidence(exchange, 'response.body', { label: 'error', parameter: 'error', actual: error })]),
    ],
    confidence: 'certain',
    owner: status === 404 || status === 405 ? 'client' : owner === 'resource_server' ? 'client' : owner,
    fix: {
      summary:
        advice[error ?? ''] ??
        (status === 404 || status === 405
          ? 'Compare address and method with the server’s metadata or the API’s documentation.'
          : `Look for this call in the log of ${name.replace(/^the /, 'the server of the ')}.`),
      steps: [],
    },
  }
}
