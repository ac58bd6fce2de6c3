import { isUsable } from '../../facts/failure-points'
import { endOf } from '../../facts/refresh'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { inSameTab } from '../shared/tabs'
import { duration } from '../shared/text'
import { isAboutTheGrant, saidBy } from '../shared/token-calls'
import { defineRule, fail, pass } from '../rule'

export const refreshRaceRotation = defineRule({
  id: 'refresh-race-rotation',
  title: 'Two refreshes with the same token ran at the same time',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'Two token requests with the same refresh token overlap in time; one got new tokens, the other was refused.',
  why: 'The server replaces a refresh token when it is used. The first request wins; the other presents a token that is not valid any more.',
  toldApart:
    'Both requests were running at once. A token that had been replaced before the request began is `refresh-token-rotated-reused`.',
  silentWhen: 'Both were answered with tokens, as at servers that allow a short overlap.',
  references: [rfc(9700, '4.14.2'), rfc(6749, '10.4')],
  covers: ['refresh-race-rotation', 'refresh-race-loser-clears-session'],

  check: (file) =>
    judgeRefresh(file, isAboutTheGrant, ({ call, point, others }) => {
      const winner = others.find((other) => other.at < endOf(call) && call.at < endOf(other) && isUsable(other))
      if (!winner) return pass('no other refresh with this token ran at the same time')
      const loginAfter = file.attempts.find(
        ({ requests, startedAt }) => requests.length > 0 && startedAt >= endOf(call) && startedAt - endOf(call) < 5_000,
      )
      return fail({
        confidence: 'certain',
        cause: `Two requests with the same refresh token began ${duration(call.at - winner.at)} apart${inSameTab(call.exchange, winner.exchange)} and overlapped. One got new tokens, which replaced the old refresh token; the other was answered ${saidBy(point)}.${loginAfter ? ' The client took that for the end of the session and started a new login, although it had been given new tokens.' : ''}`,
        evidence: [
          parameterEvidence(call.parameters, 'refresh_token', { actual: 'the same refresh token, refused' }),
          parameterEvidence(winner.parameters, 'refresh_token', { actual: 'the same refresh token, renewed' }),
          statusEvidence(call.exchange),
          statusEvidence(winner.exchange, 'answer to the other refresh'),
        ],
        fix: {
          summary: 'Let one refresh run at a time, for all tabs and all requests of the client.',
          steps: [
            'Keep one promise for the running refresh, and let every request that needs a token await it.',
            'Between tabs take a lock (navigator.locks.request), and read the stored tokens again after getting it.',
            'When a refresh is refused, look first whether another tab has stored newer tokens meanwhile; do not clear the session at once.',
          ],
        },
      })
    }),
})
