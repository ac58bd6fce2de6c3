import type { Recording, CaptureEvent, EpochMs, Header, ObservedEntry } from '../../model/recording'

const APP = 'http://localhost:5173'
const SERVER = 'https://login.example/realms/demo'
const PROTOCOL = `${SERVER}/protocol/openid-connect`
const API = 'https://api.example'

const MINUTE = 60_000

const base64url = (value: object): string =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Looks like a signed token; the signature is invented, since nobody has the key of the sample. */
const token = (type: string, claims: object): string =>
  `${base64url({ alg: 'RS256', typ: type, kid: 'demo-2026-01' })}.${base64url(claims)}.c2FtcGxlLXNpZ25hdHVyZS1vZi1sb2dpbnNjb3Bl`

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

const json = (body: object) => ({
  kind: 'text' as const,
  mimeType: 'application/json',
  text: JSON.stringify(body),
})

const headers = (fields: Record<string, string>): readonly Header[] =>
  Object.entries(fields).map(([name, value]) => ({ name, value }))

interface Attempt {
  readonly redirect_uri: string
  readonly state: string
  readonly nonce: string
  readonly code_challenge: string
}

const authorizationUrl = (attempt: Attempt): string =>
  `${PROTOCOL}/auth?${form({
    client_id: 'my-spa',
    redirect_uri: attempt.redirect_uri,
    response_type: 'code',
    scope: 'openid profile email',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: attempt.code_challenge,
    code_challenge_method: 'S256',
  })}`

const document = (
  at: EpochMs,
  entry: Pick<ObservedEntry, 'method' | 'url'> & Partial<ObservedEntry>,
): ObservedEntry => ({
  startedDateTime: at,
  time: 60,
  status: 200,
  resourceType: 'main_frame',
  requestHeaders: headers({ Accept: 'text/html', 'User-Agent': 'Mozilla/5.0 (sample)' }),
  responseHeaders: headers({ 'Content-Type': 'text/html', Date: new Date(at).toUTCString() }),
  ...entry,
})

const call = (at: EpochMs, entry: Pick<ObservedEntry, 'method' | 'url'> & Partial<ObservedEntry>): ObservedEntry => ({
  startedDateTime: at,
  time: 85,
  status: 200,
  resourceType: 'xmlhttprequest',
  initiator: APP,
  requestHeaders: headers({ Accept: 'application/json', Origin: APP, Referer: `${APP}/` }),
  responseHeaders: headers({
    'Content-Type': 'application/json',
    'Access-Control-Allow-Origin': APP,
    'Cache-Control': 'no-store',
    Date: new Date(at).toUTCString(),
  }),
  ...entry,
})

const goodLogin = (start: EpochMs): readonly ObservedEntry[] => {
  const attempt: Attempt = {
    redirect_uri: `${APP}/callback`,
    state: 'b7c2f0d94e6a4f1c',
    nonce: 'n-4QwZ81LkPx0sVt2R',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  }
  const code = '9f1c7e02-5b3d-4a86-b1de-7c0a2f94e831.4d2b.my-spa'
  const back = `${attempt.redirect_uri}?${form({ state: attempt.state, session_state: '4d2b', iss: SERVER, code })}`
  const seconds = Math.floor(start / 1000)
  const accessToken = token('at+jwt', {
    iss: SERVER,
    sub: 'f3b1c2d4',
    aud: API,
    client_id: 'my-spa',
    scope: 'openid profile email',
    iat: seconds + 14,
    exp: seconds + 314,
  })
  const loginForm = `${SERVER}/login-actions/authenticate?session_code=Qx1d&execution=2f6a&client_id=my-spa&tab_id=Kd0`
  return [
    document(start, {
      method: 'GET',
      url: authorizationUrl(attempt),
      initiator: APP,
      responseHeaders: headers({
        'Content-Type': 'text/html;charset=utf-8',
        'Set-Cookie': 'AUTH_SESSION_ID=0c1e5d.node1; Path=/realms/demo/; Secure; HttpOnly; SameSite=None',
        Date: new Date(start).toUTCString(),
      }),
    }),
    document(start + 13_100, {
      method: 'POST',
      url: loginForm,
      status: 302,
      requestHeaders: headers({
        'Content-Type': 'application/x-www-form-urlencoded',
        Cookie: 'AUTH_SESSION_ID=0c1e5d.node1',
        Origin: 'https://login.example',
      }),
      requestBody: {
        kind: 'form',
        fields: [
          { name: 'username', value: '', withheld: true },
          { name: 'password', value: '', withheld: true },
        ],
      },
      responseHeaders: headers({
        Location: back,
        'Set-Cookie': 'KEYCLOAK_IDENTITY=eyJzYW1wbGUiOjF9; Path=/realms/demo/; Secure; HttpOnly; SameSite=None',
      }),
      redirectURL: back,
    }),
    document(start + 13_240, { method: 'GET', url: back }),
    call(start + 13_650, {
      method: 'POST',
      url: `${PROTOCOL}/token`,
      requestHeaders: headers({ 'Content-Type': 'application/x-www-form-urlencoded', Origin: APP }),
      requestBody: {
        kind: 'text',
        mimeType: 'application/x-www-form-urlencoded',
        text: form({
          grant_type: 'authorization_code',
          client_id: 'my-spa',
          redirect_uri: attempt.redirect_uri,
          code,
          code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
        }),
      },
      responseBody: json({
        access_token: accessToken,
        expires_in: 300,
        token_type: 'Bearer',
        id_token: token('JWT', {
          iss: SERVER,
          sub: 'f3b1c2d4',
          aud: 'my-spa',
          nonce: attempt.nonce,
          iat: seconds + 14,
          exp: seconds + 314,
          auth_time: seconds + 13,
          name: 'Ada Sample',
          email: 'ada@sample.example',
        }),
        refresh_token: 'r-1-5Yd8sample0refresh1token2only3for4show',
        scope: 'openid profile email',
      }),
    }),
    call(start + 14_200, {
      method: 'GET',
      url: `${API}/orders`,
      requestHeaders: headers({ Authorization: `Bearer ${accessToken}`, Origin: APP }),
      responseBody: json({ orders: [] }),
    }),
  ]
}

const failedLogin = (start: EpochMs): readonly ObservedEntry[] => [
  document(start, {
    method: 'GET',
    url: authorizationUrl({
      redirect_uri: `${APP}/callback/`,
      state: '51d0a8e7c3f94b26',
      nonce: 'n-8TyVb20HcKm7wQz5',
      code_challenge: 'Lw2hS8Yk0c7Tq4bR1mZxV9eJpN3uGdF6aKsHiOyUtEo',
    }),
    initiator: APP,
    status: 400,
    responseBody: {
      kind: 'text',
      mimeType: 'text/html',
      text: '<html><head><title>Sign in to demo</title></head><body><h1>We are sorry...</h1><p>Invalid parameter: redirect_uri</p></body></html>',
    },
  }),
]

/** A login that worked and, four minutes later, one that failed; both ended shortly before `now`. */
export const sampleRecording = (now: EpochMs): Recording => {
  const start = now - 6 * MINUTE
  const entries = [...goodLogin(start), ...failedLogin(start + 4 * MINUTE)]
  const begun: CaptureEvent = { type: 'recording.started', seq: 0, at: start - 1, by: 'file' }
  return {
    events: [
      begun,
      ...entries.map((entry, index): CaptureEvent => ({
        type: 'entry.observed',
        seq: index + 1,
        at: entry.startedDateTime,
        origin: 'file',
        entryId: String(index),
        tabId: 1,
        entry,
      })),
    ],
  }
}
