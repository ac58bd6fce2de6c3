import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { saidBy } from '../shared/token-calls'
import { defineRule, fail } from '../rule'

export const refreshTokenRefused = defineRule({
  id: 'refresh-token-refused',
  title: 'The refresh token was refused',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['token_error:invalid_grant', 'token_unusable:invalid_grant'],
  what: 'The token endpoint answered `invalid_grant` to a refresh, and nothing in the recording says which of its reasons it was.',
  why: 'One code stands for an expired, revoked, replaced or foreign refresh token and for a session that has ended.',
  toldApart: 'Every other rule of refreshes is deeper; this one speaks when they passed or could not see.',
  silentWhen: 'The grant is not a refresh, or the answer is another error.',
  references: [rfc(6749, '5.2'), rfc(6749, '6')],
  covers: [],

  check: (file) =>
    judgeRefresh(
      file,
      ({ point }) => point.error === 'invalid_grant',
      ({ call, point }) =>
        fail({
          confidence: 'likely',
          cause: `The server answered ${saidBy(point)} to the refresh. The code stands for several reasons, and the answer does not say which it was.`,
          evidence: [
            parameterEvidence(call.response.parameters, 'error', { actual: 'invalid_grant' }),
            statusEvidence(call.exchange),
          ],
          fix: {
            summary:
              'Send the user to an interactive login when a refresh is refused, and look up the reason in the server’s log.',
            steps: [
              'The session may have ended: idle or absolute lifetime, sign-out elsewhere, changed password.',
              'The token may have been replaced by a refresh that is not in this recording: another browser, a back end.',
            ],
          },
        }),
    ),
})
