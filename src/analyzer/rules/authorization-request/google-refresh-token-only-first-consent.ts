import { param, paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { isUsable } from '../../facts/failure-points'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { link } from '../shared/references'

export const googleRefreshTokenOnlyFirstConsent = defineRule({
  id: 'google-refresh-token-only-first-consent',
  title: 'The refresh token came with the first consent only',
  category: 'info',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The request asks for offline access in Google’s way (`access_type=offline`) and not for consent, and the answer has no refresh token.',
  why: 'The server issues the refresh token when the user agrees, and later logins skip that page.',
  toldApart: 'Without `access_type=offline` no refresh token was asked for at all.',
  silentWhen: 'A refresh token came, or the answer was not seen.',
  references: [
    link('Google: offline access', 'https://developers.google.com/identity/protocols/oauth2/web-server#offline'),
  ],
  covers: ['google-refresh-token-only-first-consent'],

  check({ request, tokenCalls, attempts, attempt, client_id }: CaseFile) {
    if (!request || paramValue(request.parameters, 'access_type') !== 'offline') return notApplicable
    const call = tokenCalls.find(isUsable)
    if (!call) return notApplicable
    const given = param(call.response.parameters, 'refresh_token')
    if (given.state === 'unobserved') return indeterminate(given.because)
    if (given.state === 'present') return pass()
    const asksConsent =
      /\bconsent\b/.test(paramValue(request.parameters, 'prompt') ?? '') ||
      paramValue(request.parameters, 'approval_prompt') === 'force'
    if (asksConsent) return pass()
    const earlier = attempts
      .filter((other) => other !== attempt && other.startedAt < attempt.startedAt)
      .flatMap((other) => other.tokenCalls)
      .find(
        (other) =>
          paramValue(other.parameters, 'client_id') === client_id &&
          param(other.response.parameters, 'refresh_token').state === 'present',
      )
    return fail({
      confidence: earlier ? 'certain' : 'likely',
      cause:
        'The request says `access_type=offline` and not `prompt=consent`, so the server did not ask the user again and gave no refresh token.' +
        (earlier ? ' An earlier login of this client did get one.' : ' The user had agreed at an earlier login.'),
      evidence: [
        parameterEvidence(call.response.parameters, 'refresh_token', { actual: 'missing' }),
        parameterEvidence(request.parameters, 'prompt', {
          actual: paramValue(request.parameters, 'prompt') ?? 'missing',
          expected: 'consent',
        }),
        ...(earlier
          ? [
              parameterEvidence(earlier.response.parameters, 'refresh_token', {
                label: 'refresh token of an earlier login',
                actual: 'present',
              }),
            ]
          : []),
      ],
      fix: {
        summary: 'Keep the first refresh token, and send `prompt=consent` when it is lost.',
        steps: ['Store the refresh token with the user’s account and do not overwrite it with nothing.'],
      },
    })
  },
})
