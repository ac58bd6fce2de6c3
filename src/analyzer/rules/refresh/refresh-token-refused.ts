import type { Candidate } from '../../../model/analysis'
import { valueOf } from '../../../model/observed'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { isUsable } from '../../facts/failure-points'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { type Refusal, saidBy } from '../shared/token-calls'
import { defineRule, fail } from '../rule'

/** Refused without a code, at an endpoint where the same client has got tokens: nothing but the grant is new. */
const isBare = (file: CaseFile, { call, point }: Refusal): boolean =>
  point.error === undefined &&
  point.status === 400 &&
  call.response.form.state !== 'unobserved' &&
  file.world.messages.some(
    (message) =>
      message.kind === 'token_request' &&
      message.at < call.at &&
      withoutQuery(message.exchange.url) === withoutQuery(call.exchange.url) &&
      valueOf(message.client_id) === valueOf(call.client_id) &&
      isUsable(message),
  )

const candidates: readonly Candidate[] = [
  {
    rule: 'refresh-token-revoked',
    title: 'The refresh token was revoked',
    check: 'Look in the server’s log, or in its list of sessions, for a revocation, a sign-out or a changed password.',
  },
  {
    rule: 'refresh-token-expired',
    title: 'The refresh token has expired',
    check:
      'Compare the time since it was issued with the lifetime, absolute and idle, in the client’s settings at the server.',
  },
  {
    rule: 'refresh-token-rotated-reused',
    title: 'The refresh token was replaced by another refresh',
    check: 'Look for another browser, tab or back end that refreshes with the same token.',
  },
]

export const refreshTokenRefused = defineRule({
  id: 'refresh-token-refused',
  title: 'The refresh token was refused',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['token_error', 'token_unusable:invalid_grant'],
  what: 'The token endpoint answered `invalid_grant` to a refresh, or 400 without any code where it has served this client before, and nothing in the recording says which of its reasons it was.',
  why: 'One code stands for an expired, revoked, replaced or foreign refresh token and for a session that has ended.',
  toldApart: 'Every other rule of refreshes is deeper; this one speaks when they passed or could not see.',
  silentWhen: 'The grant is not a refresh, or the answer is another error.',
  references: [rfc(6749, '5.2'), rfc(6749, '6')],
  covers: [],

  check: (file) =>
    judgeRefresh(
      file,
      (refusal) => refusal.point.error === 'invalid_grant' || isBare(file, refusal),
      ({ call, point }) =>
        fail({
          confidence: 'likely',
          cause: point.error
            ? `The server answered ${saidBy(point)} to the refresh. The code stands for several reasons, and the answer does not say which it was.`
            : `The server answered ${saidBy(point)} to the refresh and gave no reason. It had given tokens to this client at the same endpoint before, so it refuses this refresh token: revoked, expired, or replaced.`,
          evidence: [
            point.error
              ? parameterEvidence(call.response.parameters, 'error', { actual: point.error })
              : parameterEvidence(call.parameters, 'refresh_token'),
            statusEvidence(call.exchange),
          ],
          ...(!point.error && { candidates }),
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
