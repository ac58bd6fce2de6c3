import { popupOf } from '../../facts/popup-window'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { duration, quote } from '../shared/text'

export const popupClosed = defineRule({
  id: 'popup-closed-by-user',
  title: 'The login popup was closed before it was answered',
  category: 'info',
  severity: 'info',
  owner: 'user',
  depth: 'symptom',
  explains: [],
  what: 'A popup with an authorization request was closed, and no answer had come.',
  why: 'Somebody changed their mind, or something on the page did not work. The login itself is not at fault.',
  toldApart:
    'A Cross-Origin-Opener-Policy that cuts the popup off looks the same to the library and leaves its header.',
  silentWhen: 'The answer had come, or a header separates the windows.',
  references: [oidcCore('3.1.2.1', 'AuthRequest')],
  covers: ['popup-closed-by-user'],

  check({ attempt, world, request }) {
    const popup = popupOf(attempt, world)
    if (!popup || !request) return notApplicable
    if (attempt.responses.length > 0 || popup.closedAt === undefined || popup.severedBy) {
      return pass('the popup was not simply closed')
    }
    const after = duration(popup.closedAt - request.at)
    return fail({
      confidence: 'likely',
      cause: `The popup was closed ${after} after the authorization request, before any answer.`,
      evidence: [exchangeEvidence(request.exchange, 'timing', { label: 'closed after', actual: after })],
      fix: {
        summary: 'Offer the login again; nothing has to be repaired.',
        steps: [
          `When users say that they did not close it, look for a script that does, and for ${quote('window.close')} on the server’s pages.`,
        ],
      },
    })
  },
})
