import { hasParam, param, paramValue } from '../../../model/parameters'
import { header } from '../../../model/headers'
import { isUsable } from '../../facts/failure-points'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'

export const refreshTokenInSpaNoRotation = defineRule({
  id: 'refresh-token-in-spa-no-rotation',
  title: 'A page’s refresh token never changes',
  category: 'risk',
  severity: 'warning',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: [],
  what: 'A page without a secret refreshed its tokens, and the answer has the same refresh token again, or none.',
  why: 'A stolen refresh token then works until it expires, and nobody notices; with rotation its second use is a sign of theft.',
  toldApart: 'A refresh token bound to a key (DPoP), or of a client with a secret, need not rotate.',
  silentWhen: 'The answer was not seen, or the client authenticates.',
  references: [rfc(9700, '4.14.2')],
  covers: ['refresh-token-in-spa-no-rotation'],

  check({ tokenCalls }) {
    const call = tokenCalls.find(
      (candidate) => paramValue(candidate.parameters, 'grant_type') === 'refresh_token' && isUsable(candidate),
    )
    if (!call || call.clientAuthentication !== 'none') return notApplicable
    if (header(call.exchange.requestHeaders, 'dpop').state === 'present') return pass()
    const sent = paramValue(call.parameters, 'refresh_token')
    const given = param(call.response.parameters, 'refresh_token')
    if (given.state === 'unobserved') return indeterminate(given.because)
    if (sent === undefined || !hasParam(call.response.parameters, 'access_token')) return notApplicable
    if (given.state === 'present' && given.value !== sent) return pass()
    return fail({
      confidence: 'certain',
      cause:
        given.state === 'present'
          ? 'The server answered the refresh with the same refresh token that was sent.'
          : 'The server answered the refresh without a new refresh token, so the old one stays valid.',
      evidence: [
        parameterEvidence(call.response.parameters, 'refresh_token', {
          actual: given.state === 'present' ? 'the same as before' : 'missing',
          expected: 'a new one',
        }),
      ],
      fix: {
        summary: 'Switch refresh token rotation on for this client, or bind its tokens with DPoP.',
        steps: ['Let only one tab refresh at a time (Web Locks), as a rotated token works once.'],
      },
    })
  },
})
