import { header } from '../../../model/headers'
import { isReadableByPage } from '../../facts/cors'
import { asksForNonce } from '../../facts/dpop'
import type { FailurePoint } from '../../facts/failure-points'
import { callText, capitalize, endpointOf } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const dpopNonceNotRetried = defineRule({
  id: 'dpop-nonce-not-retried',
  title: 'The server asked for a DPoP nonce, and the call was not repeated with it',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'pushed_error', 'api_refused:use_dpop_nonce', 'userinfo_refused:use_dpop_nonce'],
  what: 'An answer with `use_dpop_nonce`, its `DPoP-Nonce` header, whether the page could read that header, and what was sent next.',
  why: 'The refusal is the first half of a handshake: the client repeats the request with the nonce. A page can read the header only if CORS exposes it.',
  toldApart: 'A repeated call that succeeds makes the refusal a healthy step.',
  silentWhen: 'The call was repeated with success.',
  references: [rfc(9449, '8'), rfc(9449, '9')],
  covers: ['dpop-nonce-not-retried', 'dpop-nonce-healthy'],

  check(file) {
    const asked = file.failurePoints.filter(
      ({ error, exchange }) =>
        asksForNonce(exchange, error) &&
        // Where the code was not seen, only a nonce that the page cannot read tells why it did not repeat the call.
        (error !== undefined || isReadableByPage(exchange, 'DPoP-Nonce') === false),
    )
    const [point] = asked
    if (point) return fail(failure(point, asked.length))
    const uses = file.attempt.messages.some(
      ({ exchange }) => header(exchange.requestHeaders, 'dpop').state === 'present',
    )
    return uses ? pass('every request for a DPoP nonce was answered with one') : notApplicable
  },
})

const failure = (point: FailurePoint, count: number): Failure => {
  const { exchange } = point
  const { name, owner } = endpointOf(point)
  const sent = header(exchange.responseHeaders, 'dpop-nonce')
  const readable = isReadableByPage(exchange, 'DPoP-Nonce')
  const nonce = exchangeEvidence(exchange, 'response.headers', {
    label: 'DPoP-Nonce',
    parameter: 'DPoP-Nonce',
    actual: sent.state === 'present' ? 'in the answer' : 'not in the answer',
    expected: 'in the answer',
  })
  const isSaid = point.error !== undefined
  const base = {
    confidence: isSaid ? ('certain' as const) : ('likely' as const),
    evidence: [nonce, statusEvidence(exchange)] as const,
  }
  const told = `${callText(exchange)} ${isSaid ? '' : 'sent a proof without a nonce and '}was answered ${point.status} with${isSaid ? ' `use_dpop_nonce`' : ''}`
  if (sent.state === 'absent') {
    return {
      ...base,
      title: `${capitalize(name)} asked for a DPoP nonce without sending one`,
      cause: `${told}, but the answer has no \`DPoP-Nonce\` header, so there is nothing to repeat the call with.`,
      owner,
      fix: {
        summary: 'Send `DPoP-Nonce` with every answer that says `use_dpop_nonce`.',
        steps: ['Check that no proxy removes the header.'],
      },
    }
  }
  if (readable === false) {
    return {
      ...base,
      title: 'The page cannot read the DPoP nonce it was sent',
      cause: `${told}${isSaid ? ' and' : ''} a \`DPoP-Nonce\` header, but the answer does not list it in \`Access-Control-Expose-Headers\`, so a script of another origin cannot see it.`,
      evidence: [
        exchangeEvidence(exchange, 'response.headers', {
          label: 'Access-Control-Expose-Headers',
          parameter: 'Access-Control-Expose-Headers',
          actual: 'does not name DPoP-Nonce',
          expected: 'DPoP-Nonce, WWW-Authenticate',
        }),
        ...base.evidence,
      ],
      owner,
      fix: {
        summary: 'Answer with `Access-Control-Expose-Headers: DPoP-Nonce, WWW-Authenticate`.',
        steps: [`The setting belongs to ${name}, or the gateway in front of it.`],
      },
    }
  }
  return {
    ...base,
    cause:
      count > 1
        ? `${told}, ${count} times in a row: the calls that followed did not carry the nonce that was sent last.`
        : `${told} and a \`DPoP-Nonce\` header, and no call with that nonce followed.`,
    fix: {
      summary:
        'On `use_dpop_nonce`, repeat the request once, with the value of `DPoP-Nonce` as claim `nonce` of a new proof.',
      steps: ['Keep the newest nonce per server: answers with 200 may bring a new one as well.'],
    },
  }
}
