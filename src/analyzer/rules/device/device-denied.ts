import { pollsOf, refusedPoll } from '../shared/device'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const deviceDenied = defineRule({
  id: 'device-denied',
  title: 'The user declined to connect the device',
  category: 'failure',
  severity: 'info',
  owner: 'user',
  depth: 'statement',
  explains: ['token_error:access_denied', 'token_error:authorization_declined'],
  what: 'The server answered a poll of a device login with `access_denied`.',
  why: 'The user pressed Cancel on the page where the code is entered, or a policy declined for them.',
  toldApart: 'The code says it; whether it was the user or a policy is in the server’s log.',
  silentWhen: 'The answer is another one.',
  references: [rfc(8628, '3.5')],
  covers: [],

  check: (file) => {
    if (pollsOf(file).length === 0) return notApplicable
    const refused = refusedPoll(file, 'access_denied', 'authorization_declined')
    if (!refused) return pass()
    return fail({
      confidence: 'certain',
      cause: `The server answered ${saidBy(refused.point)}: the user did not agree to connect the device, or a policy does not allow it.`,
      evidence: [parameterEvidence(refused.call.response.parameters, 'error'), statusEvidence(refused.call.exchange)],
      fix: {
        summary: 'Stop polling, and offer to start again.',
        steps: ['If the user did agree, look in the server’s log for the policy that declined.'],
      },
    })
  },
})
