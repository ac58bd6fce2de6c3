import type { Evidence, Fix, Owner } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import { isLoopback, parseUrl } from '../../../model/url'
import type { CookieAttributes, CookieLoss, CookieTrace } from '../../facts/cookies'
import { isSameSite } from '../../facts/cookies'
import { exchangeEvidence } from './evidence'
import { quote } from './text'

/** The attributes as in `Set-Cookie`, without the value. */
export const attributesText = ({ attributes }: CookieTrace): string => {
  const { domain, path, lifetime, secure, httpOnly, sameSite, partitioned } = attributes
  const parts = [
    domain !== undefined && `Domain=${domain}`,
    path !== undefined && `Path=${path}`,
    lifetime !== undefined && `Max-Age=${lifetime}`,
    secure && 'Secure',
    httpOnly && 'HttpOnly',
    sameSite !== undefined && `SameSite=${capital(sameSite)}`,
    partitioned && 'Partitioned',
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join('; ') : 'no attributes'
}

const capital = (text: NonNullable<CookieAttributes['sameSite']>) => text[0]!.toUpperCase() + text.slice(1)

/** Who can keep the cookie from being lost in this way. */
export const ownerOfLoss = (loss: CookieLoss): Owner =>
  loss === 'third-party' || loss === 'unexplained' ? 'browser' : 'client'

/** Where a cookie was set, and with which attributes. */
export const setEvidence = (trace: CookieTrace): Evidence => ({
  label: `Set-Cookie ${trace.name}`,
  where: { exchangeId: trace.setBy, part: 'response.cookies', parameter: trace.name },
  actual: attributesText(trace),
})

/** What a request carried in place of a cookie. */
export const sentEvidence = (callback: HttpExchange, name: string, actual: string, expected: string): Evidence =>
  exchangeEvidence(callback, 'request.cookies', { label: `Cookie ${name}`, parameter: name, actual, expected })

/** What to change so that the cookie is in that request. `name` may stand for several. */
export const cookieFix = (trace: CookieTrace, setBy: HttpExchange | undefined, request: HttpExchange): Fix => {
  const name = quote(trace.name)
  const start = parseUrl(setBy?.url ?? '')
  const target = parseUrl(request.url)
  const asQuery = 'Or let the answer come as a navigation: ask for `response_mode=query`.'
  switch (trace.loss) {
    case 'too-large':
      return {
        summary: `Keep ${name} below 4096 bytes; it has ${trace.attributes.size}.`,
        steps: [
          'Store tokens, claims and group lists on the server and put only an identifier into the cookie.',
          'Where the library can split a large cookie into several, switch that on.',
        ],
      }
    case 'domain-invalid':
      return {
        summary: `Leave ${quote('Domain')} out of ${name}, or set it to ${quote(start?.hostname ?? 'the host itself')}.`,
        steps: [`Look for a setting such as a cookie domain that still names ${quote(trace.attributes.domain ?? '')}.`],
      }
    case 'secure-on-http':
      return {
        summary: `Serve ${quote(start?.origin ?? 'the login')} over https.`,
        steps: [
          'Behind a proxy that ends TLS, make the public URL https in the browser, too.',
          `For development without TLS use ${quote('http://localhost')}, where browsers accept ${quote('Secure')}, or leave it out there.`,
        ],
      }
    case 'none-without-secure':
      return {
        summary: `Add ${quote('Secure')} to ${name}.`,
        steps: ['`SameSite=None` is only valid together with it, and that needs https.'],
      }
    case 'partitioned-without-secure':
      return {
        summary: `Add ${quote('Secure')} to ${name}, or leave out ${quote('Partitioned')}.`,
        steps: ['`Partitioned` is only valid together with `Secure`, and only cookies of embedded pages need it.'],
      }
    case 'prefix-rules':
      return {
        summary: `Give ${name} the attributes its prefix demands, or another name.`,
        steps: ['`__Secure-` needs `Secure`; `__Host-` needs `Secure`, `Path=/` and no `Domain`.'],
      }
    case 'credentials-omitted':
      return {
        summary: `Make the call to ${quote(start?.pathname ?? '')} with ${quote("credentials: 'include'")}.`,
        steps: [
          'The answer must allow it: `Access-Control-Allow-Credentials: true`, with the page’s origin and no `*`.',
          'Or start the login by a navigation instead of a call.',
        ],
      }
    case 'deleted':
      return {
        summary: `Do not delete ${name} before the answer has come.`,
        steps: ['Look for code that clears cookies on every page, or for a sign-out that runs meanwhile.'],
      }
    case 'expired':
      return {
        summary: `Let ${name} live at least 15 minutes (${quote('Max-Age=900')}); it lived ${trace.attributes.lifetime} s.`,
        steps: [
          'People take that long: they look for a password or a second factor.',
          'When it is gone, send the user to the start of the login instead of showing an error.',
        ],
      }
    case 'other-host':
      return otherHost(trace, start, target)
    case 'other-path':
      return {
        summary: `Set ${name} with ${quote('Path=/')}.`,
        steps: [
          `As it is, the browser sends it below ${quote(trace.attributes.path ?? 'the path that set it')} only, not to ${quote(target?.pathname ?? '')}.`,
        ],
      }
    case 'secure-to-http':
      return {
        summary: `Use an https callback: ${quote(request.url.split(/[?#]/, 1)[0]!.replace(/^http:/, 'https:'))}.`,
        steps: ['Register that URL at the authorization server, too.'],
      }
    case 'samesite-strict':
      return request.method === 'POST'
        ? { summary: `Set ${quote('SameSite=None; Secure')} on ${name}.`, steps: [asQuery] }
        : {
            summary: `Set ${quote('SameSite=Lax')} on ${name}.`,
            steps: [
              'Strict cookies stay away whenever another site leads to the page, and here the authorization server does.',
            ],
          }
    case 'samesite-lax-post':
    case 'samesite-default-post':
      return {
        summary: `Set ${quote('SameSite=None; Secure')} on ${name}, or ask for ${quote('response_mode=query')}.`,
        steps: [
          '`SameSite=None` needs https, except on localhost.',
          'The cookie of the session itself can stay Lax: only what the callback needs has to be sent with the POST.',
        ],
      }
    case 'samesite-frame':
    case 'third-party':
      return {
        summary: 'Run this step as a full navigation instead of in a frame.',
        steps: [
          `Where it must be a frame, ${name} needs ${quote('SameSite=None; Secure; Partitioned')} or both parties under one registrable domain.`,
        ],
      }
    case 'partitioned':
      return {
        summary: `Leave ${quote('Partitioned')} out of ${name}.`,
        steps: ['A partitioned cookie is only sent under the top-level site under which it was set.'],
      }
    default:
      return trace.fate === 'replaced'
        ? replaced(trace)
        : {
            summary: `Look up in DevTools why the browser keeps ${name} back.`,
            steps: [
              'Network panel: the request, tab Cookies, “show filtered out request cookies” names the reason.',
              'Application panel, Cookies: is it stored at all, and for which host and path?',
              'Try again in a fresh profile without extensions and with cookies allowed.',
            ],
          }
  }
}

const otherHost = (trace: CookieTrace, start: URL | undefined, target: URL | undefined): Fix => {
  const name = quote(trace.name)
  if (!start || !target) return { summary: 'Start the login and receive its answer on one host.', steps: [] }
  const related = isSameSite(start.origin, target.origin) && !isLoopback(target.hostname)
  return {
    summary: `Start the login on ${quote(target.host)}, or use a ${quote('redirect_uri')} on ${quote(start.host)}.`,
    steps: [
      isLoopback(start.hostname) && isLoopback(target.hostname)
        ? `${start.hostname} and ${target.hostname} are different hosts for cookies, although they are the same machine. Choose one and use it in the address bar, in the settings and at the authorization server.`
        : `Redirect visitors of ${start.host} to ${target.host} before the login starts, so that there is only one host.`,
      ...(related ? [`Or set ${name} with a ${quote('Domain')} that both hosts share.`] : []),
    ],
  }
}

const replaced = (trace: CookieTrace): Fix => {
  const name = quote(trace.name)
  return trace.changedByOtherOrigin
    ? {
        summary: `Give the two services different host names, or ${name} another name in one of them.`,
        steps: [
          'Cookies do not distinguish ports: everything on one host shares them.',
          'For development, names such as `app.localhost` and `id.localhost` keep them apart.',
        ],
      }
    : {
        summary: `Keep one cookie per login instead of one ${name} for all.`,
        steps: [
          'Put the state (or a part of it) into the cookie’s name, so that a second tab or request does not overwrite the first.',
          'Do not write the session anew in requests that run beside the login.',
        ],
      }
}
