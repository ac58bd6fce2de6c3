import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { isUsable } from '../../facts/failure-points'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const tokenResponseDeviates = defineRule({
  id: 'token-response-deviates',
  title: 'The token response leaves out what it should say',
  category: 'conformance',
  severity: 'warning',
  owner: 'authorization_server',
  depth: 'symptom',
  explains: [],
  what: 'A token response that may be stored by caches, or that does not say how long its access token lives.',
  why: 'A cached answer gives one user’s tokens to another; without `expires_in` a client cannot renew in time.',
  toldApart: 'Only a `Cache-Control` that allows storing counts: answers to POST are not stored without one.',
  silentWhen: 'The answer was not seen, or it has both.',
  references: [rfc(6749, '5.1')],
  covers: ['expires-in-missing', 'token-response-cacheable'],

  check: ({ tokenCalls }) => {
    const call = tokenCalls.findLast(isUsable)
    if (!call) return notApplicable
    const cacheControl = valueOf(header(call.exchange.responseHeaders, 'cache-control'))
    const json = valueOf(call.response.json)
    const found: Failure[] = []
    if (cacheControl !== undefined && !/no-store|no-cache|private/i.test(cacheControl)) {
      found.push({
        confidence: 'certain',
        title: 'Caches may store the token response',
        cause: `The token response says ${quote(`Cache-Control: ${cacheControl}`)}, so a cache may keep the tokens.`,
        evidence: [
          exchangeEvidence(call.exchange, 'response.headers', {
            label: 'Cache-Control',
            parameter: 'Cache-Control',
            actual: cacheControl,
            expected: 'no-store',
          }),
        ],
        fix: {
          summary: 'Answer with `Cache-Control: no-store`.',
          steps: ['Look at the gateway that sets the header.'],
        },
      })
    }
    if (json && json['access_token'] !== undefined && json['expires_in'] === undefined) {
      found.push({
        confidence: 'certain',
        category: 'info',
        severity: 'info',
        title: 'The token response does not say how long the access token lives',
        cause:
          'The answer has no `expires_in`, so the client learns that the token has expired from a refused call only.',
        evidence: [parameterEvidence(call.response.parameters, 'expires_in', { actual: 'missing' })],
        fix: { summary: 'Have the client renew when a call is answered 401, or assume a short lifetime.', steps: [] },
      })
    }
    const [first, ...more] = found
    return first ? fail(first, ...more) : pass()
  },
})
