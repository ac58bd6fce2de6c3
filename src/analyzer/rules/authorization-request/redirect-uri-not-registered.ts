import type { Evidence } from '../../../model/analysis'
import { param } from '../../../model/parameters'
import { isLoopback, overHttps, parseUrl } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { startedFrom } from '../../facts/login-start'
import { providerStatement } from '../../facts/provider-words'
import {
  type Rejection,
  askedOf,
  isAboutRedirectUri,
  rejectionOf,
  speaksOfClient,
  speaksOfRedirectUri,
  successesOfClient,
} from '../../facts/rejection'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { documentOfClient, documentSteps } from '../shared/client-document'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { takenWhenPushed } from '../shared/rejection-words'
import { quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'

/** Codes of authorization servers and of brokers that pass on what their upstream server said. */
const redirectUriErrors = new Set([
  'redirect_uri_mismatch',
  'invalid_redirect_uri',
  'bad_redirect_uri',
  'redirect_mismatch',
  'invalid_callback',
  'redirect_uri_not_registered',
])

export const redirectUriNotRegistered = defineRule({
  id: 'redirect-uri-not-registered',
  title: 'The redirect_uri is not registered',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: [
    'authorization_page',
    ...[...redirectUriErrors].map((code) => `authorization_error:${code}` as const),
    'authorization_error:invalid_request',
    'authorization_error:invalid_client',
    'authorization_error:unauthorized_client',
    'pushed_error',
  ],
  what: 'The authorization server answered the request with an error page and sent nobody back, and its words, or a login of the same client that worked with another value, point to `redirect_uri`.',
  why: 'The value has to be on the client’s list character by character; otherwise the server must not send the browser there, so the application never learns of the error.',
  toldApart:
    'Only an unknown client and a bad redirect_uri end without a redirect. A client_id that worked at this server leaves the redirect_uri; a redirect_uri that worked with another client_id leaves the client_id; else the page’s words decide.',
  silentWhen: 'The server sent the browser to the redirect_uri, or showed its login page for this request first.',
  references: [rfc(6749, '3.1.2.4'), rfc(9700, '2.1'), rfc(8252, '7.3')],
  covers: [
    'redirect-uri-not-registered',
    'redirect-uri-near-miss',
    'redirect-uri-http-behind-tls-proxy',
    'redirect-uri-port-lost-behind-proxy',
    'loopback-host-not-allowed',
    'google-oob-retired',
    'silent-redirect-uri-not-registered',
  ],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server sent the browser to the redirect_uri') : notApplicable
    const told = saysSo(rejection) || providerStatement(file, 'redirect-uri-not-registered') !== undefined
    if (!told) {
      if (rejection.by === 'redirect') return pass('the server trusted the redirect_uri: it sent the error there')
      if (rejection.by === 'pushed') return notApplicable
      if (!rejection.atOnce) return pass('the server accepted the request and showed its pages first')
      if ((rejection.point.status ?? 400) > 403)
        return pass(`status ${rejection.point.status} is no answer to a bad value`)
      if (file.request?.pushed) return pass(takenWhenPushed)
      if (speaksOnlyOfClient(rejection)) return pass('the error page names the client, not the redirect_uri')
    }
    const sent = param(rejection.parameters, 'redirect_uri')
    if (sent.state === 'unobserved') return indeterminate(sent.because)
    if (sent.state === 'absent') return notApplicable
    const worked = successesOfClient(file).find((success) => askedOf(success, 'redirect_uri') !== undefined)
    const good = worked && askedOf(worked, 'redirect_uri')
    if (!told && good === sent.value) return pass('a login of this client with the same redirect_uri worked')
    const special = specialCase(sent.value, startedFrom(file))
    if (!told && good === undefined && !special) {
      return indeterminate(
        rejection.text.state === 'unobserved' ? rejection.text.because : 'The error page does not say what it refuses.',
        `Compare ${quote(sent.value)} with the redirect URIs registered for this client; the server’s error page may name it.`,
      )
    }
    return fail(failure(file, rejection, sent.value, { told, good: good === sent.value ? undefined : good, special }))
  },
})

const saysSo = (rejection: Rejection): boolean => {
  const { error, text, by, point } = rejection
  if (error !== undefined && redirectUriErrors.has(error)) return true
  if (by !== 'redirect' && (point.status ?? 400) >= 500) return false
  const isOfOther = error === 'invalid_client' || (by === 'redirect' && error !== 'invalid_request')
  if (isOfOther) return isAboutRedirectUri(rejection)
  return text.state === 'present' && speaksOfRedirectUri(text.value)
}

const speaksOnlyOfClient = ({ error, text }: Rejection): boolean =>
  error === 'invalid_client' || (text.state === 'present' && speaksOfClient(text.value))

interface SpecialCase {
  readonly title: string
  readonly says: string
  readonly instead?: string
  /** No registration could make it work for the users of this page. */
  readonly isHopeless?: boolean
  readonly steps: readonly string[]
}

