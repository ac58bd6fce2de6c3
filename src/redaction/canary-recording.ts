import fc from 'fast-check'
import type { CaptureEvent, HeaderList, ObservedEntry, Recording } from '../model/recording'

/** Every secret of a generated recording is one of these known random strings. */
export type Canaries = Readonly<Record<(typeof names)[number], string>>

const names = [
  'code',
  'access',
  'refresh',
  'signature',
  'verifier',
  'secret',
  'state',
  'nonce',
  'cookie',
  'csrf',
  'password',
  'otp',
  'device',
  'user',
  'saml',
  'assertion',
  'subject',
  'email',
  'fullName',
  'person',
  'key',
  'unknown',
] as const

const alphabets = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  '0123456789abcdef',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.~!*()$@:',
]

/** As long as real ones, with both letters and digits, from one of the alphabets that servers use. */
const canary = fc
  .tuple(fc.constantFrom(...alphabets), fc.array(fc.nat(4095), { minLength: 18, maxLength: 44 }), fc.nat(9))
  .map(
    ([alphabet, numbers, digit]) =>
      `${numbers.map((number) => alphabet[number % alphabet.length]).join('')}a${digit}7Zq${digit}`,
  )

export const canaries: fc.Arbitrary<Canaries> = fc
  .uniqueArray(canary, { minLength: names.length, maxLength: names.length })
  .map(
    (values) => Object.fromEntries(names.map((name, index) => [name, plainFor(name, values[index] ?? '')])) as Canaries,
  )

const plainFor = (name: string, value: string): string => {
  if (name === 'email') return `${value.replace(/[^a-z0-9]/gi, '')}@mail.example`
  if (name === 'person') return nameFrom(value)
  if (name === 'signature') return value.replace(/[^\w-]/g, '')
  // These go where no server allows more.
  return name === 'cookie' || name === 'key' ? value.replace(/[^\w.~+/=-]/g, '') : value
}

/** First and last name as people have them, so that nothing about their shape gives them away. */
const nameFrom = (value: string): string => {
  const letters = Array.from(value, (character) => String.fromCharCode(97 + (character.charCodeAt(0) % 26))).join('')
  const part = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  return `${part(letters.slice(0, 7))} ${part(letters.slice(7, 15))}`
}

type Entry = Omit<ObservedEntry, 'startedDateTime'>

const start = 1_767_225_600_000
const as = 'https://login.example'
const app = 'https://app.example'
const html = [{ name: 'Content-Type', value: 'text/html' }]
const json = [{ name: 'Content-Type', value: 'application/json' }]
const form = [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }]

const encode = (value: object) =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

const jwtOf = (c: Canaries, claims: object = {}) =>
  [
    encode({ alg: 'RS256', kid: 'k1', typ: 'JWT' }),
    encode({
      iss: as,
      aud: 'spa',
      sub: c.subject,
      email: c.email,
      name: c.fullName,
      nonce: c.nonce,
      exp: 1_767_229_200,
      ...claims,
    }),
    c.signature,
  ].join('.')

const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString()

