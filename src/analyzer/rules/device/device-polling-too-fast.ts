import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { pollsOf } from '../shared/device'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** RFC 8628 section 3.5: the pause where the server names none, and what each `slow_down` adds. */
const DEFAULT = 5_000
const MORE = 5_000
/** Timers are not exact. */
const TOLERANCE = 500

export const devicePollingTooFast = defineRule({
  id: 'device-polling-too-fast',
  title: 'The device asks for its tokens too often',
  category: 'failure',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'token_error:slow_down',
    'token_error:rate_limit_exceeded',
    'token_error:too_many_requests',
    'token_error:',
  ],
  what: 'The pauses between the polls of a device login against the `interval` of the server, five seconds more after each `slow_down`.',
  why: 'A server answers `slow_down`, and in the end refuses to answer, when polls come too fast.',
  toldApart: 'Every pause is counted from one poll to the next; `authorization_pending` is healthy.',
  silentWhen: 'The pauses are kept.',
  references: [rfc(8628, '3.5')],
  covers: ['device-polling-too-fast'],

  check: (file) => {
    const polls = pollsOf(file)
    if (polls.length < 2) return notApplicable
    const [asked] = file.attempt.deviceRequests
    const announced = Number(asked && valueOf(asked.response.json)?.['interval']) * 1000
    let interval = Number.isFinite(announced) && announced > 0 ? announced : DEFAULT
    for (const [index, poll] of polls.entries()) {
      const before = polls[index - 1]
      if (before) {
        if (paramValue(before.response.parameters, 'error') === 'slow_down') interval += MORE
        const pause = poll.at - before.at
        if (pause + TOLERANCE < interval && paramValue(poll.response.parameters, 'error') === 'slow_down') {
          return fail({
            confidence: 'certain',
            cause: `The device asked again after ${duration(pause)}; it has to wait ${duration(interval)}. The server answered \`slow_down\`.`,
            evidence: [
              exchangeEvidence(poll.exchange, 'timing', {
                label: 'pause before this poll',
                actual: duration(pause),
                expected: duration(interval),
              }),
              parameterEvidence(poll.response.parameters, 'error'),
              statusEvidence(poll.exchange),
            ],
            fix: {
              summary: `Wait at least ${duration(interval)} between polls, and five seconds more after each \`slow_down\`.`,
              steps: ['Start the pause when the answer has arrived, and run one loop of polls only.'],
            },
          })
        }
      }
    }
    return pass('the device kept the pauses between its polls')
  },
})