/** What the page that started the login tells about a redirect_uri that does not belong to it. */
const specialCase = (sent: string, page: string | undefined): SpecialCase | undefined => {
  if (sent.startsWith('urn:ietf:wg:oauth:2.0:oob')) {
    return {
      title: 'The server no longer takes the copy-and-paste redirect_uri',
      says: 'This value asks the server to show the code for copying, which servers have retired.',
      steps: ['Listen on http://127.0.0.1 with a free port, and send that as redirect_uri (RFC 8252 section 7.3).'],
    }
  }
  const [target, from] = [parseUrl(sent), page === undefined ? undefined : parseUrl(page)]
  if (!target || !from) return undefined
  if (target.hostname === from.hostname && target.protocol === 'http:' && from.protocol === 'https:') {
    return {
      title: 'The app sent an http redirect_uri, although it runs on https',
      says: `The login started at ${quote(from.origin)}, so the app behind a TLS proxy took its own URL for http.`,
      instead: overHttps(sent),
      isHopeless: target.port === '443',
      steps: [
        'Let the proxy send X-Forwarded-Proto: https, and make the app trust it (trust proxy, forwarded headers, or its public base URL).',
      ],
    }
  }
  // On loopback the page and its server often have ports of their own.
  const sameHost = target.hostname === from.hostname && !isLoopback(target.hostname)
  if (sameHost && target.protocol === from.protocol && target.port !== from.port) {
    return {
      title: 'The redirect_uri has another port than the app',
      says: `The login started at ${quote(from.origin)}, so the app took its port from a header that a proxy rewrote.`,
      instead: sent.replace(target.origin, from.origin),
      steps: ['Let the proxy pass the Host header with its port, or X-Forwarded-Port, and make the app trust it.'],
    }
  }
  if (target.hostname !== from.hostname && isLoopback(target.hostname) && isLoopback(from.hostname)) {
    return {
      title: 'The redirect_uri has another loopback name than the app',
      says: `The login started at ${quote(from.origin)}. For a server ${quote(target.hostname)} and ${quote(from.hostname)} are different hosts, and some allow only one of them.`,
      instead: sent.replace(target.origin, from.origin),
      steps: ['Use one name everywhere: in the address bar, in the redirect_uri and in the registration.'],
    }
  }
  if (isLoopback(target.hostname) && !isLoopback(from.hostname)) {
    return {
      title: 'The redirect_uri is the one of a developer’s computer',
      says: `The login started at ${quote(from.origin)}, and ${quote(target.origin)} would be the computer of each user: the app still has the base URL of development.`,
      instead: sent.replace(target.origin, from.origin),
      isHopeless: true,
      steps: [
        `Set the public URL that the app builds its redirect_uri from to ${quote(from.origin)} in this environment, and restart or build it anew.`,
      ],
    }
  }
  return undefined
}

interface Known {
  readonly told: boolean
  readonly good: string | undefined
  readonly special: SpecialCase | undefined
}

const failure = (file: CaseFile, rejection: Rejection, sent: string, { told, good, special }: Known): Failure => {
  const client = file.client_id === undefined ? 'this client' : `client ${quote(file.client_id)}`
  const difference = good === undefined ? undefined : urlDifference(sent, good)
  const expected = good ?? special?.instead
  const evidence: [Evidence, ...Evidence[]] = [
    parameterEvidence(rejection.parameters, 'redirect_uri', expected === undefined ? {} : { expected }),
    statusEvidence(rejection.point.exchange),
  ]
  const refused =
    rejection.by === 'page'
      ? `The authorization server showed an error page instead of sending the browser to ${quote(sent)}, which is not registered for ${client}.`
      : `The authorization server refused ${quote(sent)}, which is not registered for ${client}.`
  const compared =
    good === undefined
      ? ''
      : ` The login of this client that worked sent ${quote(good)}; the difference is ${difference}.`
  const document = documentOfClient(file.client_id)
  return {
    ...(document !== undefined && { owner: 'client' as const }),
    ...(special
      ? { title: special.title }
      : good !== undefined && { title: 'The redirect_uri is not the registered one' }),
    confidence: told ? 'certain' : 'likely',
    ...((good !== undefined || special !== undefined) && { depth: 'mechanism' as const, owner: 'client' as const }),
    cause: `${refused}${compared}${special ? ` ${special.says}` : ''}`,
    evidence,
    fix: {
      summary:
        expected === undefined
          ? document === undefined
            ? `Register ${quote(sent)} as a redirect URI of ${client}.`
            : `List ${quote(sent)} in \`redirect_uris\` of the document at ${quote(document)}, and see that the server can read it.`
          : special?.isHopeless
            ? `Send ${quote(expected)} as redirect_uri, and register it for ${client}.`
            : `Send ${quote(expected)} as redirect_uri, or register ${quote(sent)} for ${client}.`,
      steps: [
        ...(special?.steps ?? []),
        'Servers compare the whole string: scheme, host, port, path, trailing slash, upper and lower case.',
        ...(document === undefined ? [] : documentSteps(document)),
        ...(special?.isHopeless || document !== undefined
          ? []
          : [
              `To allow the value as it is sent, add ${quote(sent)} to the redirect URIs of ${client} in the server’s settings.`,
            ]),
      ],
    },
    consoleValue: special?.isHopeless && expected !== undefined ? expected : sent,
    ...(!told && {
      notObservable: ['The error page itself was not visible, so the reason is taken from what differs.'],
    }),
  }
}
