import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { originOf, queryOf, readForm } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const refererLeakOfCode = defineRule({
  id: 'referer-leak-of-code',
  title: 'The callback page tells other sites its code',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'A request to another origin carries the URL of the callback, with its code or token, in the Referer header.',
  why: 'The other site learns the code, and may redeem it first.',
  toldApart: 'Browsers cut the Referer to the origin for other sites unless the page’s Referrer-Policy says otherwise.',
  silentWhen: 'No such request is in the recording, which keeps only what belongs to logins.',
  references: [rfc(9700, '4.2')],
  covers: ['referer-leak-of-code'],

  check({ response, world }) {
    const secret =
      response && (paramValue(response.parameters, 'code') ?? paramValue(response.parameters, 'access_token'))
    if (!response || secret === undefined) return notApplicable
    const own = originOf(response.deliveredTo)
    const leak = world.exchanges.find((exchange) => {
      const referer = valueOf(header(exchange.requestHeaders, 'referer'))
      return (
        referer !== undefined &&
        originOf(exchange.url) !== own &&
        originOf(referer) === own &&
        readForm(queryOf(referer)).some(({ value }) => value === secret)
      )
    })
    if (!leak) return pass()
    return fail({
      confidence: 'certain',
      cause: `The callback page sent its whole URL, with the code in it, to ${quote(originOf(leak.url) ?? leak.url)} as Referer.`,
      evidence: [
        exchangeEvidence(leak, 'request.headers', {
          label: 'Referer',
          parameter: 'referer',
          actual: `${response.deliveredTo}?code=…`,
          expected: own ?? '',
        }),
      ],
      fix: {
        summary: 'Send `Referrer-Policy: no-referrer` with the callback page.',
        steps: ['Load nothing of other sites there: redeem the code, then go on to a page without it in the URL.'],
      },
    })
  },
})
