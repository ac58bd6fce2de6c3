import { digest } from '../../analyzer/facts/digest'
import { call, challenge, event, navigate, url, verifier, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { reported } from './reported-case'
import { html } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

const webMessage = {
  client_id: 'p46',
  scope: 'openid profile email',
  response_type: 'code',
  response_mode: 'web_message',
  redirect_uri: 'https://charts.skua.io',
  ...pkce,
}

const posts = (response: object) =>
  `<!doctype html><html><body><script>(function(window){var r={"type":"authorization_response","response":${JSON.stringify(response)}};(window.opener||window.parent).postMessage(r,"https://charts.skua.io")})(this)</script></body></html>`

const verifierOf = (login: number) => `${verifier.slice(0, -1)}${login}`

/** A server that lets another one authenticate the user, and takes no client_id: it has one client. */
const socialLogin = (tab: number) =>
  navigate(
    [
      {
        url: url('https://kfq.supabase.co/auth/v1/authorize', {
          provider: 'github',
          redirect_to: 'https://tide-notes.app',
          code_challenge: digest('S256', verifierOf(tab)),
          code_challenge_method: 's256',
        }),
      },
      {
        url: url('https://github.com/login/oauth/authorize', {
          client_id: 'Iv68',
          redirect_uri: 'https://kfq.supabase.co/auth/v1/callback',
          response_type: 'code',
          scope: 'user:email',
          state: `eyJhbGciOiJIUzI1NiJ9.${tab}`,
        }),
        body: '<form><input name="login"><input name="password" type="password"></form>',
      },
    ],
    { tab, initiator: 'https://tide-notes.app' },
  )

/** Answers that take other ways than the standard's: from hand to hand, from window to window, under other names. */
export const cases8: readonly CorpusEntry[] = [
  reported(
    '2',
    'callback',
    'The page hands its code to its own back end twice: one call wins, the other shows the error',
    'FusionAuth/fusionauth-react-sdk/issues/25',
    { rootCause: 'code-redeemed-twice', owner: 'client', not: ['client-secret-wrong', 'code-expired'] },
    navigate(
      [
        {
          url: url('https://auth.ferry-line.io/oauth2/authorize', {
            client_id: 'e9fdb985',
            redirect_uri: 'https://book.ferry-line.io/',
            response_type: 'code',
            scope: 'openid offline_access',
            state: '0000kX:https://book.ferry-line.io/',
            ...pkce,
          }),
        },
        { url: 'https://book.ferry-line.io/?code=WYT3XemV&state=0000kX&userState=Authenticated', body: html },
      ],
      { initiator: 'https://book.ferry-line.io' },
    ),
    ...[200, 404].map((status) =>
      call(
        {
          url: 'https://api.ferry-line.io/token-exchange',
          json: { auth_code: 'WYT3XemV', code_verifier: verifier, redirect_uri: 'https://book.ferry-line.io/' },
          requestHeaders: { Origin: 'https://book.ferry-line.io' },
          headers: { 'Access-Control-Allow-Origin': 'https://book.ferry-line.io' },
          status,
          takes: status === 200 ? 90 : 120,
          body: status === 200 ? { user: '1f' } : { error: 'auth_code_not_found' },
        },
        { initiator: 'https://book.ferry-line.io' },
      ),
    ),
  ),
  reported(
    '46',
    'silent renewal',
    'Sign-in in a popup works; the silent frame is told login_required, and carries none of the session’s cookies',
    'auth0/auth0-spa-js/issues/345',
    { rootCause: 'login-required-silent', owner: 'browser', not: ['silent-timeout'] },
    event((at) => ({ type: 'tab.opened', at, tabId: 2, openerTabId: 1 })),
    navigate(
      {
        url: url('https://skua.eu.auth0.com/authorize', { ...webMessage, state: 'cG9wdXA=' }),
        headers: { 'Set-Cookie': 'auth0=s%3Aq1; Path=/; HttpOnly; Secure; SameSite=None' },
        body: posts({ code: '46-popup', state: 'cG9wdXA=' }),
      },
      { initiator: 'https://charts.skua.io', tab: 2 },
    ),
    call(
      {
        url: 'https://skua.eu.auth0.com/oauth/token',
        json: { client_id: 'p46', code_verifier: verifier, grant_type: 'authorization_code', code: '46-popup' },
        headers: { 'Access-Control-Allow-Origin': 'https://charts.skua.io' },
        body: { access_token: 'at-46', expires_in: 86_400, token_type: 'Bearer' },
      },
      { initiator: 'https://charts.skua.io' },
    ),
    wait(60_000),
    navigate(
      {
        url: url('https://skua.eu.auth0.com/authorize', { ...webMessage, prompt: 'none', state: 'c2lsZW50' }),
        requestHeaders: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'iframe' },
        body: posts({ error: 'login_required', error_description: 'Login required', state: 'c2lsZW50' }),
      },
      { initiator: 'https://charts.skua.io', type: 'sub_frame', frame: 7 },
    ),
  ),
  reported(
    '40',
    'silent renewal',
    'The frame of the silent renewal ends at an error page that may not be framed; its URL names the redirect_uri',
    'damienbod/angular-auth-oidc-client/issues/362',
    { rootCause: 'redirect-uri-not-registered', not: ['silent-iframe-blocked-by-idp', 'silent-timeout'] },
    navigate(
      [
        {
          url: url('https://iam.granary.de:9443/oauth2/authorize', {
            client_id: 'Qk40',
            redirect_uri: 'https://ui.granary.de/silent-renew.html',
            response_type: 'id_token token',
            scope: 'openid',
            nonce: 'N0.7',
            state: '15550',
            prompt: 'none',
          }),
        },
        {
          url: url('https://iam.granary.de:9443/authenticationendpoint/oauth2_error.do', {
            oauthErrorCode: 'invalid_callback',
            oauthErrorMsg: 'Registered callback does not match with the provided url.',
          }),
          headers: { 'X-Frame-Options': 'DENY' },
          status: 200,
          error: 'net::ERR_BLOCKED_BY_RESPONSE',
        },
      ],
      { initiator: 'https://ui.granary.de', type: 'sub_frame', frame: 9 },
    ),
    wait(30_000),
  ),
  reported(
    '68',
    'token endpoint',
    'Two logins begin before the first returns, and the page keeps one verifier: the first callback sends the second’s',
    'supabase/supabase-js/issues/2557',
    { rootCause: 'pkce-verifier-from-other-request', owner: 'client', not: ['token-request-json-body'] },
    ...[1, 2].map((tab) => socialLogin(tab)),
    wait(9000),
    navigate(
      { url: 'https://tide-notes.app/?code=7d1c-68-first', body: html },
      { tab: 1, initiator: 'https://github.com' },
    ),
    call(
      {
        url: 'https://kfq.supabase.co/auth/v1/token?grant_type=pkce',
        json: { auth_code: '7d1c-68-first', code_verifier: verifierOf(2) },
        status: 400,
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          code: 400,
          error_code: 'bad_code_verifier',
          msg: 'code challenge does not match previously saved code verifier',
        },
      },
      { tab: 1, initiator: 'https://tide-notes.app' },
    ),
  ),
]
