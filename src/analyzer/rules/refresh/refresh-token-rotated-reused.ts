import { paramValue } from '../../../model/parameters'
import { isUsable } from '../../facts/failure-points'
import { endOf } from '../../facts/refresh'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { inSameTab } from '../shared/tabs'
import { duration } from '../shared/text'
import { isAboutTheGrant, saidBy } from '../shared/token-calls'
import { defineRule, fail, pass } from '../rule'

export const refreshTokenRotatedReused = defineRule({
  id: 'refresh-token-rotated-reused',
  title: 'An old refresh token was used again after it had been replaced',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'A refresh token is presented that an earlier answer had already replaced with a new one.',
  why: 'The server takes a replaced refresh token for a stolen one, refuses it, and often revokes the new one too.',
  toldApart:
    'The answer that replaced the token was complete before this request began; overlapping requests are `refresh-race-rotation`.',
  silentWhen: 'The earlier answer brought no new refresh token, or the server accepted the old one once more.',
  references: [rfc(9700, '4.14.2'), rfc(6749, '10.4')],
  covers: ['refresh-token-rotated-reused'],

  check: (file) =>
    judgeRefresh(file, isAboutTheGrant, ({ call, point, others, token }) => {
      const before = others.filter((other) => endOf(other) <= call.at && isUsable(other))
      const rotated = before.find(({ response }) => {
        const next = paramValue(response.parameters, 'refresh_token')
        return response.form.state !== 'present' || (next !== undefined && next !== token)
      })
      if (!rotated) return pass('the refresh token had not been replaced in this recording')
      const seen = rotated.response.form.state === 'present'
      return fail({
        confidence: seen ? 'certain' : 'likely',
        cause: `This refresh token was renewed ${duration(call.at - endOf(rotated))} earlier${inSameTab(call.exchange, rotated.exchange)}${seen ? ', and the answer brought a new one' : '; the answer probably brought a new one'}. The client presented the old one again, and the server answered ${saidBy(point)}.`,
        evidence: [
          parameterEvidence(call.parameters, 'refresh_token', {
            actual: 'the old refresh token',
            expected: 'the one that replaced it',
          }),
          parameterEvidence(rotated.response.parameters, 'refresh_token', {
            label: 'new refresh_token',
            actual: seen ? 'a new one' : 'not visible',
          }),
          statusEvidence(call.exchange),
        ],
        ...(!seen && { notObservable: ['The answer that replaced the refresh token was not visible.'] }),
        fix: {
          summary: 'Store the new refresh token with each renewal, everywhere the old one is kept.',
          steps: [
            'Write the new token to storage before anything else is done with the answer.',
            'Other tabs, workers and a back end that keep a copy must read the stored one before each refresh.',
          ],
        },
      })
    }),
})
