import { valueOf } from '../../../model/observed'
import { refreshCallsOf } from '../../facts/refresh'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration } from '../shared/text'
import { grantOf } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

const WINDOW = 60_000
const MOST = 10

export const refreshStorm = defineRule({
  id: 'refresh-storm',
  title: 'The client renews its tokens far too often',
  category: 'conformance',
  severity: 'warning',
  owner: 'client',
  depth: 'symptom',
  explains: [],
  what: 'More than ten refreshes of one client within a minute.',
  why: 'A timer that reads `expires_in` as milliseconds, or a wrong clock, renews again and again, until the server limits the rate or revokes the tokens.',
  toldApart: 'Only calls that renew tokens are counted, over all tabs.',
  silentWhen: 'Tokens live a minute or less, as in demonstrations.',
  references: [rfc(6749, '5.1'), rfc(6749, '6')],
  covers: ['refresh-storm'],

  check: (file) => {
    const own = file.tokenCalls.findLast((call) => grantOf(call) === 'refresh_token')
    if (!own) return notApplicable
    const all = refreshCallsOf(file.world).filter(({ client_id }) => valueOf(client_id) === valueOf(own.client_id))
    const storm = all.filter(({ at }) => at <= own.at && own.at - at <= WINDOW)
    const goesOn = all.some(({ at }) => at > own.at && at - own.at <= WINDOW)
    const lives = Number(valueOf(own.response.json)?.['expires_in'])
    if (storm.length <= MOST || goesOn || lives <= 60) return pass()
    return fail({
      confidence: 'certain',
      cause: `The client renewed its tokens ${storm.length} times within ${duration(own.at - storm[0]!.at)}${Number.isFinite(lives) ? `, although they live ${duration(lives * 1000)}` : ''}.`,
      evidence: [
        exchangeEvidence(own.exchange, 'timing', {
          label: 'refreshes in the last minute',
          actual: String(storm.length),
          expected: 'one per lifetime',
        }),
      ],
      fix: {
        summary: 'Renew a token once, shortly before it expires.',
        steps: [
          '`expires_in` counts seconds; timers count milliseconds.',
          'Compute the time from the moment the answer arrived, not from a clock that may differ from the server’s.',
          'After a failed refresh wait, with growing pauses, or send the user to a login.',
        ],
      },
    })
  },
})
