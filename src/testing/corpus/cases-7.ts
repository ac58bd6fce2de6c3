import { call, challenge, jwt, navigate, seconds, START, url, verifier, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { byWorker, reported } from './reported-case'
import { crossSitePost, fromFile, html, page, signInPage } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

const graphToken = jwt(
  {
    aud: '00000003-0000-0000-c000-000000000000',
    iss: 'https://sts.windows.net/7b/',
    appid: '97-kelp',
    scp: 'openid profile User.Read',
    iat: seconds(START),
    exp: seconds(START) + 4000,
  },
  { nonce: 'Zq3', kid: 'nOo3' },
)

/** What the link of the mail carries for the page that it opens: the request of the login it goes on with. */
const paperboat = {
  tenantId: '30663132-6464-6665-3032-326466613934',
  client_id: 'pb-press',
  redirect_uri: 'https://paperboat.press/oauth/callback',
  response_type: 'code',
  scope: 'openid offline_access',
  state: 'pb-629-4f6a1b77c0',
}

/** Names that only one provider uses, and causes of which the browser sees no more than the symptom. */
export const cases7: readonly CorpusEntry[] = [
  reported(
    '11',
    'callback',
    'The login library of the pages takes the answer of another integration for its own, and the code goes nowhere',
    'authts/oidc-client-ts/issues/1487',
    {
      rootCause: 'foreign-code-param-swallowed',
      owner: 'client',
      not: ['state-mismatch', 'state-never-sent', 'state-storage-origin-mismatch'],
    },
    navigate(
      [
        {
          url: url('https://login.tidycalendar.com/realms/main/protocol/openid-connect/auth', {
            client_id: 'calendar',
            redirect_uri: 'https://app.tidycalendar.com/',
            response_type: 'code',
            scope: 'openid',
            state: 'c0a1d2',
            ...pkce,
          }),
        },
        { url: 'https://app.tidycalendar.com/?state=c0a1d2&session_state=1&code=kc-9', body: html },
      ],
      { initiator: 'https://app.tidycalendar.com' },
    ),
    call(
      {
        url: 'https://login.tidycalendar.com/realms/main/protocol/openid-connect/token',
        form: {
          grant_type: 'authorization_code',
          redirect_uri: 'https://app.tidycalendar.com/',
          code: 'kc-9',
          code_verifier: verifier,
          client_id: 'calendar',
        },
        headers: { 'Access-Control-Allow-Origin': 'https://app.tidycalendar.com' },
        body: { access_token: 'kc-at', expires_in: 300, token_type: 'Bearer' },
      },
      { initiator: 'https://app.tidycalendar.com' },
    ),
    wait(60_000),
    navigate(
      [
        {
          url: url('https://accounts.google.com/o/oauth2/v2/auth', {
            client_id: '33-cal.apps.googleusercontent.com',
            redirect_uri: 'https://app.tidycalendar.com/settings/integrations',
            response_type: 'code',
            scope: 'https://www.googleapis.com/auth/calendar',
            access_type: 'offline',
            state: '{"integration":"calendar"}',
          }),
        },
        { url: 'https://accounts.google.com/signin/oauth/consent', body: signInPage('Choose an account') },
      ],
      { initiator: 'https://app.tidycalendar.com' },
    ),
    wait(5000),
    navigate(
      {
        url: url('https://app.tidycalendar.com/settings/integrations', {
          state: '{"integration":"calendar"}',
          code: '1233434',
          scope: 'https://www.googleapis.com/auth/calendar',
          authuser: '0',
          prompt: 'consent',
        }),
        body: html,
      },
      { initiator: 'https://accounts.google.com' },
    ),
    wait(40_000),
  ),
  reported(
    '31',
    'callback',
    'The session cookie is SameSite=Lax, so Apple’s form_post comes without it, and the sign-in page of the client shows again',
    'nhosoya/omniauth-apple/issues/54',
    {
      rootCause: 'state-cookie-lost',
      owner: 'client',
      not: ['callback-error', 'state-mismatch', 'client-reported-error'],
    },
    navigate([
      {
        url: 'https://members.oakfield-coop.jp/users/auth/apple',
        form: { authenticity_token: 'tok' },
        headers: { 'Set-Cookie': '_oakfield_session=Zm9v; path=/; secure; HttpOnly; SameSite=Lax' },
      },
      {
        url: url('https://appleid.apple.com/auth/authorize', {
          client_id: 'jp.oakfield.members',
          redirect_uri: 'https://members.oakfield-coop.jp/users/auth/apple/callback',
          response_type: 'code id_token',
          response_mode: 'form_post',
          scope: 'name email',
          state: 'be82d1',
          nonce: '4fd1',
        }),
        headers: { 'Set-Cookie': 'aidsp=eyJ; Secure; HttpOnly; Domain=.apple.com; Path=/' },
        body: signInPage('Sign in with your Apple Account'),
      },
    ]),
    wait(18_000),
    navigate(
      [
        {
          url: 'https://members.oakfield-coop.jp/users/auth/apple/callback',
          form: {
            state: 'be82d1',
            code: 'ap.31',
            id_token: jwt({
              iss: 'https://appleid.apple.com',
              aud: 'jp.oakfield.members',
              sub: '001.2',
              nonce: '4fd1',
              iat: seconds(START) + 18,
              exp: seconds(START) + 86_418,
            }),
          },
          requestHeaders: crossSitePost('https://appleid.apple.com'),
          headers: { 'Set-Cookie': '_oakfield_session=bmV3; path=/; secure; HttpOnly; SameSite=Lax' },
        },
        {
          url: 'https://members.oakfield-coop.jp/auth/failure?message=csrf_detected&strategy=apple',
          status: 302,
          location: '/users/sign_in',
        },
        {
          url: 'https://members.oakfield-coop.jp/users/sign_in',
          body: '<!doctype html><html><body><p>Could not authenticate you from Apple</p><form action="https://members.oakfield-coop.jp/users/auth/apple" method="post"><button>Sign in with Apple</button></form></body></html>',
        },
      ],
      { initiator: 'https://appleid.apple.com' },
    ),
  ),
  reported(
    '97',
    'API',
    '"The signature is invalid": the token names Microsoft Graph by number, and another API got it',
    'Azure-Samples/ms-identity-javascript-react-spa-dotnetcore-webapi-obo/issues/33',
    {
      rootCause: 'access-token-audience',
      owner: 'client',
      not: ['access-token-expired', 'signing-key-not-found-by-api'],
      byProvider: 'The audience is a number; its provider’s data alone say whose it is.',
    },
    navigate(
      [
        {
          url: url('https://login.microsoftonline.com/7b/oauth2/v2.0/authorize', {
            client_id: '97-kelp',
            response_type: 'code',
            redirect_uri: 'https://kelp.azurewebsites.net/cb',
            scope: 'profile User.Read',
            state: 'hV2kS9dQwXz0aLmE',
            ...pkce,
          }),
        },
        { url: 'https://kelp.azurewebsites.net/cb?code=0.AX97&state=hV2kS9dQwXz0aLmE', body: html },
      ],
      { initiator: 'https://kelp.azurewebsites.net' },
    ),
    call(
      {
        url: 'https://login.microsoftonline.com/7b/oauth2/v2.0/token',
        form: {
          grant_type: 'authorization_code',
          client_id: '97-kelp',
          code: '0.AX97',
          redirect_uri: 'https://kelp.azurewebsites.net/cb',
          code_verifier: verifier,
        },
        headers: { 'Access-Control-Allow-Origin': 'https://kelp.azurewebsites.net' },
        body: { token_type: 'Bearer', scope: 'openid profile User.Read', expires_in: 4000, access_token: graphToken },
      },
      { initiator: 'https://kelp.azurewebsites.net' },
    ),
    call(
      {
        url: 'https://localhost:44351/api/profile',
        requestHeaders: { Authorization: `Bearer ${graphToken}`, Origin: 'https://kelp.azurewebsites.net' },
        status: 401,
        headers: {
          'Access-Control-Allow-Origin': 'https://kelp.azurewebsites.net',
          'WWW-Authenticate': 'Bearer error="invalid_token", error_description="The signature is invalid"',
        },
      },
      { initiator: 'https://kelp.azurewebsites.net' },
    ),
  ),
  reported(
    '125',
    'infrastructure',
    'The first visit logs in; from the next one on the service worker answers the link that starts the login',
    'mozilla-ai/clawbolt/issues/711',
    {
      rootCause: 'service-worker-swallows-callback',
      owner: 'client',
      not: ['login-start-refused', 'code-not-redeemed', 'silent-timeout'],
    },
    navigate(
      [
        {
          url: 'https://claw.tidepool.dev/api/auth/oauth/google',
          headers: { 'Set-Cookie': 'oauth_state=cl711; Path=/api/auth; HttpOnly; Secure; SameSite=Lax' },
        },
        {
          url: url('https://accounts.google.com/o/oauth2/v2/auth', {
            client_id: '711-claw.apps.googleusercontent.com',
            redirect_uri: 'https://claw.tidepool.dev/api/auth/oauth/google/callback',
            response_type: 'code',
            scope: 'openid email profile',
            state: 'cl711-4f6a1b',
          }),
        },
        {
          url: 'https://claw.tidepool.dev/api/auth/oauth/google/callback?state=cl711-4f6a1b&code=4%2F0711',
          requestHeaders: { Cookie: 'oauth_state=cl711' },
          headers: { 'Set-Cookie': 'session=s711; Path=/; HttpOnly; Secure; SameSite=Lax' },
        },
        { url: 'https://claw.tidepool.dev/', body: html },
      ],
      { initiator: 'https://claw.tidepool.dev' },
    ),
    wait(900_000),
    byWorker('https://claw.tidepool.dev/', 200, html),
    wait(3000),
    byWorker('https://claw.tidepool.dev/api/auth/oauth/google', 200, html),
    wait(20_000),
  ),
  fromFile(
    reported(
      '131',
      'logout',
      'A HAR file: Keycloak 18 refuses the redirect_uri of the logout, whose name has changed',
      'stevenmaguire/oauth2-keycloak/issues/46',
      {
        rootCause: 'logout-legacy-parameter',
        owner: 'client',
        not: ['redirect-uri-not-registered'],
        byProvider:
          'The request names only redirect_uri, and no metadata was read; its path alone says that it is a logout.',
      },
      navigate([
        { url: 'https://library.bindery.org/logout' },
        {
          url: url('https://sso.bindery.org/auth/realms/readers/protocol/openid-connect/logout', {
            redirect_uri: 'https://library.bindery.org/',
          }),
          status: 400,
          body: page('We are sorry... Invalid parameter: redirect_uri'),
        },
      ]),
    ),
  ),
  reported(
    '139',
    'popup',
    'The Google button is refused at http://localhost:3000: it also wants http://localhost registered',
    'MomenSherif/react-oauth/issues/98',
    {
      rootCause: 'js-origin-not-registered',
      owner: 'authorization_server',
      not: ['access-token-rejected'],
      byProvider: 'The frame of the button names no protocol parameter but client_id; its path alone says whose it is.',
    },
    navigate({ url: 'http://localhost:3000/login', body: html }),
    navigate(
      {
        url: 'https://accounts.google.com/gsi/button?type=standard&client_id=98-react.apps.googleusercontent.com&iframe_id=gsi_5',
        requestHeaders: { Referer: 'http://localhost:3000/' },
        status: 403,
        body: page('The given origin is not allowed for the given client ID.'),
      },
      { type: 'sub_frame', frame: 5, initiator: 'http://localhost:3000' },
    ),
    wait(20_000),
  ),

  reported(
    '140',
    'popup',
    'The Google button is refused although its origin is registered: the page’s Referrer-Policy hides the origin',
    'MomenSherif/react-oauth/issues/228',
    {
      rootCause: 'js-origin-not-registered',
      owner: 'client',
      byProvider: 'The frame of the button names no protocol parameter but client_id; its path alone says whose it is.',
    },
    navigate({ url: 'https://seedbank.farm/login', headers: { 'Referrer-Policy': 'no-referrer' }, body: html }),
    navigate(
      {
        url: 'https://accounts.google.com/gsi/button?theme=outline&client_id=140-seed.apps.googleusercontent.com&iframe_id=gsi_8',
        status: 403,
        body: page('The given origin is not allowed for the given client ID.'),
      },
      { type: 'sub_frame', frame: 8, initiator: 'https://seedbank.farm' },
    ),
    wait(20_000),
  ),
  reported(
    '143',
    'callback',
    'A sign-in link that Outlook had rewritten, and opened ahead of the user: the server says that it was used already',
    'FusionAuth/fusionauth-issues/issues/629',
    {
      rootCause: 'one-time-link-used-up',
      owner: 'authorization_server',
      not: ['authorization-request-refused', 'redirect-uri-not-registered', 'client-id-unknown'],
    },
    navigate([
      {
        url: url('https://eur02.safelinks.protection.outlook.com/', {
          url: url('https://sso.paperboat.press/oauth2/passwordless/qX7-one-time', paperboat),
          data: '05|02',
          reserved: '0',
        }),
      },
      {
        url: url('https://sso.paperboat.press/oauth2/passwordless/qX7-one-time', paperboat),
        status: 400,
        body: page('Your link has expired or has been used already.'),
      },
    ]),
    wait(20_000),
  ),
  reported(
    '148',
    'callback',
    'An old build from the service worker’s cache redeems the code; the server knows its way no more',
    'elizaOS/eliza/issues/14391',
    { rootCause: 'old-page-redeems-code', owner: 'client', not: ['service-worker-swallows-callback', 'code-expired'] },
    navigate(
      {
        url: url('https://auth.millrace.ai/authorize', {
          client_id: 'millrace-web',
          redirect_uri: 'https://millrace.ai/login',
          response_type: 'code',
          scope: 'openid profile',
          state: 'mr-148-s7',
          ...pkce,
        }),
        status: 302,
        location: 'https://millrace.ai/login?code=mr148code&state=mr-148-s7',
      },
      { initiator: 'https://millrace.ai' },
    ),
    byWorker('https://millrace.ai/login?code=mr148code&state=mr-148-s7', 200, html, [
      { name: 'Date', value: 'Sat, 24 Jan 2026 08:12:40 GMT' },
    ]),
    call(
      {
        url: 'https://auth.millrace.ai/token',
        form: {
          grant_type: 'authorization_code',
          client_id: 'millrace-web',
          code: 'mr148code',
          redirect_uri: 'https://millrace.ai/login',
          code_verifier: verifier,
        },
        status: 401,
        headers: { 'Access-Control-Allow-Origin': 'https://millrace.ai' },
        body: { error: 'Invalid token' },
      },
      { initiator: 'https://millrace.ai' },
    ),
  ),
]
