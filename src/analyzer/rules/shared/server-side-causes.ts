import type { Candidate, Fix, RuledOut } from '../../../model/analysis'
import { valueOf } from '../../../model/observed'
import { parseUrl } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { type Objection, objectionOf } from '../../facts/client-words'
import { callbackOf, cookiesOfLogin, followCookies } from '../../facts/cookies'
import type { FailurePoint } from '../../facts/failure-points'
import { hostOf, quote } from './text'

/** What may have gone wrong at a client's server, out of any browser's sight. */
type Cause = Objection | 'csrf' | 'headers' | 'down' | 'scheme'

interface Known extends Candidate {
  /** What to do where nothing else is left. */
  readonly fix: string
}

/** The causes that are left, likeliest first, and what the client's server named of them. */
export interface ServerSideCauses {
  readonly candidates: readonly Candidate[]
  readonly ruledOut: readonly RuledOut[]
  /** A sentence about what it named, where it named something. */
  readonly named?: string
  /** Whether it named one cause that leaves no other. */
  readonly isNamed: boolean
  readonly fix: Fix
}

/** Below this no other server can have been asked in between, unless it is on the same machine. */
const AT_ONCE = 30
const LONG = 3000

/**
 * What a failure at the client's server may come from. `said` is an OAuth code that it passed on, `text` what else it wrote
 * for people.
 */
export const serverSideCauses = (
  file: CaseFile,
  point: FailurePoint,
  { said, text, took }: { readonly said?: string | undefined; readonly text: string; readonly took?: number },
): ServerSideCauses => {
  const { exchange, status } = point
  const all = knownCauses(file, text)
  const usual = usualCauses(file, point, took)
  const ofCode = said === undefined ? undefined : causesOfCode[said]
  const spoken = objectionOf(text, status)
  // What a code leaves open, the words beside it may decide.
  const objection =
    !ofCode || (ofCode.length > 1 && (spoken === 'verifier' || spoken === 'redirect')) ? spoken : undefined
  const left = objection ? [objection] : (ofCode ?? usual)
  const named =
    objection !== undefined
      ? `It speaks of ${subjects[objection]}.`
      : said !== undefined && said in meanings
        ? `It names ${quote(said)}: ${meanings[said]}.`
        : undefined
  const [only, ...more] = left.map((cause) => all[cause])
  const log = `Look into the log of ${hostOf(exchange.url)} at this request`
  return {
    candidates: left.map((cause) => withoutFix(all[cause])),
    ruledOut:
      objection === undefined
        ? []
        : usual
            .filter((cause) => cause !== objection)
            .map((cause) => ({ rule: all[cause].rule, because: `the client speaks of ${subjects[objection]}` })),
    ...(named !== undefined && { named }),
    isNamed: named !== undefined,
    fix:
      only && more.length === 0
        ? { summary: only.fix, steps: [`${log} for the details.`] }
        : { summary: `${log}; it has the reason.`, steps: [] },
  }
}

const withoutFix = ({ rule, title, check }: Known): Candidate => ({ rule, title, check })

const subjects: Readonly<Record<Objection, string>> = {
  secret: 'how the client authenticates',
  redirect: 'the `redirect_uri`',
  verifier: 'the PKCE verifier',
  unreachable: 'the connection to the authorization server',
  scope: 'the scopes that were granted',
  idToken: 'the ID token',
  userinfo: 'the UserInfo endpoint, so the code was redeemed',
  application: 'the application’s own data, which are nothing of the login',
  session: 'what it stored for this login',
  account: 'what this user may do: the application itself decided',
}

const meanings: Readonly<Record<string, string>> = {
  invalid_client: 'the authorization server did not accept the client’s secret or its way of authenticating',
  invalid_grant:
    'the authorization server did not accept the code, the `redirect_uri` or the verifier that came with it',
  redirect_uri_mismatch: 'the token request named another `redirect_uri` than the authorization request',
  unauthorized_client: 'the client may not use this grant',
  unsupported_grant_type: 'the authorization server did not find a grant type that it knows in the token request',
  invalid_scope: 'a requested scope was refused',
  invalid_request: 'the token request was refused',
}

/** Some servers answer `invalid_grant` to a wrong secret too. */
const causesOfCode: Readonly<Record<string, readonly Cause[]>> = {
  invalid_client: ['secret'],
  unauthorized_client: ['secret'],
  redirect_uri_mismatch: ['redirect'],
  invalid_grant: ['redirect', 'verifier', 'session', 'secret'],
}

