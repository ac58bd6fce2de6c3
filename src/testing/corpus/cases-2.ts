import { call, challenge, type HopSpec, navigate, url, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { reported } from './reported-case'
import { crossSitePost, fromFile, html, page, signInPage } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

/** Apple’s authorization endpoint, which answers by a form that its page posts. */
const apple = (redirect_uri: string, client_id: string, state: string, more: Record<string, string> = {}): HopSpec => ({
  url: url('https://appleid.apple.com/auth/authorize', {
    client_id,
    redirect_uri,
    response_type: 'code',
    response_mode: 'form_post',
    scope: 'name email',
    state,
    ...more,
  }),
  headers: { 'Set-Cookie': 'aidsp=eyJ; Secure; HttpOnly; Domain=.apple.com; Path=/' },
  body: signInPage('Sign in with your Apple Account'),
})

/** The Cookie header of a browser that kept the cookies of so many logins. */
const cookies = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `.AspNetCore.OpenIdConnect.Nonce.CfDJ8${index}=${'N'.repeat(420)}; .AspNetCore.Correlation.z${index}=${'N'.repeat(160)}`,
  ).join('; ')

const stateCookies = (count: number): string =>
  Array.from({ length: count }, (_, index) => `mod_auth_openidc_state_${index}=${'e'.repeat(300)}`).join('; ')

const askedAtTramworks = (turn: number): string =>
  url('https://sso.tramworks.at/as/authorization.oauth2', {
    response_type: 'code',
    scope: 'openid',
    client_id: 'monitor',
    state: `mon-${turn}-Tx`,
    redirect_uri: 'https://monitor.tramworks.at/oidc/redirect_uri',
    nonce: `mn-${turn}`,
  })

