import { paramValue } from '../../../model/parameters'
import { chainOf } from '../../facts/failure-points'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const errorHiddenByApp = defineRule({
  id: 'error-hidden-by-app',
  title: 'The application answers an error with a new login',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['loop', 'authorization_error'],
  what: 'Several logins in a row, each answered with an error, and the next one started at once.',
  why: 'The user sees a loop in place of the error, and the error itself is never shown to anybody.',
  toldApart: 'The error has a cause of its own; where that is known it comes first, and this is its companion.',
  silentWhen: 'The answers were good, or the application waited for the user.',
  references: [rfc(6749, '4.1.2.1')],
  covers: ['error-hidden-by-app'],

  check(file) {
    if (!file.failurePoints.some(({ kind }) => kind === 'loop')) {
      return file.failurePoints.some(({ kind }) => kind === 'authorization_error')
        ? pass('the application did not start over by itself')
        : notApplicable
    }
    const chain = chainOf(file.attempt, file.attempts)
    const response = chain.at(-2)?.responses[0]
    const error = response && paramValue(response.parameters, 'error')
    if (!response || error === undefined) return notApplicable
    const gap = duration(file.attempt.startedAt - response.at)
    return fail({
      confidence: 'certain',
      cause: `The server answered ${quote(`error=${error}`)}, and ${gap} later the application started the login again: ${chain.length} times in a row.`,
      evidence: [
        parameterEvidence(response.parameters, 'error'),
        exchangeEvidence(file.attempt.requests[0]!.exchange, 'timing', { label: 'started again after', actual: gap }),
      ],
      fix: {
        summary: `Show the error that arrives at ${quote(response.deliveredTo)}, and let the user decide about a new login.`,
        steps: [
          'Take the callback out of the guard that starts logins.',
          `Then look for the reason of ${quote(error)}.`,
        ],
      },
    })
  },
})
