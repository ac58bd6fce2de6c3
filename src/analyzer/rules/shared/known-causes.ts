import type { Candidate } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { Objection } from '../../facts/client-words'
import { cookiesOfLogin } from '../../facts/cookies'
import { type NotJson, notJsonIn, withoutStack } from '../../facts/runtime-words'
import { refusedIn } from '../../facts/service-ports'
import { quote } from './text'

/** What may have gone wrong at a client's server, out of any browser's sight. */
export type Cause =
  | Exclude<Objection, 'exchange'>
  | 'csrf'
  | 'guard'
  | 'headers'
  | 'down'
  | 'scheme'
  | 'landing'
  | 'claim'
  | 'endpoint'
  | 'service'
  | 'gate'
  | 'maintenance'
  | 'form'

export interface Known extends Candidate {
  /** What to do where nothing else is left. */
  readonly fix: string
}

/** A cookie that the login began with came to the callback. */
export const cameBack = ({ attempt, world }: CaseFile): boolean =>
  cookiesOfLogin(attempt, world).some(({ fate }) => fate === 'came_back')

/** What each of them means for this login. */
export const knownCauses = (file: CaseFile, exchange: HttpExchange, text: string): Readonly<Record<Cause, Known>> => {
  const redirectUri = valueOf(file.asked('redirect_uri'))
  const server = file.issuer ?? 'the authorization server'
  const refused = refusedIn(withoutStack(text))
  const notJson = notJsonIn(text)
  return {
    landing: {
      rule: 'landing-page-failed',
      title: 'The page after the login fails, often while it reads the user of the session back',
      check:
        'Look into the log at the request of that page: what it does with the session, and with the data of this user.',
      fix: 'Mend the page after the login: see what it does with the user in the session, and with the data of this user.',
    },
    program: {
      rule: 'client-program-failed',
      title: 'The client’s program has an error, or two of its libraries do not fit together',
      check: 'The stack in its log names the line; compare the versions of the libraries for login and session.',
      fix: 'Mend the line that the stack names, or use versions of the libraries for login and session that fit together.',
    },
    claim: {
      rule: 'claim-missing-in-profile',
      title: 'The program expects a value that this answer or this user does not have',
      check: 'Look at what the line reads: a claim or a field of the profile may be missing for want of a scope.',
      fix: 'Ask for the scope that brings the value, or let the program do without it.',
    },
    gate: {
      rule: 'proxy-guards-callback',
      title: 'What stands in front of the application asks for a password of its own',
      check: 'Open the callback’s address by itself: the browser asks for that password.',
      fix: `Let the callback ${quote(withoutQuery(exchange.url))} pass without the password that the proxy in front of the application asks for, or have users give it before the login starts.`,
    },
    maintenance: {
      rule: 'application-in-maintenance',
      title: 'The application is in maintenance, or a new version of it is being started',
      check: 'Open another page of the application: it answers 503 as well.',
      fix: 'Begin the login anew when the application is back; deploy without an interruption where logins are lost to it often.',
    },
    form: {
      rule: 'token-request-not-form-encoded',
      title: 'The token request does not carry its parameters as form encoding',
      check:
        'Its `Content-Type` has to be `application/x-www-form-urlencoded`, and its body parameters; servers do not find them in JSON or in the query.',
      fix: 'Send the token request as POST with its parameters in a body of `application/x-www-form-urlencoded`.',
    },
    signIn: {
      rule: 'session-not-written',
      title: 'The client’s server cannot write the user into its session',
      check: 'Its log has the reason: the code that turns a user into what the session keeps, or the session store.',
      fix: 'Look at what turns the user into what the session keeps (serialize), and whether the session store takes it.',
    },
    answer: {
      rule: 'answer-not-json',
      title: notJsonTitles[notJson ?? 'other'],
      check: 'Log address, status and body of what the client’s server was answered last.',
      fix: notJsonFixes[notJson ?? 'other'],
    },
    endpoint: {
      rule: 'token-endpoint-failed',
      title: 'The token endpoint itself failed',
      check:
        'The log shows a status of 5xx from the token endpoint; then the authorization server’s log has the reason.',
      fix: 'Look into the log of the authorization server at this moment: its token endpoint failed.',
    },
    service: {
      rule: 'client-service-unreachable',
      title: `The client’s server cannot reach a service of its own${refused === undefined ? '' : `, ${refused.service ?? 'at'} port ${refused.port}`}`,
      check:
        'A database, a cache or the session store: see whether it runs, and whether host and port are configured right.',
      fix: `Start the service that the client’s server needs${refused?.service === undefined ? '' : `, ${refused.service} at port ${refused.port}`}, or correct where it looks for it.`,
    },
    secret: {
      rule: 'client-secret-wrong',
      title: 'The client’s secret is wrong or expired, or is sent in the wrong way',
      check:
        'The log shows `invalid_client` or 401 from the token endpoint; compare the secret with the one in the settings of the authorization server.',
      fix: `Compare the client’s secret, and whether it is sent as Basic or in the body, with the settings of ${file.client_id === undefined ? 'the client' : quote(file.client_id)} at the authorization server.`,
    },
    redirect: {
      rule: 'redirect-uri-differs-at-token',
      title: 'The token request names another redirect_uri, or none',
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
      title: 'The UserInfo endpoint does not give the client’s server the user',
      check:
        'The log shows its status: 401 or `invalid_token` where a proxy drops `Authorization` or `Bearer` is misspelt; 403 where a scope or a right is missing; 404 where the address is wrong.',
      fix: 'Find why the UserInfo endpoint refuses the access token: its address, a proxy that drops `Authorization`, the spelling of `Bearer`, the scope `openid`, a right that the user lacks; its `WWW-Authenticate` says more.',
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
    guard: {
      rule: 'callback-behind-guard',
      title: 'The callback itself asks for a user who is signed in',
      check:
        'Look whether the route of the callback is among those that are guarded (a decorator, a filter or a middleware for all routes): who comes there is not signed in yet.',
      fix: 'Take the route of the callback out of the application’s guard.',
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

const notJsonTitles: Readonly<Record<NotJson, string>> = {
  html: 'A page came where the client’s server expected JSON from the token or UserInfo endpoint',
  form: 'The token endpoint answers in form encoding, and the client’s server expects JSON',
  other: 'What the token or UserInfo endpoint answered is no JSON',
}

const notJsonFixes: Readonly<Record<NotJson, string>> = {
  html: 'Correct the address of the token or UserInfo endpoint: what answers there is a page, as of a wrong path, of a proxy or of a sign-in.',
  form: 'Send `Accept: application/json` with the token request, or read the answer as form parameters.',
  other: 'Log what the token and UserInfo endpoints answer: an empty body, a page or form parameters are no JSON.',
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