/** Cookies that did not come back, and headers that grew too large. */
export const cases2: readonly CorpusEntry[] = [
  reported(
    '13',
    'callback',
    'The login starts without www and ends with it; the state cookie stays with the host that set it',
    'auth0/nextjs-auth0/issues/250',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error', 'state-mismatch'] },
    navigate([
      {
        url: 'https://mapleandrye.com/login',
        status: 302,
        headers: { 'Set-Cookie': 'a0:state=eyJ1; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600' },
      },
      {
        url: url('https://mapleandrye.eu.auth0.com/authorize', {
          client_id: 'Rye8sQ',
          redirect_uri: 'https://www.mapleandrye.com/api/callback',
          response_type: 'code',
          scope: 'openid profile',
          state: 'eyJyZXR1cm5UbyI6Ii8ifQ',
        }),
        headers: { 'Set-Cookie': 'auth0=s%3A1; Path=/; HttpOnly; Secure; SameSite=None' },
      },
      { url: 'https://mapleandrye.eu.auth0.com/u/login?state=hKFo2S', body: html },
    ]),
    wait(14_000),
    navigate(
      [
        { url: 'https://mapleandrye.eu.auth0.com/u/login?state=hKFo2S', form: { username: 'a', password: 'x' } },
        {
          url: 'https://www.mapleandrye.com/api/callback?code=a0-Lk&state=eyJyZXR1cm5UbyI6Ii8ifQ',
          status: 500,
          body: 'Invalid request, an initial state could not be found',
        },
      ],
      { initiator: 'https://mapleandrye.eu.auth0.com' },
    ),
  ),
  reported(
    '14',
    'callback',
    'Opened at localhost, answered at 127.0.0.1: 401, the session is another one',
    'gobuffalo/buffalo/pull/422',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error'] },
    navigate([
      {
        url: 'http://localhost:3000/auth/discord',
        status: 307,
        headers: { 'Set-Cookie': 'discord_gothic_session=MTU3fA==; Path=/; Max-Age=2592000; HttpOnly' },
      },
      {
        url: url('https://discordapp.com/api/oauth2/authorize', {
          client_id: '31415926535',
          redirect_uri: 'http://127.0.0.1:3000/auth/discord/callback',
          response_type: 'code',
          scope: 'identify',
          state: '0p3nS3same0000',
        }),
        body: html,
      },
    ]),
    wait(3500),
    navigate(
      {
        url: 'http://127.0.0.1:3000/auth/discord/callback?code=dc-4&state=0p3nS3same0000',
        requestHeaders: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' },
        status: 401,
        body: page('could not find a matching session for this request'),
      },
      { initiator: 'https://discordapp.com' },
    ),
  ),
  reported(
    '17',
    'callback',
    'Client and authorization server on two ports of one host: the server’s session cookie overwrites the client’s',
    'spring-projects/spring-security/issues/8377',
    { rootCause: 'state-cookie-lost', not: ['callback-error', 'state-mismatch'] },
    navigate([
      {
        url: 'http://localhost:8080/oauth2/authorization/demo',
        headers: { 'Set-Cookie': 'JSESSIONID=AAAA1111CLIENT; Path=/; HttpOnly' },
      },
      {
        url: url('http://localhost:9000/oauth/authorize', {
          response_type: 'code',
          client_id: 'demo',
          scope: 'read',
          state: 'b8wQ2n1lA3vS0',
          redirect_uri: 'http://localhost:8080/login/oauth2/code/demo',
        }),
        requestHeaders: { Cookie: 'JSESSIONID=AAAA1111CLIENT' },
        headers: { 'Set-Cookie': 'JSESSIONID=BBBB2222SERVER; Path=/; HttpOnly' },
      },
      {
        url: 'http://localhost:9000/login',
        requestHeaders: { Cookie: 'JSESSIONID=BBBB2222SERVER' },
        body: signInPage('Please sign in'),
      },
    ]),
    wait(5000),
    navigate(
      [
        {
          url: 'http://localhost:9000/login',
          form: { username: 'user', password: 'x', _csrf: '1' },
          requestHeaders: { Cookie: 'JSESSIONID=BBBB2222SERVER' },
          headers: { 'Set-Cookie': 'JSESSIONID=CCCC3333SERVER; Path=/; HttpOnly' },
        },
        {
          url: url('http://localhost:9000/oauth/authorize', {
            response_type: 'code',
            client_id: 'demo',
            scope: 'read',
            state: 'b8wQ2n1lA3vS0',
            redirect_uri: 'http://localhost:8080/login/oauth2/code/demo',
          }),
          requestHeaders: { Cookie: 'JSESSIONID=CCCC3333SERVER' },
        },
        {
          url: 'http://localhost:8080/login/oauth2/code/demo?code=kA9&state=b8wQ2n1lA3vS0',
          requestHeaders: { Cookie: 'JSESSIONID=CCCC3333SERVER' },
          headers: { 'Set-Cookie': 'JSESSIONID=DDDD4444CLIENT; Path=/; HttpOnly' },
        },
        {
          url: 'http://localhost:8080/login?error',
          requestHeaders: { Cookie: 'JSESSIONID=DDDD4444CLIENT' },
          body: page('Login with OAuth 2.0. [authorization_request_not_found]'),
        },
      ],
      { initiator: 'http://localhost:9000' },
    ),
  ),
  reported(
    '19',
    'callback',
    'A fetch that began before the login ends after it did, and its answer writes the whole session anew',
    'authlib/authlib/issues/376',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['state-mismatch', 'callback-error'] },
    navigate([
      {
        url: 'https://lab.quietriver.org/login',
        requestHeaders: { Cookie: 'session=eyJ1Ijpu' },
        headers: { 'Set-Cookie': 'session=eyJfc3RhdGVfZ29vZ2xl; path=/; Max-Age=1209600; httponly; samesite=lax' },
      },
      {
        url: url('https://accounts.google.com/o/oauth2/v2/auth', {
          response_type: 'code',
          client_id: '900-qr.apps.googleusercontent.com',
          redirect_uri: 'https://lab.quietriver.org/auth',
          scope: 'openid email',
          state: 'nKqOgkcgN34CIF',
          nonce: 'uQ7m',
        }),
        body: html,
      },
    ]),
    call(
      {
        url: 'https://lab.quietriver.org/api/measurements?since=0',
        requestHeaders: { Cookie: 'session=eyJ1Ijpu' },
        headers: { 'Set-Cookie': 'session=eyJ1IjpudWxsfQ; path=/; Max-Age=1209600; httponly; samesite=lax' },
        body: [],
        takes: 1800,
      },
      { initiator: 'https://lab.quietriver.org' },
    ),
    wait(2500),
    navigate(
      {
        url: 'https://lab.quietriver.org/auth?state=nKqOgkcgN34CIF&code=4%2F0AX4&scope=email+openid&authuser=0&prompt=none',
        requestHeaders: { Cookie: 'session=eyJ1IjpudWxsfQ', 'Sec-Fetch-Site': 'cross-site' },
        status: 500,
        body: 'mismatching_state: CSRF Warning! State not equal in request and response.',
      },
      { initiator: 'https://accounts.google.com' },
    ),
  ),
  reported(
    '20',
    'callback',
    'The session cookie is SameSite=Strict: it stays at home when another site sends the browser back',
    'joestump/spotter/pull/162',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error', 'state-mismatch'] },
    navigate({
      url: 'https://tunes.backporch.fm/login',
      form: { user: 'joe', password: 'x' },
      headers: { 'Set-Cookie': 'spotter_token=v1.9; Path=/; Max-Age=604800; HttpOnly; Secure; SameSite=Strict' },
      status: 303,
      location: '/',
    }),
    navigate({ url: 'https://tunes.backporch.fm/', requestHeaders: { Cookie: 'spotter_token=v1.9' }, body: html }),
    wait(4000),
    navigate(
      [
        {
          url: 'https://tunes.backporch.fm/auth/spotify/login',
          requestHeaders: { Cookie: 'spotter_token=v1.9', 'Sec-Fetch-Site': 'same-origin' },
          status: 307,
        },
        {
          url: url('https://accounts.spotify.com/authorize', {
            client_id: 'b3f0',
            redirect_uri: 'https://tunes.backporch.fm/auth/spotify/callback',
            response_type: 'code',
            scope: 'user-read-email playlist-read-private',
            state: 'jJ3sDf0aPpQw',
          }),
          body: html,
        },
      ],
      { initiator: 'https://tunes.backporch.fm' },
    ),
    wait(6000),
    navigate(
      {
        url: 'https://tunes.backporch.fm/auth/spotify/callback?code=AQD-sp&state=jJ3sDf0aPpQw',
        requestHeaders: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html' },
        status: 401,
        body: 'Unauthorized',
      },
      { initiator: 'https://accounts.spotify.com' },
    ),
  ),
  reported(
    '23',
    'callback',
    'The user stayed at the sign-in page for eleven minutes; the state is a JWT that had expired',
    'supabase/auth/issues/1477',
    { rootCause: 'callback-error', not: ['state-mismatch', 'redirect-uri-not-registered'] },
    navigate(
      [
        {
          url: url('https://qpwo.supabase.co/auth/v1/authorize', {
            provider: 'google',
            redirect_to: 'https://app.ledgerleaf.com/',
          }),
        },
        {
          url: url('https://accounts.google.com/o/oauth2/v2/auth', {
            client_id: '12-ll.apps.googleusercontent.com',
            redirect_to: 'https://app.ledgerleaf.com/',
            redirect_uri: 'https://qpwo.supabase.co/auth/v1/callback',
            response_type: 'code',
            scope: 'email profile',
            state: 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3Njk4NjA4MDB9.sig',
          }),
          body: html,
        },
      ],
      { initiator: 'https://app.ledgerleaf.com' },
    ),
    wait(660_000),
    navigate(
      {
        url: url('https://qpwo.supabase.co/auth/v1/callback', {
          state: 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3Njk4NjA4MDB9.sig',
          code: '4/0AeoWuM',
          scope: 'email profile',
        }),
        status: 400,
        body: {
          code: 400,
          error_code: 'bad_oauth_state',
          msg: 'OAuth state is invalid: token is expired by 6m0s',
        },
      },
      { initiator: 'https://accounts.google.com' },
    ),
  ),
  reported(
    '25',
    'callback',
    'Apple posts its answer from its own site; the Lax session cookie is not sent along',
    'zorn-v/nextcloud-social-login/issues/539',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error', 'state-mismatch'] },
    navigate(
      [
        {
          url: 'https://files.kitehouse.net/apps/sociallogin/oauth/apple',
          requestHeaders: { Cookie: 'oc_sessionPassphrase=p1; ocabc=s1; nc_sameSiteCookiestrict=true' },
          status: 303,
          headers: { 'Set-Cookie': 'ocabc=s1; path=/; secure; HttpOnly; SameSite=Lax' },
        },
        apple('https://files.kitehouse.net/apps/sociallogin/oauth/apple', 'net.kitehouse.web', 'HA-27GBZUNWXE'),
      ],
      { initiator: 'https://files.kitehouse.net' },
    ),
    wait(240_000),
    navigate(
      {
        url: 'https://files.kitehouse.net/apps/sociallogin/oauth/apple',
        form: { state: 'HA-27GBZUNWXE', code: 'c1d2.0.rrqy.apple' },
        requestHeaders: crossSitePost('https://appleid.apple.com'),
        status: 400,
        body: page(
          'The authorization state [state=HA-27GBZUNWXE] of this page is either invalid or has already been consumed.',
        ),
      },
      { initiator: 'https://appleid.apple.com' },
    ),
  ),
  fromFile(
    reported(
      '26',
      'callback',
      'A HAR file: state mismatch at every login with Apple, whose POST brings no Lax cookie',
      'strelov1/freehire/pull/1735',
      { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error', 'state-mismatch'] },
      navigate([
        {
          url: 'https://freelance.rookery.work/auth/apple',
          status: 307,
          headers: {
            'Set-Cookie': [
              'oauth_state=T9a; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax',
              'oauth_verifier=V2b; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax',
            ],
          },
        },
        apple('https://freelance.rookery.work/auth/apple/callback', 'work.rookery.signin', 'T9a'),
      ]),
      wait(31_000),
      navigate(
        {
          url: 'https://freelance.rookery.work/auth/apple/callback',
          form: { state: 'T9a', code: 'ap.26', user: '{"name":{}}' },
          requestHeaders: crossSitePost('https://appleid.apple.com'),
          status: 400,
          body: 'state mismatch',
        },
        { initiator: 'https://appleid.apple.com' },
      ),
    ),
  ),
  reported(
    '28',
    'callback',
    'Several cookies of one login are Lax, and none of them comes with Apple’s POST',
    'boardsesh/boardsesh/pull/1269',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error', 'client-reported-error'] },
    navigate([
      {
        url: 'https://climb.sandstone.app/api/auth/signin/apple',
        form: { csrfToken: 't1', callbackUrl: 'https://climb.sandstone.app/me' },
        requestHeaders: { Cookie: '__Host-next-auth.csrf-token=t1' },
        headers: {
          'Set-Cookie': [
            '__Secure-next-auth.callback-url=https%3A%2F%2Fclimb.sandstone.app%2Fme; Path=/; HttpOnly; Secure; SameSite=Lax',
            '__Secure-next-auth.state=eyJhbGciOiJkaXIi; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=Lax',
            '__Secure-next-auth.nonce=eyJhbGciOiJkaXIj; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=Lax',
          ],
        },
      },
      apple('https://climb.sandstone.app/api/auth/callback/apple', 'app.sandstone.web', 'FlZ3', {
        nonce: 'N0nce5',
        response_type: 'code',
      }),
    ]),
    wait(150_000),
    navigate(
      [
        {
          url: 'https://climb.sandstone.app/api/auth/callback/apple',
          form: { state: 'FlZ3', code: 'ap.28' },
          requestHeaders: crossSitePost('https://appleid.apple.com'),
          status: 302,
        },
        { url: 'https://climb.sandstone.app/auth/error?error=OAuthCallback', body: html },
      ],
      { initiator: 'https://appleid.apple.com' },
    ),
  ),
  reported(
    '29',
    'callback',
    'The state cookie is Partitioned: set below one site, it does not come with the POST of another',
    'get-convex/convex-auth/issues/619',
    { rootCause: 'state-cookie-lost', not: ['callback-error', 'state-mismatch'] },
    navigate([
      {
        url: 'https://brisk-otter-41.convex.site/api/auth/signin/apple?code=verifier-1',
        headers: {
          'Set-Cookie': [
            '__Host-appleOAuthstate=x0; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=None; Partitioned',
            '__Host-appleOAuthnonce=x1; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=None; Partitioned',
          ],
        },
      },
      apple('https://brisk-otter-41.convex.site/api/auth/callback/apple', 'io.tideline.web', 'Nc5V', { nonce: 'x1' }),
    ]),
    wait(20_000),
    navigate(
      {
        url: 'https://brisk-otter-41.convex.site/api/auth/callback/apple',
        form: { state: 'Nc5V', code: 'ap.29' },
        requestHeaders: crossSitePost('https://appleid.apple.com'),
        status: 500,
        body: 'unexpected "state" response parameter encountered',
      },
      { initiator: 'https://appleid.apple.com' },
    ),
  ),
  reported(
    '32',
    'callback',
    'All single sign-on ends at /login?error since the session cookie says SameSite=Lax',
    'OpenAEV-Platform/openaev/issues/6793',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error', 'client-reported-error'] },
    navigate([
      {
        url: 'https://drill.redcliff-security.com/oauth2/authorization/entra',
        headers: { 'Set-Cookie': 'SESSION=NGU3; Path=/; Secure; HttpOnly; SameSite=Lax' },
      },
      {
        url: url('https://login.microsoftonline.com/2d1f/oauth2/v2.0/authorize', {
          response_type: 'code',
          response_mode: 'form_post',
          client_id: 'e93a',
          scope: 'openid profile email',
          state: 'O7aQ=',
          redirect_uri: 'https://drill.redcliff-security.com/login/oauth2/code/entra',
          nonce: 'Xm',
        }),
        body: html,
      },
    ]),
    wait(9000),
    navigate(
      [
        {
          url: 'https://drill.redcliff-security.com/login/oauth2/code/entra',
          form: { code: '0.Entra32', state: 'O7aQ=', session_state: '11' },
          requestHeaders: crossSitePost('https://login.microsoftonline.com'),
          headers: { 'Set-Cookie': 'SESSION=ODk5; Path=/; Secure; HttpOnly; SameSite=Lax' },
        },
        {
          url: 'https://drill.redcliff-security.com/login?error',
          requestHeaders: { Cookie: 'SESSION=ODk5' },
          body: html,
        },
      ],
      { initiator: 'https://login.microsoftonline.com' },
    ),
  ),
  reported(
    '128',
    'callback',
    'Firefox: the session cookie that was set at the start is gone at the callback, though nothing of it forbids it',
    'advplyr/audiobookshelf/issues/5127',
    { rootCause: 'state-cookie-lost', not: ['callback-error', 'state-mismatch'] },
    navigate([
      {
        url: 'https://books.larkhill.me/auth/openid?callback=https%3A%2F%2Fbooks.larkhill.me%2Flogin',
        headers: { 'Set-Cookie': 'connect.sid=s%3AabsS; Path=/; HttpOnly' },
      },
      {
        url: url('https://auth.larkhill.dev/application/o/authorize/', {
          client_id: 'abs',
          scope: 'openid profile email',
          response_type: 'code',
          redirect_uri: 'https://books.larkhill.me/auth/openid/callback',
          state: 'VqG4',
          ...pkce,
        }),
      },
      { url: 'https://auth.larkhill.dev/if/flow/default-authentication-flow/', body: html },
    ]),
    wait(25_000),
    navigate(
      {
        url: 'https://books.larkhill.me/auth/openid/callback?code=ak-7&state=VqG4',
        requestHeaders: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0' },
        status: 400,
        body: 'No session',
      },
      { initiator: 'https://auth.larkhill.dev/if/flow/default-authentication-flow/' },
    ),
  ),
  reported(
    '145',
    'callback',
    '"Correlation failed." on plain http: the framework made its cookies Secure',
    'dotnet/aspnetcore/pull/45247',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error'] },
    navigate([
      {
        url: 'http://intranet.dev.plinth.local:5000/account/login',
        headers: {
          'Set-Cookie': [
            '.AspNetCore.OpenIdConnect.Nonce.CfDJ8A=N; expires=Sat, 31 Jan 2026 12:15:00 GMT; path=/signin-oidc; secure; samesite=none; httponly',
            '.AspNetCore.Correlation.Ab9=N; expires=Sat, 31 Jan 2026 12:15:00 GMT; path=/signin-oidc; secure; samesite=none; httponly',
          ],
        },
      },
      {
        url: url('https://login.plinth-id.com/connect/authorize', {
          client_id: 'intranet',
          redirect_uri: 'http://intranet.dev.plinth.local:5000/signin-oidc',
          response_type: 'code',
          scope: 'openid profile',
          response_mode: 'form_post',
          nonce: '638.x',
          state: 'CfDJ8STATE',
          ...pkce,
        }),
        body: page('Continue'),
      },
    ]),
    wait(2000),
    navigate(
      {
        url: 'http://intranet.dev.plinth.local:5000/signin-oidc',
        form: { code: 'PL-1', scope: 'openid profile', state: 'CfDJ8STATE' },
        requestHeaders: { Origin: 'https://login.plinth-id.com' },
        status: 500,
        body: page('An unhandled exception occurred while processing the request. Exception: Correlation failed.'),
      },
      { initiator: 'https://login.plinth-id.com' },
    ),
  ),
  reported(
    '115',
    'infrastructure',
    'A tab left open over night: each poll in the background began a login, and each left a state cookie',
    'OpenIDC/mod_auth_openidc/issues/113',
    { rootCause: 'request-headers-too-large', owner: 'client', not: ['callback-error', 'state-cookie-lost'] },
    navigate([
      {
        url: 'https://monitor.tramworks.at/grafana/',
        requestHeaders: { Cookie: stateCookies(28) },
        headers: { 'Set-Cookie': 'mod_auth_openidc_state_29=e; Path=/; Secure; HttpOnly; SameSite=Lax' },
      },
      { url: askedAtTramworks(29) },
      {
        url: 'https://monitor.tramworks.at/oidc/redirect_uri?state=mon-29-Tx&code=idp-29',
        requestHeaders: { Cookie: stateCookies(29) },
        status: 400,
        body: page(
          'Bad Request. Your browser sent a request that this server could not understand. Size of a request header field exceeds server limit.',
        ),
      },
    ]),
  ),
  reported(
    '116',
    'infrastructure',
    'nginx: "Request Header Or Cookie Too Large", as nonce and correlation cookies are never taken away on http',
    'dotnet/aspnetcore/issues/43041',
    { rootCause: 'request-headers-too-large', owner: 'client', not: ['callback-error'] },
    navigate([
      {
        url: 'http://orders.fabrikwerk.de/',
        requestHeaders: { Cookie: cookies(11) },
        headers: {
          'Set-Cookie': '.AspNetCore.Correlation.z11=N; path=/signin-oidc; samesite=lax; httponly',
        },
      },
      {
        url: url('https://sts.fabrikwerk.de/connect/authorize', {
          client_id: 'orders',
          redirect_uri: 'http://orders.fabrikwerk.de/signin-oidc',
          response_type: 'code',
          scope: 'openid',
          state: 'CfDJ8zz',
          nonce: '638',
          ...pkce,
        }),
      },
      {
        url: 'http://orders.fabrikwerk.de/signin-oidc?code=FW-2&state=CfDJ8zz',
        requestHeaders: { Cookie: cookies(12) },
        status: 400,
        headers: { Server: 'nginx/1.25.3' },
        body: '<html><head><title>400 Request Header Or Cookie Too Large</title></head><body><center><h1>400 Bad Request</h1></center><center>Request Header Or Cookie Too Large</center></body></html>',
      },
    ]),
  ),
  reported(
    '118',
    'infrastructure',
    'The callback answers 502: only the proxy’s log says that the cookies of its answer were too large',
    'oauth2-proxy/oauth2-proxy/issues/26',
    { rootCause: 'callback-error', owner: 'client', not: ['state-cookie-lost', 'state-mismatch'] },
    navigate([
      {
        url: 'https://dash.ironbark.cloud/oauth2/start?rd=%2F',
        headers: { 'Set-Cookie': '_oauth2_proxy_csrf=c9; Path=/; Max-Age=900; HttpOnly; Secure' },
      },
      {
        url: url('https://login.microsoftonline.com/9c/oauth2/authorize', {
          client_id: 'd4',
          redirect_uri: 'https://dash.ironbark.cloud/oauth2/callback',
          response_type: 'code',
          scope: 'openid email profile',
          state: 'c9x:/',
        }),
      },
      {
        url: 'https://dash.ironbark.cloud/oauth2/callback?code=0.AA118&state=c9x%3A%2F&session_state=2',
        requestHeaders: { Cookie: '_oauth2_proxy_csrf=c9' },
        status: 502,
        headers: { Server: 'nginx' },
        body: '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
      },
    ]),
  ),
  reported(
    '119',
    'infrastructure',
    'The callback redirects to http, where the Secure session cookie does not go: the login begins anew, for ever',
    'workos/authkit-remix/issues/77',
    { rootCause: 'redirect-loop', owner: 'client', not: ['state-cookie-lost', 'session-cookie-too-large'] },
    navigate(
      [1, 2, 3, 4].flatMap((turn): HopSpec[] => [
        { url: 'http://hq.bluebarn.co/dashboard', status: 302 },
        {
          url: url('https://api.workos.com/user_management/authorize', {
            client_id: 'client_01H',
            provider: 'authkit',
            redirect_uri: 'https://hq.bluebarn.co/callback',
            response_type: 'code',
            state: `eyJyIjoi${turn}`,
          }),
        },
        {
          url: `https://hq.bluebarn.co/callback?code=01KWO${turn}&state=eyJyIjoi${turn}`,
          headers: {
            'Set-Cookie': `wos-session=Fe26.${turn}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=34560000`,
          },
          ...(turn === 4 && { status: 302, location: 'http://hq.bluebarn.co/dashboard' }),
        },
      ]),
    ),
  ),
  reported(
    '146',
    'callback',
    'In production the body of the form post is not read, and each answer starts the next login',
    'AzureAD/passport-azure-ad/issues/283',
    { rootCause: 'redirect-loop', owner: 'client', not: ['state-cookie-lost', 'state-mismatch'] },
    ...[1, 2, 3, 4].map((turn) =>
      navigate(
        [
          ...(turn === 1
            ? [{ url: 'https://roster.windmere.org/login' }]
            : [
                {
                  url: 'https://roster.windmere.org/auth/openid/return',
                  form: { code: `0.Aw${turn - 1}`, state: `st${turn - 1}xQ`, session_state: '3' },
                  requestHeaders: { ...crossSitePost('https://login.microsoftonline.com'), Cookie: 'connect.sid=s1' },
                },
              ]),
          {
            url: url('https://login.microsoftonline.com/windmere/oauth2/v2.0/authorize', {
              client_id: '77aa',
              response_type: 'code',
              response_mode: 'form_post',
              redirect_uri: 'https://roster.windmere.org/auth/openid/return',
              scope: 'openid profile',
              state: `st${turn}xQ`,
              nonce: `nn${turn}`,
            }),
            body: html,
          },
        ],
        { initiator: turn === 1 ? 'https://roster.windmere.org' : 'https://login.microsoftonline.com' },
      ),
    ),
  ),
]
