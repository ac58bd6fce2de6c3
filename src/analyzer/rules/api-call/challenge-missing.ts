import { valueOf } from '../../../model/observed'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { refusedCalls } from '../shared/presented-token'
import { rfc } from '../shared/references'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const challengeMissing = defineRule({
  id: 'challenge-missing',
  title: 'The API answered 401 without saying what it wants',
  category: 'conformance',
  severity: 'info',
  owner: 'resource_server',
  depth: 'symptom',
  explains: [],
  what: 'The `WWW-Authenticate` header of a 401 to a call with a token.',
  why: 'Every 401 has to carry it (RFC 9110). With it a client can tell an expired token from a missing scope.',
  toldApart: 'Only where the answer’s headers were seen.',
  silentWhen: 'The header is there, or the API did not answer 401.',
  references: [rfc(9110, '11.6.1'), rfc(6750, '3')],
  covers: ['api-401-without-www-authenticate'],

  check(file) {
    const calls = refusedCalls(file).filter(
      ({ point, call }) => point.status === 401 && valueOf(call.exchange.responseHeaders) !== undefined,
    )
    if (calls.length === 0) return notApplicable
    const silent = calls.find(({ call }) => call.challenges.state === 'absent')
    if (!silent) return pass()
    return fail({
      cause: `${callText(silent.call.exchange)} was answered 401 without a \`WWW-Authenticate\` header, so neither the client nor you can see the reason.`,
      evidence: [
        exchangeEvidence(silent.call.exchange, 'response.headers', {
          label: 'WWW-Authenticate',
          parameter: 'WWW-Authenticate',
          actual: 'not in the answer',
          expected: 'Bearer error="…", error_description="…"',
        }),
        statusEvidence(silent.call.exchange),
      ],
      confidence: 'certain',
      fix: {
        summary: 'Answer 401 with `WWW-Authenticate: Bearer error="invalid_token"` and a description.',
        steps: ['Expose it to pages of other origins: `Access-Control-Expose-Headers: WWW-Authenticate`.'],
      },
    })
  },
})