/** What it may be, likeliest first, as far as nothing in the recording rules it out. */
const usualCauses = (file: CaseFile, point: FailurePoint, took = 0): readonly Cause[] => {
  const { exchange, status = 0, kind } = point
  if (isAfterSignIn(file, point)) return ['account', 'session']
  if (status === 504) return ['unreachable', 'down', 'secret']
  if (status >= 502 && status <= 503)
    return took < AT_ONCE ? ['down', 'headers', 'unreachable', 'secret'] : ['headers', 'down', 'unreachable', 'secret']
  if (took >= LONG) return ['unreachable', 'secret', 'redirect']
  if (status >= 500) {
    const isPlain =
      parseUrl(file.redirect_uri ?? '')?.protocol === 'http:' && parseUrl(exchange.url)?.protocol === 'https:'
    return [...(isPlain ? (['scheme'] as const) : []), 'secret', 'redirect', 'unreachable', 'idToken', 'session']
  }
  if (exchange.method === 'POST' && (status === 403 || status === 415 || status === 419)) return ['csrf', 'session']
  if (!cameBack(file)) return ['session', 'secret', 'redirect']
  return kind === 'client_error' || status < 400
    ? ['secret', 'session', 'idToken', 'redirect', 'account']
    : ['session', 'secret', 'redirect', 'idToken']
}

const cameBack = ({ attempt, world }: CaseFile): boolean =>
  cookiesOfLogin(attempt, world).some(({ fate }) => fate === 'came_back')

/** The callback gave the browser a session, and the page behind it, which was sent that session, lets nobody in. */
const isAfterSignIn = ({ attempt, world }: CaseFile, { exchange, status, message }: FailurePoint): boolean => {
  const callback = callbackOf(attempt)
  if (message.kind !== 'after_callback' || (status !== 401 && status !== 403) || !callback) return false
  return followCookies({ setBy: [callback], in: exchange, exchanges: world.exchanges }).some(
    ({ fate }) => fate === 'came_back',
  )
}

const knownCauses = (file: CaseFile, text: string): Readonly<Record<Cause, Known>> => {
  const redirectUri = valueOf(file.asked('redirect_uri'))
  const server = file.issuer ?? 'the authorization server'
  return {
    secret: {
      rule: 'client-secret-wrong',
      title: 'The client’s secret is wrong or expired, or is sent in the wrong way',
      check:
        'The log shows `invalid_client` or 401 from the token endpoint; compare the secret with the one in the settings of the authorization server.',
      fix: `Compare the client’s secret, and whether it is sent as Basic or in the body, with the settings of ${file.client_id === undefined ? 'the client' : quote(file.client_id)} at the authorization server.`,
    },
    redirect: {
      rule: 'redirect-uri-differs-at-token',
      title: 'The token request names another redirect_uri',
      check: `The log shows \`invalid_grant\` or \`redirect_uri_mismatch\`; the server must send ${quote(redirectUri ?? 'the same value')} again, also behind a proxy.`,
      fix: `Make the server send ${quote(redirectUri ?? 'the same redirect_uri')} with the token request too, also behind a proxy.`,
    },
    verifier: {
      rule: 'pkce-verifier-mismatch',
      title: 'The code_verifier is missing or does not match the code_challenge',
      check: 'Compare what the server stored when the login began with what its token request carries.',
      fix: 'Make the server keep the `code_verifier` from the start of the login and send it with the token request.',
    },
    unreachable: {
      rule: 'token-endpoint-unreachable',
      title: 'The client’s server cannot reach the token endpoint',
      check:
        'Call the token endpoint from that machine with curl: a name that only the browser resolves, an untrusted certificate or a proxy are the usual reasons.',
      fix: 'Let the client’s server reach the authorization server: call its token endpoint from that machine with curl; look at the configured host and port, at name resolution, certificates and proxies.',
    },
    scope: {
      rule: 'scope-invalid',
      title: 'The server granted other scopes than were asked for',
      check: 'Compare `scope` in the token answer with the request; some libraries refuse any difference.',
      fix: 'Ask only for scopes that the server grants to this client, or let the library accept fewer.',
    },
    session: cameBack(file) ? unreadSession : lostSession,
    idToken: {
      rule: 'id-token-refused',
      title: 'The server does not accept the ID token',
      check:
        'The log speaks of issuer, audience, nonce, expiry or keys; compare the configured issuer character by character, and the clock.',
      fix: idTokenFix(file, text, server),
    },
    userinfo: {
      rule: 'userinfo-refused',
      title: 'The UserInfo endpoint does not accept the access token of the client’s server',
      check:
        'The log shows 401 or `invalid_token` from UserInfo; a proxy that drops `Authorization`, or the spelling of `Bearer`, are usual reasons.',
      fix: 'Find why the UserInfo endpoint refuses the access token: a proxy that drops `Authorization`, the spelling of `Bearer`, the scope `openid`; its `WWW-Authenticate` says more.',
    },
    application: {
      rule: 'application-failed',
      title: 'The application itself failed after the login',
      check: 'Its log shows an error of its own, such as a database without its latest migrations.',
      fix: 'Mend the application’s database: apply its migrations, and check that the server reaches it.',
    },
    account: {
      rule: 'account-refused-by-application',
      title: 'The application refuses this account',
      check:
        'An allow-list, a missing role or scope, a hook that runs at sign-in, an e-mail address that is not verified or belongs to another account: try with another user.',
      fix: 'Look at what the application demands of users: an allow-list, a role or scope, a hook that runs at sign-in, an e-mail address that belongs to another account.',
    },
    csrf: {
      rule: 'form-post-body-not-parsed',
      title: 'The callback does not take the form post',
      check: 'Its route must accept POST, read form bodies, and be exempt from the protection against forged forms.',
      fix: 'Let the callback’s route accept POST, read form bodies, and be exempt from the protection against forged forms.',
    },
    headers: {
      rule: 'response-headers-too-large',
      title: 'The answer of the callback has more cookies than the proxy in front of it takes',
      check: 'Look into the proxy’s log for “header too big”; raise its buffer or keep the session on the server.',
      fix: 'Raise the proxy’s buffer for response headers, or keep the session on the server.',
    },
    down: {
      rule: 'application-behind-proxy-down',
      title: 'The application behind the proxy is not running or is starting anew',
      check: 'Open another page of the application: if it answers 502 or 503 too, look at why the process stopped.',
      fix: 'Start the application; its log says why it stopped.',
    },
    scheme: {
      rule: 'proxy-scheme-not-forwarded',
      title: 'The application takes its own URL for http, and its library refuses that',
      check: `The \`redirect_uri\` is http although the application runs on https: let the proxy send \`X-Forwarded-Proto\`, and the application trust it.`,
      fix: 'Let the proxy send `X-Forwarded-Proto`, and the application trust it.',
    },
  }
}

