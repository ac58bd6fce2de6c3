import { valueOf } from '../../../model/observed'
import { pollsOf, refusedPoll } from '../shared/device'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration } from '../shared/text'
import { saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const deviceCodeExpired = defineRule({
  id: 'device-code-expired',
  title: 'The device code expired before the user confirmed it',
  category: 'failure',
  severity: 'warning',
  owner: 'user',
  depth: 'statement',
  explains: ['token_error:expired_token', 'token_error:invalid_grant', 'token_error:'],
  what: 'The server answered a poll with `expired_token`, or refused it after the time that the device code was given.',
  why: 'The user has some minutes to enter the code and to agree; after that the login has to start again.',
  toldApart: 'The time since the device code was issued is compared with its `expires_in`.',
  silentWhen: 'The answer is another one and the time was not over.',
  references: [rfc(8628, '3.5'), rfc(8628, '3.2')],
  covers: ['device-code-expired'],

  check: (file) => {
    const polls = pollsOf(file)
    if (polls.length === 0) return notApplicable
    const [asked] = file.attempt.deviceRequests
    const lives = Number(asked && valueOf(asked.response.json)?.['expires_in']) * 1000
    const refused = refusedPoll(file, 'expired_token', 'invalid_grant', '')
    if (!refused) return pass()
    const age = asked && refused.call.at - (asked.exchange.endedAt ?? asked.at)
    const isOver = age !== undefined && age >= lives
    if (refused.point.error !== 'expired_token' && !isOver) return pass('the device code was still valid')
    return fail({
      confidence: 'certain',
      cause: `${age === undefined ? 'The device code' : `${duration(age)} after it was issued the device code`} was not valid any more${Number.isFinite(lives) ? `: it lives ${duration(lives)}` : ''}. The server answered ${saidBy(refused.point)}.`,
      evidence: [
        exchangeEvidence(refused.call.exchange, 'timing', {
          label: 'age of the device code',
          actual: age === undefined ? 'issued before the recording' : duration(age),
          ...(Number.isFinite(lives) && { expected: `less than ${duration(lives)}` }),
        }),
        ...(refused.point.error === undefined ? [] : [parameterEvidence(refused.call.response.parameters, 'error')]),
        statusEvidence(refused.call.exchange),
      ],
      fix: {
        summary: 'Ask for a new device code, show it, and poll for that one.',
        steps: ['Show the user how much time is left, and stop polling when it is over.'],
      },
    })
  },
})
