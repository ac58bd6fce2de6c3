import { paramValue } from '../../../model/parameters'
import { isUsable } from '../../facts/failure-points'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration, quote } from '../shared/text'

const DAY = 86_400

export const longLivedAccessToken = defineRule({
  id: 'long-lived-access-token',
  title: 'The access token is valid for more than a day',
  category: 'info',
  severity: 'info',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: [],
  what: 'The token response says `expires_in` of more than 24 hours.',
  why: 'An access token cannot always be taken back; the longer it lives, the longer a stolen one works.',
  toldApart: 'The lifetime of a refresh token is another matter.',
  silentWhen: 'The answer was not seen or has no `expires_in`.',
  references: [rfc(9700, '4.10'), rfc(6750, '5.3')],
  covers: ['long-lived-access-token'],

  check({ tokenCalls }) {
    const call = tokenCalls.find(
      (candidate) => isUsable(candidate) && paramValue(candidate.response.parameters, 'expires_in') !== undefined,
    )
    if (!call) return notApplicable
    const seconds = Number(paramValue(call.response.parameters, 'expires_in'))
    if (!(seconds > DAY)) return pass()
    return fail({
      confidence: 'certain',
      cause: `The server issued an access token for ${duration(seconds * 1000)} (${quote(`expires_in=${seconds}`)}).`,
      evidence: [parameterEvidence(call.response.parameters, 'expires_in', { expected: '3600' })],
      fix: {
        summary: 'Shorten the lifetime of access tokens, and use refresh tokens.',
        steps: ['An hour or less is usual.'],
      },
    })
  },
})
