import { isUsable } from '../../facts/failure-points'
import { endOf } from '../../facts/refresh'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { duration, quote } from '../shared/text'
import { isAboutTheGrant, saidBy } from '../shared/token-calls'
import { defineRule, fail, pass } from '../rule'

export const refreshResponseLost = defineRule({
  id: 'refresh-response-lost',
  title: 'The answer with the new refresh token never reached the client',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'A refresh was cut off before its answer arrived; the next refresh with the same token was refused.',
  why: 'The server had replaced the refresh token by then; the client never got the new one and presents the old one.',
  toldApart: 'No other refresh with this token was answered, and one of them had no answer at all.',
  silentWhen: 'Every earlier refresh with this token was answered.',
  references: [rfc(9700, '4.14.2')],
  covers: ['refresh-response-lost'],

  check: (file) =>
    judgeRefresh(file, isAboutTheGrant, ({ call, point, others }) => {
      const before = others.filter((other) => other.at < call.at)
      const lost = before.find(({ exchange }) => exchange.error !== undefined || exchange.status.state !== 'present')
      if (!lost || before.some(isUsable)) return pass('no earlier refresh with this token was cut off')
      return fail({
        confidence: 'likely',
        cause: `A refresh with the same token was cut off ${duration(call.at - endOf(lost))} earlier (${quote(lost.exchange.error ?? 'no answer')}). The server had probably replaced the refresh token already; the client still has the old one, and the server answered ${saidBy(point)}.`,
        evidence: [
          parameterEvidence(call.parameters, 'refresh_token', { actual: 'the same refresh token' }),
          statusEvidence(lost.exchange, 'the refresh before'),
          statusEvidence(call.exchange),
        ],
        notObservable: ['Whether the server had issued a new refresh token is known to its log.'],
        fix: {
          summary:
            'Do not cut a running refresh off, and give the server an overlap in which the old token still works.',
          steps: [
            'Let a navigation or sign-out wait for a running refresh, or run it where navigation does not end it.',
            'Switch on a reuse interval (leeway, grace period) for rotation at the server, for answers that get lost.',
            'When it happens nevertheless, send the user to an interactive login.',
          ],
        },
      })
    }),
})