/** One exchange or two of each flow, with the canaries where real ones have their secrets. */
export const scenes: readonly ((c: Canaries) => readonly Entry[])[] = [
  (c) => [
    {
      method: 'GET',
      url: `${as}/authorize?${query({ response_type: 'code', client_id: 'spa', redirect_uri: `${app}/cb`, scope: 'openid', state: c.state, nonce: c.nonce, code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', login_hint: c.email })}`,
      requestHeaders: [
        { name: 'Cookie', value: `sid=${c.cookie}; theme=dark` },
        { name: 'Referer', value: `${app}/start?token=${encodeURIComponent(c.unknown)}` },
      ],
      status: 302,
      responseHeaders: [
        { name: 'Location', value: `${app}/cb?${query({ code: c.code, state: c.state })}` },
        { name: 'Set-Cookie', value: `sid=${c.cookie}; Path=/; HttpOnly; SameSite=Lax` },
      ],
      redirectURL: `${app}/cb?${query({ code: c.code, state: c.state })}`,
      resourceType: 'main_frame',
    },
    {
      method: 'GET',
      url: `${app}/cb?${query({ code: c.code, state: c.state })}`,
      requestHeaders: [
        { name: 'Cookie', value: `oauth_state=${encodeURIComponent(c.state)}; nonce.${c.nonce.replace(/\W/g, '')}=1` },
      ],
      status: 200,
      responseHeaders: html,
      resourceType: 'main_frame',
    },
  ],
  (c) => [
    {
      method: 'POST',
      url: `${as}/token`,
      requestHeaders: [
        ...form,
        { name: 'Authorization', value: `Basic ${btoa(`web:${encodeURIComponent(c.secret)}`)}` },
      ],
      requestBody: {
        kind: 'text',
        text: query({
          grant_type: 'authorization_code',
          code: c.code,
          code_verifier: c.verifier,
          redirect_uri: `${app}/cb`,
          client_id: 'spa',
        }),
        mimeType: 'application/x-www-form-urlencoded',
      },
      status: 200,
      responseHeaders: json,
      responseBody: {
        kind: 'text',
        text: JSON.stringify({
          access_token: c.access,
          refresh_token: c.refresh,
          id_token: jwtOf(c),
          token_type: 'Bearer',
          expires_in: 3600,
        }),
        mimeType: 'application/json',
      },
    },
  ],
  (c) => [
    {
      method: 'POST',
      url: `${as}/token`,
      requestHeaders: form,
      requestBody: {
        kind: 'form',
        fields: Object.entries({
          grant_type: 'refresh_token',
          refresh_token: c.refresh,
          client_secret: c.secret,
          client_assertion: jwtOf(c),
        }).map(([name, value]) => ({ name, value })),
      },
      status: 400,
      responseHeaders: json,
      responseBody: {
        kind: 'text',
        text: JSON.stringify({
          error: 'invalid_grant',
          error_description: `Token ${c.refresh} of ${c.email} is unknown (${btoa(c.access)})`,
        }),
      },
    },
  ],
  (c) => [
    {
      method: 'POST',
      url: `${as}/login?${query({ session_code: c.unknown })}`,
      requestHeaders: form,
      requestBody: {
        kind: 'text',
        text: query({ username: c.email, password: c.password, otp: c.otp, _csrf: c.csrf }),
      },
      status: 200,
      responseHeaders: html,
      responseBody: {
        kind: 'text',
        text: `<html><script>var t = "${c.access}"</script><h1>Hello ${c.fullName.replace(/[<&]/g, '')}</h1><p data-x="${c.csrf}">mail ${c.email}</p><form method=post action="${app}/cb"><input type="hidden" name="code" value="${c.code.replaceAll('&', '&amp;')}"><input name='SAMLResponse' value='${btoa(c.saml)}'></form></html>`,
      },
    },
  ],
  (c) => [
    {
      method: 'GET',
      url: `${app}/cb#${query({ access_token: c.access, id_token: jwtOf(c), state: c.state, token_type: 'Bearer' })}`,
      status: 200,
      resourceType: 'main_frame',
    },
    {
      method: 'GET',
      url: `https://api.example/items?api_key=${encodeURIComponent(c.key)}`,
      requestHeaders: [
        { name: 'Authorization', value: `Bearer ${c.access}` },
        { name: 'X-Api-Key', value: c.key },
        { name: 'Proxy-Authorization', value: `Basic ${btoa(`me:${c.password}`)}` },
        { name: 'DPoP', value: jwtOf(c, { htm: 'GET', jti: c.nonce }) },
      ],
      status: 401,
      responseHeaders: [
        ...json,
        {
          name: 'WWW-Authenticate',
          value: `Bearer error="invalid_token", error_description="${c.access.replaceAll('"', '')} is no good"`,
        },
        { name: 'DPoP-Nonce', value: c.nonce },
      ],
      responseBody: {
        kind: 'text',
        text: JSON.stringify({ user: { mail: c.email, id: c.unknown }, data: [c.fullName, { [c.key]: 1 }] }),
      },
    },
  ],
  (c) => [
    {
      method: 'POST',
      url: `${as}/device`,
      requestBody: {
        kind: 'text',
        text: JSON.stringify({ device_code: c.device, client_id: 'tv' }),
        mimeType: 'application/json',
      },
      status: 400,
      responseBody: {
        kind: 'text',
        text: `{"error":"authorization_pending","user_code":"${c.user}","trace":"${c.unknown}`,
      },
    },
    {
      method: 'GET',
      url: `${as}/authorize?${query({ client_id: 'spa', redirect_uri: `${app}/cb`, response_type: 'code' })}`,
      status: 403,
      resourceType: 'main_frame',
      responseHeaders: html,
      responseBody: {
        kind: 'text',
        text: `<title>${c.person}</title><h1>Sorry, ${c.person}</h1><p>User ${c.person} is not assigned to this application. ${c.person} may ask an administrator. Signed in as <b>${c.person}</b> (${c.email}).</p>`,
      },
    },
    {
      method: 'POST',
      url: `${app}/saml/acs`,
      requestBody: {
        kind: 'text',
        mimeType: 'multipart/form-data; boundary=xyz',
        text: `--xyz\r\nContent-Disposition: form-data; name="SAMLResponse"\r\n\r\n${c.saml}\r\n--xyz\r\nContent-Disposition: form-data; name="RelayState"\r\n\r\n${c.state}\r\n--xyz--\r\n`,
      },
      status: 302,
      redirectURL: `${app}/#/home?${query({ ticket: c.unknown })}`,
    },
  ],
  (c) => [
    {
      method: 'POST',
      url: `https://user:${c.password.replace(/[^\w]/g, '')}@${'login.example'}/token`,
      requestBody: {
        kind: 'text',
        text: query({
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          assertion: c.assertion,
          subject_token: c.access,
        }),
      },
      status: 500,
      responseBody: {
        kind: 'text',
        text: `Cannot read ${encodeURIComponent(encodeURIComponent(c.assertion))} for ${c.email}: ${c.access}`,
      },
    },
    {
      method: 'GET',
      url: `${as}/logout?${query({ id_token_hint: jwtOf(c), post_logout_redirect_uri: `${app}/bye?s=${c.unknown}`, state: c.state })}`,
      status: 302,
      redirectURL: `${app}/bye?${query({ s: c.unknown, state: c.state })}`,
    },
  ],
]

