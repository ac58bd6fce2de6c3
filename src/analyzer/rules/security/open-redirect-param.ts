import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { originOf, parseUrl, queryOf, readForm, withoutQuery } from '../../../model/url'
import { queryParameters } from '../../recognition/readers'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const openRedirectParam = defineRule({
  id: 'open-redirect-param',
  title: 'The login sends the browser to any site it is told',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The client’s login URL names another site in a parameter, and after the callback the client redirected there.',
  why: 'A link to the real login can then end on a page that imitates it.',
  toldApart: 'A foreign URL in a parameter that was not followed does no harm.',
  silentWhen:
    'The client went on to a page of its own, of the authorization server, or of the site that began the login, or handed a code on.',
  references: [rfc(9700, '4.11.1')],
  covers: ['open-redirect-param'],

  check({ attempt, request, response }) {
    const start = attempt.starts[0]?.exchange
    if (!start || !response) return notApplicable
    const referer = valueOf(header(start.requestHeaders, 'referer'))
    const from = start.initiator ?? referer ?? start.url
    const own = new Set([start.url, from, response.deliveredTo, request?.exchange.url ?? start.url].map(originOf))
    // A broker hands a code of its own on to the client that it serves, and knows it as such.
    const followed = [response.exchange, ...attempt.after.map(({ exchange }) => exchange)].flatMap(({ redirectUrl }) =>
      redirectUrl === undefined || readForm(queryOf(redirectUrl)).some(({ name }) => name === 'code')
        ? []
        : redirectUrl,
    )
    const found = foreignTargets(start, own).find(({ origin }) => followed.some((url) => originOf(url) === origin))
    if (!found) return pass()
    return fail({
      confidence: 'certain',
      cause: `The login began at ${quote(withoutQuery(start.url))} with ${quote(`${found.name}=${found.value}`)}, and after the login the client sent the browser to ${quote(found.origin)}.`,
      evidence: [
        exchangeEvidence(start, 'request.query', {
          label: found.name,
          parameter: found.name,
          actual: found.value,
          expected: 'a path of the application',
        }),
      ],
      fix: {
        summary: `Accept only paths of the application itself in ${quote(found.name)}, or a list of known sites.`,
        steps: ['Resolve the value against the application’s own origin and compare the origin of the result.'],
      },
    })
  },
})

const foreignTargets = (start: HttpExchange, own: ReadonlySet<string | undefined>) =>
  queryParameters(start).list.flatMap(({ name, value }) => {
    const absolute = /^\/\//.test(value) ? `https:${value}` : value
    const url = /^https?:\/\//i.test(absolute) ? parseUrl(absolute) : undefined
    return url && !own.has(url.origin) ? [{ name, value, origin: url.origin }] : []
  })
