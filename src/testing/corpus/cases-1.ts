import { digest } from '../../analyzer/facts/digest'
import { call, challenge, jwt, navigate, seconds, START, url, verifier, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { committed, reported } from './reported-case'
import { html, page, signInPage } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

/** The PKCE pair of another login, which began before this one came back. */
const otherVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const otherChallenge = digest('S256', otherVerifier)

/** Codes that were used twice, answers that were read twice, and verifiers that were mixed up. */
export const cases1: readonly CorpusEntry[] = [
  reported(
    '1',
    'token endpoint',
    'In development only: an effect of the page runs twice, and so does the exchange of the code',
    'soofstad/react-oauth2-pkce/issues/50',
    { rootCause: 'code-redeemed-twice', owner: 'client', not: ['code-expired', 'client-secret-wrong'] },
    navigate({ url: 'http://localhost:3000/', body: html }),
    navigate(
      [
        {
          url: url('https://sso.fjordgas.no/oauth2/v2.0/authorize', {
            response_type: 'code',
            client_id: '1c0ffee0-99',
            scope: 'openid offline_access',
            redirect_uri: 'http://localhost:3000/',
            ...pkce,
          }),
        },
        { url: 'https://sso.fjordgas.no/signin', body: signInPage('Pick an account') },
      ],
      { initiator: 'http://localhost:3000' },
    ),
    wait(6000),
    navigate(
      [
        { url: 'https://sso.fjordgas.no/signin', form: { login: 'kari', passwd: 'x' } },
        { url: 'http://localhost:3000/?code=0.AQ4Afjord-1', body: html },
      ],
      { initiator: 'https://sso.fjordgas.no' },
    ),
    call(
      {
        url: 'https://sso.fjordgas.no/oauth2/v2.0/token',
        form: {
          grant_type: 'authorization_code',
          code: '0.AQ4Afjord-1',
          client_id: '1c0ffee0-99',
          redirect_uri: 'http://localhost:3000/',
          code_verifier: verifier,
        },
        requestHeaders: { Origin: 'http://localhost:3000' },
        headers: { 'Access-Control-Allow-Origin': 'http://localhost:3000' },
        body: { token_type: 'Bearer', expires_in: 3736, access_token: 'eyJ-opaque-1', refresh_token: '0.ARrt' },
        takes: 180,
      },
      { initiator: 'http://localhost:3000' },
    ),
    wait(-175),
    call(
      {
        url: 'https://sso.fjordgas.no/oauth2/v2.0/token',
        form: {
          grant_type: 'authorization_code',
          code: '0.AQ4Afjord-1',
          client_id: '1c0ffee0-99',
          redirect_uri: 'http://localhost:3000/',
          code_verifier: verifier,
        },
        requestHeaders: { Origin: 'http://localhost:3000' },
        headers: { 'Access-Control-Allow-Origin': 'http://localhost:3000' },
        status: 400,
        takes: 240,
      },
      { initiator: 'http://localhost:3000' },
    ),
  ),
  reported(
    '7',
    'token endpoint',
    'The library was configured twice, and each configuration redeems the code it finds in the URL',
    'aws-amplify/amplify-hosting/issues/107',
    { rootCause: 'code-redeemed-twice', owner: 'client', not: ['redirect-uri-differs-at-token'] },
    navigate(
      [
        {
          url: url('https://petmatch.auth.eu-west-1.amazoncognito.com/oauth2/authorize', {
            redirect_uri: 'https://main.d2xyz.amplifyapp.com/',
            response_type: 'code',
            client_id: '5k1s8petm',
            identity_provider: 'COGNITO',
            scope: 'openid email aws.cognito.signin.user.admin',
            state: 'kE8aN2gXhcJ',
            ...pkce,
          }),
        },
        { url: 'https://petmatch.auth.eu-west-1.amazoncognito.com/login?client_id=5k1s8petm', body: html },
      ],
      { initiator: 'https://main.d2xyz.amplifyapp.com' },
    ),
    wait(12_000),
    navigate(
      [
        {
          url: 'https://petmatch.auth.eu-west-1.amazoncognito.com/login?client_id=5k1s8petm',
          form: { _csrf: 'c', username: 'bo', password: 'x' },
        },
        {
          url: 'https://main.d2xyz.amplifyapp.com/?code=cog-1a2b&state=kE8aN2gXhcJ',
          body: html,
        },
      ],
      { initiator: 'https://petmatch.auth.eu-west-1.amazoncognito.com' },
    ),
    ...[undefined, { error: 'invalid_grant' }].flatMap((refused) => [
      call(
        {
          url: 'https://petmatch.auth.eu-west-1.amazoncognito.com/oauth2/token',
          text: `grant_type=authorization_code&code=cog-1a2b&client_id=5k1s8petm&redirect_uri=https%3A%2F%2Fmain.d2xyz.amplifyapp.com%2F&code_verifier=${verifier}`,
          requestHeaders: { 'Content-Type': 'application/x-www-form-urlencoded' },
          headers: { 'Access-Control-Allow-Origin': '*' },
          ...(refused
            ? { status: 400, body: refused }
            : {
                body: {
                  id_token: jwt({
                    iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pet',
                    aud: '5k1s8petm',
                    token_use: 'id',
                    iat: seconds(START),
                    exp: seconds(START) + 3600,
                  }),
                  access_token: 'cog-at-1',
                  refresh_token: 'cog-rt-1',
                  expires_in: 3600,
                  token_type: 'Bearer',
                },
              }),
        },
        { initiator: 'https://main.d2xyz.amplifyapp.com' },
      ),
      wait(15),
    ]),
  ),
  reported(
    '4',
    'token endpoint',
    'HTTP 200 with bad_verification_code: the code had been exchanged by the middleware already',
    'octokit/octokit.rb/issues/1217',
    { rootCause: 'code-redeemed-twice', owner: 'client', not: ['client-secret-wrong', 'code-expired'] },
    navigate(
      [
        {
          url: url('https://github.com/login/oauth/authorize', {
            client_id: 'Iv1.aa11bb22',
            redirect_uri: 'http://localhost:3000/auth/github/callback',
            response_type: 'code',
            scope: 'repo',
            state: '1dfe0c42',
          }),
        },
        { url: 'http://localhost:3000/auth/github/callback?code=gh-77ad&state=1dfe0c42', body: html },
      ],
      { initiator: 'http://localhost:3000' },
    ),
    ...[
      { access_token: 'gho_1', scope: 'repo', token_type: 'bearer' },
      {
        error: 'bad_verification_code',
        error_description: 'The code passed is incorrect or expired.',
        error_uri: '/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/',
      },
    ].map((body) =>
      call(
        {
          url: 'https://github.com/login/oauth/access_token',
          json: { client_id: 'Iv1.aa11bb22', client_secret: '0f1e2d3c4b5a', code: 'gh-77ad' },
          requestHeaders: { Accept: 'application/json' },
          body,
        },
        { initiator: 'http://localhost:3000' },
      ),
    ),
  ),
  reported(
    '5',
    'callback',
    'A service worker with navigation preload: the callback is fetched by the worker and by the preload',
    'AtalayaLabs/OxiCloud/issues/510',
    { rootCause: 'callback-fetched-twice', owner: 'client', not: ['state-cookie-lost', 'state-mismatch'] },
    navigate([
      {
        url: 'https://cloud.homelab.dev/api/auth/oidc/authorize',
        headers: { 'Cache-Control': 'no-store' },
      },
      {
        url: url('https://id.homelab.dev/api/oidc/authorization', {
          response_type: 'code',
          client_id: 'oxide',
          redirect_uri: 'https://cloud.homelab.dev/api/auth/oidc/callback',
          scope: 'openid profile email',
          state: 'b7d2a4c0e5f1',
          nonce: '3e0a5c19',
          ...pkce,
        }),
      },
      { url: 'https://id.homelab.dev/consent', body: signInPage('Consent') },
    ]),
    wait(3000),
    navigate(
      [
        { url: 'https://id.homelab.dev/consent', form: { accept: 'yes' } },
        {
          url: 'https://cloud.homelab.dev/api/auth/oidc/callback?code=authelia_ac_9k&state=b7d2a4c0e5f1',
          requestHeaders: { 'Service-Worker-Navigation-Preload': 'true', 'Sec-Fetch-Mode': 'navigate' },
          status: 302,
          location: 'https://cloud.homelab.dev/login?code=handoff-1',
        },
      ],
      { initiator: 'https://id.homelab.dev' },
    ),
    wait(380),
    navigate(
      {
        url: 'https://cloud.homelab.dev/api/auth/oidc/callback?code=authelia_ac_9k&state=b7d2a4c0e5f1',
        requestHeaders: { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
        status: 403,
        body: { error: 'Invalid or expired OIDC state' },
      },
      { initiator: 'https://id.homelab.dev' },
    ),
  ),
  reported(
    '8',
    'callback',
    'The callback handler ran twice: the page is logged in, and yet reports a missing state',
    'DuendeArchive/identity-model-oidc-client-js/issues/1044',
    { rootCause: null },
    navigate(
      [
        {
          url: url('https://sts.parcelworks.com/connect/authorize', {
            client_id: 'tracking',
            redirect_uri: 'https://track.parcelworks.com/signin',
            response_type: 'code',
            scope: 'openid tracking',
            state: '5a2c1e',
            ...pkce,
          }),
        },
        { url: 'https://track.parcelworks.com/signin?code=PW-1&scope=openid%20tracking&state=5a2c1e', body: html },
      ],
      { initiator: 'https://track.parcelworks.com' },
    ),
    call(
      {
        url: 'https://sts.parcelworks.com/connect/token',
        form: {
          client_id: 'tracking',
          code: 'PW-1',
          redirect_uri: 'https://track.parcelworks.com/signin',
          code_verifier: verifier,
          grant_type: 'authorization_code',
        },
        headers: { 'Access-Control-Allow-Origin': 'https://track.parcelworks.com' },
        body: { access_token: 'pw-at-1', expires_in: 3600, token_type: 'Bearer', scope: 'openid tracking' },
      },
      { initiator: 'https://track.parcelworks.com' },
    ),
    wait(30_000),
  ),
  reported(
    '10',
    'callback',
    'A reload of a page that kept code and state in its address logs the user out, which no request shows',
    'authts/react-oidc-context/issues/445',
    { rootCause: null, says: 'code-in-history' },
    navigate(
      [
        {
          url: url('https://kc.greenhouse.farm/realms/crops/protocol/openid-connect/auth', {
            client_id: 'crop-ui',
            redirect_uri: 'https://crops.greenhouse.farm/',
            response_type: 'code',
            scope: 'openid',
            state: '9e7d4f2a',
            ...pkce,
          }),
        },
        {
          url: 'https://crops.greenhouse.farm/?state=9e7d4f2a&session_state=77c1&iss=https%3A%2F%2Fkc.greenhouse.farm%2Frealms%2Fcrops&code=kc-55',
          body: html,
        },
      ],
      { initiator: 'https://crops.greenhouse.farm' },
    ),
    call(
      {
        url: 'https://kc.greenhouse.farm/realms/crops/protocol/openid-connect/token',
        form: {
          grant_type: 'authorization_code',
          redirect_uri: 'https://crops.greenhouse.farm/',
          code: 'kc-55',
          code_verifier: verifier,
          client_id: 'crop-ui',
        },
        headers: { 'Access-Control-Allow-Origin': 'https://crops.greenhouse.farm' },
        body: { access_token: 'kc-at', expires_in: 300, token_type: 'Bearer' },
      },
      { initiator: 'https://crops.greenhouse.farm' },
    ),
    wait(95_000),
    navigate({
      url: 'https://crops.greenhouse.farm/?state=9e7d4f2a&session_state=77c1&iss=https%3A%2F%2Fkc.greenhouse.farm%2Frealms%2Fcrops&code=kc-55',
      body: html,
    }),
    committed(
      'https://crops.greenhouse.farm/?state=9e7d4f2a&session_state=77c1&iss=https%3A%2F%2Fkc.greenhouse.farm%2Frealms%2Fcrops&code=kc-55',
      { transitionType: 'reload' },
    ),
    wait(30_000),
  ),
  reported(
    '16',
    'callback',
    'The page was opened at localhost, its answer goes to 127.0.0.1: state and verifier are stored elsewhere',
    'bluesky-social/atproto-website/issues/699',
    { rootCause: 'state-storage-origin-mismatch', owner: 'client', not: ['state-mismatch', 'state-never-sent'] },
    navigate({ url: 'http://localhost:3000/', body: html }),
    call(
      {
        url: 'https://social.hearthside.net/.well-known/oauth-authorization-server',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          issuer: 'https://social.hearthside.net',
          authorization_endpoint: 'https://social.hearthside.net/oauth/authorize',
          token_endpoint: 'https://social.hearthside.net/oauth/token',
          pushed_authorization_request_endpoint: 'https://social.hearthside.net/oauth/par',
          require_pushed_authorization_requests: true,
          response_types_supported: ['code'],
          code_challenge_methods_supported: ['S256'],
          dpop_signing_alg_values_supported: ['ES256'],
        },
      },
      { initiator: 'http://localhost:3000' },
    ),
    call(
      {
        url: 'https://social.hearthside.net/oauth/par',
        form: {
          client_id: 'http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2F&scope=atproto',
          redirect_uri: 'http://127.0.0.1:3000/',
          response_type: 'code',
          response_mode: 'fragment',
          scope: 'atproto',
          state: 'hs-91-state',
          ...pkce,
        },
        status: 201,
        headers: { 'Access-Control-Allow-Origin': '*', 'DPoP-Nonce': 'n1' },
        body: { request_uri: 'urn:ietf:params:oauth:request_uri:req-77', expires_in: 300 },
      },
      { initiator: 'http://localhost:3000' },
    ),
    navigate(
      {
        url: url('https://social.hearthside.net/oauth/authorize', {
          client_id: 'http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2F&scope=atproto',
          request_uri: 'urn:ietf:params:oauth:request_uri:req-77',
        }),
        body: signInPage('Sign in'),
      },
      { initiator: 'http://localhost:3000' },
    ),
    wait(9000),
    navigate(
      {
        url: 'http://127.0.0.1:3000/#iss=https%3A%2F%2Fsocial.hearthside.net&state=hs-91-state&code=cod-4be1',
        body: html,
      },
      { initiator: 'https://social.hearthside.net' },
    ),
    wait(30_000),
  ),
  reported(
    '22',
    'callback',
    'The redirect that starts the login came from the browser’s cache: an old state, and no cookie for it',
    'oauth2-proxy/oauth2-proxy/issues/1098',
    { rootCause: 'auth-redirect-cached', owner: 'client', not: ['state-cookie-lost', 'state-mismatch'] },
    navigate([
      {
        url: 'https://wiki.stonebridge.org/oauth2/start?rd=%2F',
        headers: {
          'Set-Cookie': '_oauth2_proxy_csrf=k1; Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Lax',
          'Cache-Control': 'max-age=3600',
        },
      },
      {
        url: url('https://idm.stonebridge.org/auth', {
          approval_prompt: 'force',
          client_id: 'wiki',
          redirect_uri: 'https://wiki.stonebridge.org/oauth2/callback',
          response_type: 'code',
          scope: 'openid email profile',
          state: 'XQm1:/',
        }),
      },
      {
        url: 'https://wiki.stonebridge.org/oauth2/callback?code=dex-1&state=XQm1%3A%2F',
        requestHeaders: { Cookie: '_oauth2_proxy_csrf=k1' },
        status: 302,
        location: 'https://wiki.stonebridge.org/',
        headers: {
          'Set-Cookie': [
            '_oauth2_proxy_csrf=; Path=/; Max-Age=0',
            '_oauth2_proxy=s1; Path=/; Max-Age=1200; HttpOnly; Secure; SameSite=Lax',
          ],
        },
      },
      {
        url: 'https://wiki.stonebridge.org/',
        requestHeaders: { Cookie: '_oauth2_proxy=s1' },
        body: page('Wiki'),
      },
    ]),
    wait(1_500_000),
    (emit, clock) => {
      const requestId = String(clock.requests + 1)
      const start = { requestId, url: 'https://wiki.stonebridge.org/oauth2/start?rd=%2F' }
      emit({
        type: 'request.started',
        ...start,
        at: clock.now,
        method: 'GET',
        resourceType: 'main_frame',
        tabId: 1,
        frameId: 0,
        parentFrameId: -1,
      })
      const redirectUrl = url('https://idm.stonebridge.org/auth', {
        approval_prompt: 'force',
        client_id: 'wiki',
        redirect_uri: 'https://wiki.stonebridge.org/oauth2/callback',
        response_type: 'code',
        scope: 'openid email profile',
        state: 'XQm1:/',
      })
      emit({ type: 'request.redirected', ...start, at: clock.now + 2, redirectUrl, status: 302, fromCache: true })
      clock.now += 3
    },
    navigate([
      {
        url: url('https://idm.stonebridge.org/auth', {
          approval_prompt: 'force',
          client_id: 'wiki',
          redirect_uri: 'https://wiki.stonebridge.org/oauth2/callback',
          response_type: 'code',
          scope: 'openid email profile',
          state: 'XQm1:/',
        }),
      },
      {
        url: 'https://wiki.stonebridge.org/oauth2/callback?code=dex-2&state=XQm1%3A%2F',
        status: 403,
        body: page('403 Permission Denied. Invalid Parameter: unable to find a valid CSRF token. Please try again.'),
      },
    ]),
  ),
  reported(
    '44',
    'popup',
    'hash_empty_error: the router of the page in the popup removes the answer before its opener reads it',
    'AzureAD/microsoft-authentication-library-for-js/issues/4573',
    { rootCause: 'callback-params-stripped-by-router', owner: 'client', not: ['state-mismatch', 'user-denied'] },
    (emit, clock) => emit({ type: 'tab.opened', at: clock.now, tabId: 5, openerTabId: 1 }),
    navigate(
      [
        {
          url: url('https://login.microsoftonline.com/common/oauth2/v2.0/authorize', {
            client_id: '0b53d2c1-1f2f-4f0f-8c8c-2b2b3c3c4d4d',
            scope: 'User.Read openid profile offline_access',
            redirect_uri: 'http://localhost:4200',
            response_mode: 'fragment',
            response_type: 'code',
            state: 'eyJpZCI6IjU1In0=',
            nonce: '8d0c',
            ...pkce,
          }),
        },
        {
          url: 'http://localhost:4200/#code=0.AXkAp44&client_info=eyJ&state=eyJpZCI6IjU1In0%3D&session_state=9',
          body: html,
        },
      ],
      { tab: 5, initiator: 'http://localhost:4200' },
    ),
    committed('http://localhost:4200/#code=0.AXkAp44&client_info=eyJ&state=eyJpZCI6IjU1In0%3D&session_state=9', {
      tabId: 5,
    }),
    wait(420),
    committed('http://localhost:4200/home', { tabId: 5, how: 'history' }),
    wait(60_000),
  ),
  reported(
    '67',
    'token endpoint',
    'Two tabs renew at the same time and share one slot of storage: the verifier is the other tab’s',
    'manfredsteyer/angular-oauth2-oidc/issues/1445',
    {
      rootCause: 'pkce-verifier-from-other-request',
      owner: 'client',
      not: ['pkce-verifier-mismatch', 'code-redeemed-twice', 'code-expired'],
    },
    ...[
      { tab: 1, state: 'sr-1', code: 'DU-1', code_challenge: otherChallenge },
      { tab: 2, state: 'sr-2', code: 'DU-2', code_challenge: challenge },
    ].map(({ tab, state, code, code_challenge }) =>
      navigate(
        [
          {
            url: url('https://identity.claimdesk.com/connect/authorize', {
              response_type: 'code',
              client_id: 'claims-ng',
              state,
              redirect_uri: 'https://desk.claimdesk.com/silent-refresh.html',
              scope: 'openid profile claims',
              nonce: `n-${state}`,
              prompt: 'none',
              code_challenge,
              code_challenge_method: 'S256',
            }),
          },
          {
            url: url('https://desk.claimdesk.com/silent-refresh.html', { code, scope: 'openid profile claims', state }),
            body: html,
          },
        ],
        { tab, type: 'sub_frame', frame: 20 + tab, initiator: 'https://desk.claimdesk.com' },
      ),
    ),
    ...[
      { tab: 2, code: 'DU-2', sent: otherVerifier },
      { tab: 1, code: 'DU-1', sent: undefined },
    ].map(({ tab, code, sent }) =>
      call(
        {
          url: 'https://identity.claimdesk.com/connect/token',
          form: {
            grant_type: 'authorization_code',
            code,
            redirect_uri: 'https://desk.claimdesk.com/silent-refresh.html',
            code_verifier: sent ?? otherVerifier,
            client_id: 'claims-ng',
          },
          headers: { 'Access-Control-Allow-Origin': 'https://desk.claimdesk.com' },
          ...(sent
            ? { status: 400, body: { error: 'invalid_grant' } }
            : { body: { access_token: 'du-at', expires_in: 3600, token_type: 'Bearer' } }),
        },
        { tab, initiator: 'https://desk.claimdesk.com' },
      ),
    ),
  ),
  reported(
    '61',
    'token endpoint',
    'Two redirect URLs in one string, separated by a comma',
    'aws-amplify/amplify-js/issues/9270',
    { rootCause: 'redirect-uri-malformed', owner: 'client', not: ['code-redeemed-twice', 'code-expired'] },
    navigate(
      {
        url: url('https://garden.auth.us-east-1.amazoncognito.com/oauth2/authorize', {
          redirect_uri: 'http://localhost:3000/,https://app.gardenly.com/',
          response_type: 'code',
          client_id: '6hq2garden',
          identity_provider: 'Google',
          scope: 'email openid',
          state: 'u8TxV',
          ...pkce,
        }),
        location: 'https://garden.auth.us-east-1.amazoncognito.com/error?error=redirect_mismatch&client_id=6hq2garden',
      },
      { initiator: 'https://app.gardenly.com' },
    ),
    navigate({
      url: 'https://garden.auth.us-east-1.amazoncognito.com/error?error=redirect_mismatch&client_id=6hq2garden',
      status: 400,
      body: page('An error was encountered with the requested page.'),
    }),
  ),
  reported(
    '109',
    'callback',
    'The clock of the machine is ten minutes slow: the page throws its ID token away and logs in again, for ever',
    'DuendeArchive/identity-model-oidc-client-js/issues/884',
    { rootCause: 'client-clock-skew', not: ['id-token-expired', 'nonce-mismatch'] },
    ...[1, 2, 3, 4].flatMap((turn) => [
      navigate(
        [
          {
            url: url('https://ids.metrolab.com/connect/authorize', {
              client_id: 'bench',
              redirect_uri: 'https://bench.metrolab.com/callback',
              response_type: 'code',
              scope: 'openid bench',
              state: `lp-${turn}`,
              nonce: `nn-${turn}`,
              ...pkce,
            }),
            headers: { Date: new Date(START + turn * 2000 + 600_000).toUTCString() },
          },
          {
            url: `https://bench.metrolab.com/callback?code=ML-${turn}&scope=openid%20bench&state=lp-${turn}`,
            body: html,
          },
        ],
        { initiator: 'https://bench.metrolab.com' },
      ),
      call(
        {
          url: 'https://ids.metrolab.com/connect/token',
          form: {
            client_id: 'bench',
            code: `ML-${turn}`,
            redirect_uri: 'https://bench.metrolab.com/callback',
            code_verifier: verifier,
            grant_type: 'authorization_code',
          },
          headers: {
            'Access-Control-Allow-Origin': 'https://bench.metrolab.com',
            Date: new Date(START + turn * 2000 + 600_000).toUTCString(),
          },
          body: {
            access_token: `ml-at-${turn}`,
            token_type: 'Bearer',
            expires_in: 3600,
            id_token: jwt({
              iss: 'https://ids.metrolab.com',
              aud: 'bench',
              sub: '7',
              nonce: `nn-${turn}`,
              iat: seconds(START) + turn * 2 + 600,
              nbf: seconds(START) + turn * 2 + 600,
              exp: seconds(START) + turn * 2 + 900,
            }),
          },
        },
        { initiator: 'https://bench.metrolab.com' },
      ),
      wait(1800),
    ]),
  ),
  reported(
    '110',
    'callback',
    'A machine two hours ahead takes every fresh token for expired and asks for the next one',
    'zitadel/zitadel/issues/9419',
    { rootCause: 'client-clock-skew', not: ['id-token-expired', 'nonce-mismatch'] },
    ...[1, 2, 3, 4].flatMap((turn) => [
      navigate(
        [
          {
            url: url('https://iam.cloverfield.ch/oauth/v2/authorize', {
              client_id: '170086774599581953@cloverfield',
              redirect_uri: 'https://iam.cloverfield.ch/ui/console/auth/callback',
              response_type: 'code',
              scope: 'openid profile email',
              state: `zz-${turn}`,
              nonce: `zn-${turn}`,
              ...pkce,
            }),
            headers: { Date: new Date(START + turn * 1500 - 7_200_000).toUTCString() },
          },
          { url: `https://iam.cloverfield.ch/ui/console/auth/callback?code=Z-${turn}&state=zz-${turn}`, body: html },
        ],
        { initiator: 'https://iam.cloverfield.ch' },
      ),
      call(
        {
          url: 'https://iam.cloverfield.ch/oauth/v2/token',
          form: {
            grant_type: 'authorization_code',
            code: `Z-${turn}`,
            redirect_uri: 'https://iam.cloverfield.ch/ui/console/auth/callback',
            code_verifier: verifier,
            client_id: '170086774599581953@cloverfield',
          },
          headers: { Date: new Date(START + turn * 1500 - 7_200_000).toUTCString() },
          body: {
            access_token: `zit-at-${turn}`,
            token_type: 'Bearer',
            expires_in: 3599,
            id_token: jwt({
              iss: 'https://iam.cloverfield.ch',
              aud: ['170086774599581953@cloverfield'],
              azp: '170086774599581953@cloverfield',
              sub: '17',
              nonce: `zn-${turn}`,
              iat: seconds(START) + turn - 7200,
              exp: seconds(START) + turn - 3600,
            }),
          },
        },
        { initiator: 'https://iam.cloverfield.ch' },
      ),
      wait(1200),
    ]),
  ),
]
