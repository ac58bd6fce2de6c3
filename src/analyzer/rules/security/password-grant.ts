import { paramValue } from '../../../model/parameters'
import { withoutQuery } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const passwordGrant = defineRule({
  id: 'password-grant',
  title: 'The application handles the user’s password',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'A token request has `grant_type=password`.',
  why: 'The application sees the password; second factors, passkeys and other identity providers cannot work. The standards no longer allow it.',
  toldApart: 'Other grants do not carry a password.',
  silentWhen: 'The grant type was not seen.',
  references: [rfc(9700, '2.4')],
  covers: ['ropc-used'],

  check({ tokenCalls }) {
    if (tokenCalls.length === 0) return notApplicable
    const call = tokenCalls.find(({ parameters }) => paramValue(parameters, 'grant_type') === 'password')
    if (!call) return pass()
    return fail({
      confidence: 'certain',
      cause: `The application collects the user’s name and password and sends them to ${quote(withoutQuery(call.exchange.url))}.`,
      evidence: [parameterEvidence(call.parameters, 'grant_type', { expected: 'authorization_code' })],
      fix: {
        summary: 'Send the user to the authorization server’s login page: code flow with PKCE.',
        steps: ['For tests and machines use client credentials, or a device code where there is no browser.'],
      },
    })
  },
})