/** A recording of some scenes, as one file entry each or as the browser's own events. */
export const recordingOf = (c: Canaries, chosen: readonly number[], asBrowser: boolean): Recording => {
  const entries = chosen.flatMap((index) => scenes[index % scenes.length]?.(c) ?? [])
  const events: CaptureEvent[] = []
  const add = (event: CaptureEvent) => events.push({ ...event, seq: events.length })
  add({ type: 'recording.started', seq: 0, at: start, by: 'browser' })
  for (const [index, entry] of entries.entries()) {
    const at = start + index * 100
    if (asBrowser) eventsOf(entry, String(index), at).forEach(add)
    else
      add({
        type: 'entry.observed',
        seq: 0,
        at,
        origin: 'file',
        entryId: String(index),
        tabId: 0,
        entry: { ...entry, startedDateTime: at },
      })
  }
  return { events }
}

const eventsOf = (entry: Entry, requestId: string, at: number): readonly CaptureEvent[] => {
  const base = { seq: 0, at, requestId, url: entry.url }
  const headers = (list: HeaderList | undefined) => list ?? []
  return [
    {
      ...base,
      type: 'request.started',
      method: entry.method,
      resourceType: entry.resourceType ?? 'xmlhttprequest',
      tabId: 1,
      frameId: 0,
      parentFrameId: -1,
      initiator: entry.url,
      ...(entry.requestBody ? { body: entry.requestBody } : {}),
    },
    { ...base, type: 'request.headers', headers: headers(entry.requestHeaders) },
    { ...base, type: 'response.headers', status: entry.status ?? 0, headers: headers(entry.responseHeaders) },
    ...(entry.responseBody ? [{ ...base, type: 'response.body', body: entry.responseBody } as const] : []),
    entry.redirectURL === undefined
      ? { ...base, type: 'request.completed', status: entry.status ?? 0 }
      : { ...base, type: 'request.redirected', status: entry.status ?? 302, redirectUrl: entry.redirectURL },
    { seq: 0, at, type: 'navigation.committed', how: 'load', tabId: 1, frameId: 0, parentFrameId: -1, url: entry.url },
  ]
}
