import { originOf, withoutQuery } from '../../../model/url'
import { popupOf } from '../../facts/popup-window'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'

export const popupCallbackWrongOrigin = defineRule({
  id: 'popup-callback-wrong-origin',
  title: 'The popup ends on another origin than its opener',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['not_redeemed', 'client_error'],
  what: 'The origin of the page that opened the popup against that of the `redirect_uri`.',
  why: 'The opener may read the popup’s URL, and take its messages, only on its own origin.',
  toldApart: 'A popup that was cut off by a header has the right origin.',
  silentWhen: 'The answer was used, or the opening page was not recorded.',
  references: [rfc(9700, '4.17')],
  covers: ['popup-callback-wrong-origin'],

  check(file) {
    const popup = popupOf(file.attempt, file.world)
    const { response } = file
    if (!popup || !response) return notApplicable
    const opener = originOf(popup.opener?.url ?? file.request?.exchange.initiator ?? '')
    const callback = originOf(response.deliveredTo)
    const failed = file.failurePoints.some(({ kind }) => kind === 'not_redeemed' || kind === 'client_error')
    if (!failed || opener === undefined || callback === undefined || opener === callback) {
      return pass('popup and opener are of one origin')
    }
    return fail({
      confidence: 'likely',
      cause: `${quote(opener)} opened the popup, and the answer arrived in it at ${quote(response.deliveredTo)}. They differ in ${urlDifference(opener, callback) ?? 'their origin'}, so the opener may not read it.`,
      evidence: [
        exchangeEvidence(response.exchange, 'request.url', {
          label: 'answered at',
          actual: withoutQuery(response.deliveredTo),
          expected: `a URL on ${opener}`,
        }),
        ...(file.request ? [parameterEvidence(file.request.parameters, 'redirect_uri')] : []),
      ],
      fix: {
        summary: `Use a ${quote('redirect_uri')} on ${quote(opener)}, and register it.`,
        steps: ['Or open the application on the origin of the callback.'],
      },
    })
  },
})
