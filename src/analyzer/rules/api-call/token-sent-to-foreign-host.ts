import { parse } from 'tldts'
import { audiences, readJwt, stringClaim } from '../../../model/jwt'
import { header } from '../../../model/headers'
import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { isLoopback, parseUrl } from '../../../model/url'
import { pageOriginOf } from '../../facts/cors'
import { callText, hostOf } from '../shared/endpoint'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const tokenSentToForeignHost = defineRule({
  id: 'token-sent-to-foreign-host',
  title: 'The access token was sent to a host it is not for',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'Calls with a token whose audiences are all addresses, to a host of another site than those, the issuer, and the page.',
  why: 'Interceptors without a list of hosts add the token to every request, also to those of analytics and maps; whoever receives it can use it.',
  toldApart:
    'Sites are compared (registrable domains), not hosts. A token whose audience is a mere name, or that is opaque, is not judged.',
  silentWhen: 'The host refused the token (that is a failure with rules of its own), or belongs to one of those sites.',
  references: [rfc(9700, '4.9'), rfc(6750, '5.3')],
  covers: ['token-sent-to-foreign-host'],

  check({ attempt, world }) {
    const issued = [...world.known.accessTokens].filter((token) =>
      attempt.tokenCalls.some(({ response }) => response.parameters.list.some(({ value }) => value === token)),
    )
    const judged = issued.flatMap((token) => {
      const jwt = readJwt(token)
      const named = jwt ? [...audiences(jwt), stringClaim(jwt, 'iss') ?? ''] : []
      const sites = named.map(siteOf)
      return jwt && audiences(jwt).length > 0 && sites.every((site) => site !== undefined)
        ? [{ token, named, sites }]
        : []
    })
    if (judged.length === 0) return notApplicable
    for (const { token, named, sites } of judged) {
      const leak = world.exchanges.find(
        (exchange) => carries(exchange, token) && isAccepted(exchange) && isForeign(exchange, sites),
      )
      if (!leak) continue
      return fail({
        cause: `${callText(leak)} carried the access token, which is for ${list([...new Set(named)].map(quote))}.`,
        evidence: [
          exchangeEvidence(leak, 'request.headers', {
            label: 'Authorization',
            parameter: 'Authorization',
            actual: `sent to ${hostOf(leak.url)}`,
          }),
        ],
        confidence: 'likely',
        fix: {
          summary: `Leave the token out of calls to ${quote(hostOf(leak.url))}: give the interceptor a list of the hosts that get it.`,
          steps: ['If that host is an API of yours, ask for a token of its own.'],
        },
      })
    }
    return pass()
  },
})

const siteOf = (url: string): string | undefined => {
  const hostname = parseUrl(url)?.hostname
  return hostname === undefined || hostname === '' ? undefined : (parse(hostname).domain ?? hostname)
}

const carries = (exchange: HttpExchange, token: string): boolean =>
  valueOf(header(exchange.requestHeaders, 'authorization'))?.endsWith(token) === true

const isAccepted = ({ status }: HttpExchange): boolean => status.state === 'present' && status.value < 400

const isForeign = (exchange: HttpExchange, sites: readonly (string | undefined)[]): boolean => {
  const host = parseUrl(exchange.url)?.hostname ?? ''
  const page = pageOriginOf(exchange)
  const site = siteOf(exchange.url)
  return !isLoopback(host) && page !== undefined && site !== siteOf(page) && !sites.includes(site)
}