const lostSession: Known = {
  rule: 'server-session-not-shared',
  title: 'The server lost what it stored for this login',
  check:
    'It happens with several instances without a shared session store, after a restart, and when keys or secrets for cookies change; try with one instance.',
  fix: 'Keep what the callback needs where every instance finds it also after a restart: a shared session store, and one configured secret for cookies.',
}

/** The cookie came back: what it leads to is gone, or was not looked for, or was overwritten by the callback itself. */
const unreadSession: Known = {
  rule: 'server-session-not-shared',
  title: 'The server lost what it stored for this login, or does not read it',
  check:
    'The cookie came back. Look whether the callback opens that session before it compares (in PHP `session_start()`, ahead of any output) and stores no new state first; with several instances, after a restart and when keys for cookies change, what was stored is gone.',
  fix: 'Make the callback open the session that the start of the login wrote (in PHP `session_start()`, ahead of any output) and compare before it stores anything new; keep store and keys the same at every instance, also after a restart.',
}

/** What to compare, by the claim that is named. */
const idTokenFix = (file: CaseFile, text: string, server: string): string => {
  if (/issuer|\biss\b/i.test(text))
    return `Configure the issuer exactly as ${server} writes it into its ID tokens, or correct the issuer there.`
  if (/audience|\baud\b/i.test(text))
    return `Let the client’s server expect ${file.client_id === undefined ? 'its own client_id' : quote(file.client_id)} as the audience of ID tokens.`
  if (/nonce/i.test(text))
    return 'Find where the nonce is lost: the server has to put that of the request into the ID token, and the client has to keep it until the callback.'
  if (/expired|too (early|late)|before|clock/i.test(text))
    return 'Compare the clocks of the client’s server and of the authorization server, and how long ID tokens are valid.'
  if (/signature|jwks?|\bkid\b|\balg/i.test(text))
    return 'Compare the key and the algorithm of the ID token with those that the authorization server publishes and the client expects.'
  return 'Compare the configured issuer character by character, the client_id, and the clock with the ID token that the server’s log shows.'
}
