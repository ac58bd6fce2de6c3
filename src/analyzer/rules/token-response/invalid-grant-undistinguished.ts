import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { defineRule, fail, notApplicable } from '../rule'

export const invalidGrantUndistinguished = defineRule({
  id: 'invalid-grant-undistinguished',
  title: 'The authorization server refused the code',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['token_error:invalid_grant'],
  what: 'The token endpoint answered `invalid_grant` to a code exchange and nothing on the wire says which of its reasons it was.',
  why: 'One error code stands for reuse, age, a wrong verifier, a wrong redirect_uri and a wrong client.',
  toldApart:
    'Every other rule that explains `invalid_grant` is deeper; this one speaks when all of them passed or could not see.',
  silentWhen: 'The grant is not a code, or the answer is no `invalid_grant`.',
  references: [rfc(6749, '5.2')],
  covers: ['invalid-grant-undistinguished'],

  check({ failurePoints }) {
    const point = failurePoints.find(({ kind, error }) => kind === 'token_error' && error === 'invalid_grant')
    if (point?.message.kind !== 'token_request') return notApplicable
    if (!point.message.parameters.list.some(({ name }) => name === 'code')) return notApplicable
    const { response, exchange } = point.message
    return fail({
      confidence: 'likely',
      cause: `The token endpoint answered \`invalid_grant\`${point.error_description ? ` (“${point.error_description}”)` : ''}. The code stands for many reasons, and the answer does not say which it was; the authorization server’s log does.`,
      evidence: [parameterEvidence(response.parameters, 'error'), statusEvidence(exchange)],
      fix: {
        summary: 'Look up this exchange in the authorization server’s log.',
        steps: [
          'Find the token request of this time and client in the server’s log; it names the reason that the answer leaves out.',
          'Check that the code was not redeemed by another party first: a backend, a second tab, a link scanner.',
        ],
      },
    })
  },
})
