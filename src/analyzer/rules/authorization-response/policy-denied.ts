import { defineRule, fail, notApplicable, pass } from '../rule'
import { deniedCodes, speaksOfPolicy, speaksOfUser } from '../../facts/denial'
import { parameterEvidence } from '../shared/evidence'
import { refusalOf } from '../shared/refusal'
import { rfc } from '../shared/references'
import { cite, duration, hostOf, quote } from '../shared/text'

export const policyDenied = defineRule({
  id: 'policy-denied',
  title: 'The server does not let this user in',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: [...deniedCodes].map((code) => `authorization_error:${code}` as const),
  what: 'The server answered `access_denied` on its own: without showing a page, right after the sign-in, or naming a policy.',
  why: 'The user is not assigned to the application, a policy or rule refuses the login, or an administrator has to consent.',
  toldApart: 'When a page was shown and no password followed, the user may have cancelled (user-denied).',
  silentWhen: 'The description says that the user cancelled.',
  references: [rfc(6749, '4.1.2.1')],
  covers: ['policy-denied'],

  check(file) {
    const refusal = refusalOf(file)
    if (!refusal || !deniedCodes.has(refusal.error)) return notApplicable
    const { response, description, sawPage, afterSignIn, took } = refusal
    const named = speaksOfPolicy(description)
    if (!named && (speaksOfUser(description) || (sawPage && !afterSignIn))) {
      return pass('the server had shown a page on which the user can cancel')
    }
    const when = afterSignIn
      ? 'right after the user had signed in'
      : sawPage
        ? `after ${duration(took)}`
        : `after ${duration(took)}, without showing a page`
    const host = hostOf(file.request?.exchange.url ?? response.exchange.url)
    return fail({
      ...(!named &&
        sawPage && {
          candidates: [
            {
              rule: 'user-denied',
              title: 'The user cancelled the login',
              check: 'Ask the user whether they pressed Cancel; the form that was sent had a password in it.',
            },
          ],
        }),
      confidence: named ? 'certain' : 'likely',
      cause: `${host} answered ${quote(refusal.error)} ${when}${description === undefined ? '' : `: ${cite(description)}`}. The decision was the server’s, not the user’s.`,
      evidence: [
        parameterEvidence(response.parameters, 'error'),
        ...(description === undefined ? [] : [parameterEvidence(response.parameters, 'error_description')]),
      ],
      fix: {
        summary: `Let this user use ${quote(file.client_id ?? 'the client')} in the settings of the authorization server.`,
        steps: [
          'Assign the user, or a group of the user, to the application.',
          'Look at sign-in policies, conditional access, and rules or actions that run after the sign-in; the server’s log names the one that refused.',
          'Where the requested scopes need it, have an administrator consent for the organization.',
        ],
      },
    })
  },
})
