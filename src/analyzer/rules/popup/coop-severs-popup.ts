import type { HttpExchange } from '../../../model/exchange'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { SILENCE, isUsable } from '../../facts/failure-points'
import { type PopupLogin, popupOf } from '../../facts/popup-window'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { hostOf, quote } from '../shared/text'

export const coopSeversPopup = defineRule({
  id: 'coop-severs-popup',
  title: 'The popup was cut off from the page that opened it',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['not_answered', 'not_redeemed', 'client_error'],
  what: 'Cross-Origin-Opener-Policy of the opening page and of every document in the popup.',
  why: 'With such a header the browser separates the two windows: the opener sees the popup as closed, and `window.opener` is empty in it. Libraries report that the user closed it.',
  toldApart:
    'A user who closes the popup leaves no such header behind. `same-origin-allow-popups` on the opener is harmless.',
  silentWhen:
    'The popup’s answer was used, or no document of either window has the header. A popup that redeemed its code itself, and stays open while its opener asks for nothing more, has not failed for sure: that is a remark.',
  references: [
    link(
      'Cross-Origin-Opener-Policy (MDN)',
      'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Cross-Origin-Opener-Policy',
    ),
  ],
  covers: ['coop-severs-popup'],

  check(file) {
    const popup = popupOf(file.attempt, file.world)
    if (!popup) return notApplicable
    const failed =
      file.failurePoints.find(({ kind }) => ['not_answered', 'not_redeemed', 'client_error'].includes(kind))
        ?.exchange ?? keptByPopup(file, popup)
    if (!popup.severedBy || !failed) return pass('no header separates the two windows')
    const { exchange, value } = popup.severedBy
    const byOpener = exchange.id === popup.opener?.id
    return fail({
      confidence: 'certain',
      owner: byOpener ? 'client' : 'authorization_server',
      cause:
        `${quote(withoutQuery(exchange.url))}, ${byOpener ? 'the page that opened the popup' : 'a page inside the popup'}, says ${quote(`Cross-Origin-Opener-Policy: ${value}`)}. ` +
        'That separates popup and opener: neither can see the other any more, and the answer cannot get back.',
      evidence: [
        exchangeEvidence(exchange, 'response.headers', {
          label: 'Cross-Origin-Opener-Policy',
          actual: value,
          expected: byOpener ? 'same-origin-allow-popups' : '(none)',
          parameter: 'cross-origin-opener-policy',
        }),
        statusEvidence(failed),
      ],
      fix: byOpener
        ? {
            summary: `Send ${quote('Cross-Origin-Opener-Policy: same-origin-allow-popups')} on the pages that open the popup.`,
            steps: ['Where the page needs full isolation, log in by a redirect of the whole tab.'],
          }
        : {
            summary: 'Log in by a redirect of the whole tab instead of a popup.',
            steps: [
              `Or ask the operator of ${hostOf(exchange.url)} to send its pages without the header.`,
              'Or let the callback page talk to the application by BroadcastChannel, which needs no opener.',
            ],
          },
    })
  },
})

/** The popup got its tokens and stays open, and the page that opened it has not asked for anything since. */
const keptByPopup = ({ tokenCalls, world }: CaseFile, popup: PopupLogin): HttpExchange | undefined => {
  const call = tokenCalls.findLast((candidate) => isUsable(candidate) && candidate.exchange.tabId === popup.tabId)
  if (!call || popup.closedAt !== undefined || world.now - call.at <= SILENCE) return undefined
  const isHeard = world.exchanges.some(
    ({ tabId, startedAt }) => tabId === popup.openerTabId && startedAt >= (call.exchange.endedAt ?? call.at),
  )
  return isHeard ? undefined : call.exchange
}
