import { paramValue } from '../../../model/parameters'
import { withoutQuery } from '../../../model/url'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration, quote } from '../shared/text'

/** Milliseconds that a page may need to read its URL and clean it. */
const LONG = 5000

export const codeInHistory = defineRule({
  id: 'code-in-history',
  title: 'The code stays in the address bar',
  category: 'info',
  severity: 'info',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The page of the callback kept its URL with `code` for more than five seconds.',
  why: 'A reload or a bookmark sends the used code again, which looks like a failing login; and the code is in the history.',
  toldApart: 'Cleaning the URL shows as a history navigation, or as the next page.',
  silentWhen: 'The recording has no navigation events (HAR files), or the callback redirected on.',
  references: [rfc(9700, '4.3.1')],
  covers: ['code-in-history'],

  check({ response, world }) {
    if (!response?.requested || response.exchange.parentFrameId >= 0) return notApplicable
    const code = paramValue(response.parameters, 'code')
    if (code === undefined || response.mode !== 'query' || response.exchange.redirectUrl !== undefined)
      return notApplicable
    const navigations = world.events.flatMap((event) =>
      event.type === 'navigation.committed' && event.tabId === response.exchange.tabId && event.frameId === 0
        ? [event]
        : [],
    )
    const arrived = navigations.find(
      ({ url, at }) => url === response.exchange.url && at >= response.exchange.startedAt,
    )
    if (!arrived) return indeterminate('The recording does not say how long a page was shown.')
    const left =
      navigations.find(({ at, url }) => at >= arrived.at && url !== arrived.url)?.at ??
      world.events.find((event) => event.type === 'tab.closed' && event.tabId === response.exchange.tabId)?.at
    const stayed = (left ?? world.now) - arrived.at
    if (stayed <= LONG) return pass()
    return fail({
      confidence: 'certain',
      cause: `The page at ${quote(withoutQuery(response.exchange.url))} kept \`code\` in its URL for ${left === undefined ? 'as long as it was seen' : duration(stayed)}.`,
      evidence: [
        exchangeEvidence(response.exchange, 'request.query', {
          label: 'code',
          parameter: 'code',
          actual: 'still in the URL',
        }),
      ],
      fix: {
        summary: 'Call `history.replaceState(null, "", location.pathname)` as soon as the answer was read.',
        steps: ['Or redirect to another page from the callback.'],
      },
    })
  },
})
