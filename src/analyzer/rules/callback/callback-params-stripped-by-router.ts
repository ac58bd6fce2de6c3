import type { HttpExchange } from '../../../model/exchange'
import type { AuthorizationResponse } from '../../../model/message'
import { header } from '../../../model/headers'
import { hasParam, paramValue } from '../../../model/parameters'
import type { NavigationCommitted } from '../../../model/recording'
import { fragmentOf, parseUrl, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { duration, quote } from '../shared/text'

/** Milliseconds after the callback in which a change of the URL is the doing of a router. */
const ROUTED_WITHIN = 10_000

export const callbackParamsStripped = defineRule({
  id: 'callback-params-stripped-by-router',
  title: 'The answer was removed from the URL before it was read',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['not_redeemed', 'loop', 'client_error', 'callback_error', 'api_refused'],
  what: 'What happened to the URL of the callback: a redirect of the server, or a change by the page, that left the parameters out before a token request was made.',
  why: 'The client library looks into the URL for its code. A router, a redirect to a “nicer” URL or a hash route takes it away first.',
  toldApart: 'Removing the parameters after the exchange is good practice; here no exchange came before, nor after.',
  silentWhen: 'The code was redeemed, or nothing shows that the page should have done so.',
  references: [
    link(
      'MSAL: avoid the redirect page being routed',
      'https://learn.microsoft.com/entra/msal/javascript/browser/errors',
    ),
  ],
  covers: ['callback-params-stripped-by-router', 'hash-router-conflict'],

  check(file) {
    const { response } = file
    if (!response?.requested) return notApplicable
    const name = ['code', 'access_token'].find((each) => hasParam(response.parameters, each))
    if (name === undefined) return notApplicable
    const value = paramValue(response.parameters, name)!
    const isLost = name === 'code' ? isUnused : isNotPresented
    if (!file.failurePoints.some(isLost)) return pass('the answer was used')
    const target = name === 'code' ? strippingRedirect(response.exchange, value) : undefined
    if (target !== undefined) return fail(redirected(response, target))
    // What a redirect of the server led away from was never the URL of a page.
    const routed = response.exchange.redirectUrl === undefined ? routedAway(file, response, value) : undefined
    // A library takes a token out of the URL when it has read it; a router puts a route in its place.
    return routed && (name === 'code' || routeOf(routed, response) !== undefined)
      ? fail(replaced(file, response, routed, name))
      : pass('nothing took the parameters out of the URL')
  },
})

const isUnused = ({ kind }: FailurePoint): boolean =>
  ['not_redeemed', 'loop', 'client_error', 'callback_error'].includes(kind)

const isNotPresented = ({ message }: FailurePoint): boolean => message.kind === 'api_call' && message.tokenIn === 'none'

/** A redirect to the same page (but for a slash, case, scheme or `www`) that drops the code and keeps no session. */
const strippingRedirect = (exchange: HttpExchange, code: string): string | undefined => {
  const { redirectUrl } = exchange
  if (redirectUrl === undefined || redirectUrl.includes(encodeURIComponent(code)) || redirectUrl.includes(code))
    return undefined
  if (header(exchange.responseHeaders, 'set-cookie').state !== 'absent') return undefined
  return samePage(exchange.url, redirectUrl) ? redirectUrl : undefined
}

const samePage = (a: string, b: string): boolean => pageOf(a) === pageOf(b)

const pageOf = (url: string): string => {
  const parsed = parseUrl(url)
  return parsed ? `${parsed.host.replace(/^www\./, '')}${parsed.pathname.replace(/\/+$/, '')}`.toLowerCase() : url
}

const routedAway = (
  { world }: CaseFile,
  { exchange, at }: AuthorizationResponse,
  value: string,
): NavigationCommitted | undefined => {
  const found = world.events.find(
    (event) =>
      event.type === 'navigation.committed' &&
      (event.how === 'history' || event.how === 'fragment') &&
      event.tabId === exchange.tabId &&
      (exchange.frameId < 0 || event.frameId === exchange.frameId) &&
      event.at >= at &&
      event.at <= at + ROUTED_WITHIN &&
      !event.url.includes(value) &&
      !event.url.includes(encodeURIComponent(value)),
  )
  return found?.type === 'navigation.committed' ? found : undefined
}

const redirected = (response: AuthorizationResponse, target: string): Failure => ({
  title: 'A redirect removed the answer from the URL',
  confidence: 'certain',
  cause: `${quote(response.deliveredTo)} was given the code and redirected to ${quote(withoutQuery(target))} without it. The application that runs there never sees the answer.`,
  evidence: [
    exchangeEvidence(response.exchange, 'response.headers', {
      label: 'Location',
      actual: withoutQuery(target),
      expected: `${withoutQuery(target)}?code=…`,
      parameter: 'location',
    }),
    parameterEvidence(response.parameters, 'code', { actual: 'delivered, then dropped' }),
  ],
  fix: {
    summary: `Use ${quote(withoutQuery(target))} itself as ${quote('redirect_uri')}, or let the redirect keep the query.`,
    steps: [
      'Register the new value at the authorization server.',
      'In web servers and CDNs, the rule that adds or removes slashes has an option to keep the query.',
    ],
  },
})

/** The route that stands in the fragment where the answer was. */
const routeOf = ({ url }: NavigationCommitted, { mode }: AuthorizationResponse): string | undefined => {
  const route = fragmentOf(url)
  return mode === 'fragment' && /^[!/]/.test(route) ? route.split('?')[0] : undefined
}

const replaced = (
  file: CaseFile,
  response: AuthorizationResponse,
  event: NavigationCommitted,
  name: string,
): Failure => {
  const route = routeOf(event, response)
  const byHash = route !== undefined
  const framed = response.exchange.parentFrameId >= 0
  const after = duration(event.at - (response.exchange.endedAt ?? response.at))
  const now = byHash ? `${withoutQuery(event.url)}#${route}` : withoutQuery(event.url)
  return {
    title: byHash ? 'The hash router took the place of the answer' : 'The router removed the answer before it was read',
    confidence: 'likely',
    cause:
      `The answer arrived at ${quote(`${response.deliveredTo}${response.mode === 'fragment' ? '#…' : '?…'}`)}${framed ? ' in a hidden frame' : ''}, and ${after} later the page changed its URL to ${quote(now)}. ` +
      (name === 'code'
        ? 'No token request was made before or after: the code was gone before the client library looked for it.'
        : 'The call that followed carried no token: it was gone before the client looked for it.'),
    evidence: [
      parameterEvidence(response.parameters, name, { actual: 'delivered, then removed from the URL' }),
      exchangeEvidence(response.exchange, 'timing', { label: 'URL changed after', actual: after }),
    ],
    fix: {
      summary: framed
        ? `Use a small page of its own as ${quote('redirect_uri')} of silent requests, without the application and its router.`
        : 'Let the client library read the callback before the router starts.',
      steps: [
        ...(byHash || response.mode === 'fragment'
          ? [
              'Routes in the fragment and answers in the fragment cannot share a URL: use `response_mode=query`, or routes without `#`.',
            ]
          : []),
        'Await the library’s handling of the redirect in the entry file, and mount the router after it.',
        'Give the callback a route that no guard and no wildcard redirects.',
        ...(file.request
          ? [`Register the page you choose at the authorization server; it is ${quote(response.deliveredTo)} now.`]
          : []),
      ],
    },
  }
}
