import { digest } from '../analyzer/facts/digest'
import type {
  CaptureEvent,
  CapturedBody,
  HeaderList,
  NewCaptureEvent,
  Recording,
  ResourceType,
} from '../model/recording'

/** 2026-01-31T12:00:00Z: the time at which built recordings begin. */
export const START = Date.UTC(2026, 0, 31, 12)
/** An hour after that: nothing is pending any more. */
export const LATER = START + 3_600_000

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

export interface HopSpec {
  readonly url: string
  readonly method?: string
  /** A form when given as fields, JSON when `json`, any text when `text`. */
  readonly form?: Fields
  readonly json?: unknown
  readonly text?: string
  readonly requestHeaders?: Readonly<Record<string, string>>
  /** 200 unless there is a `location` (302) or an `error` (none). `null`: no answer was seen. */
  readonly status?: number | null
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly location?: string
  /** The answer's body: an object becomes JSON. Not given: not captured. */
  readonly body?: unknown
  readonly error?: string
  /** Milliseconds until the answer. */
  readonly takes?: number
}

export interface Place {
  readonly tab?: number
  readonly frame?: number
  readonly parentFrame?: number
  readonly initiator?: string
  readonly type?: ResourceType
}

type Emit = (event: NewCaptureEvent) => void
export interface Clock {
  now: number
  requests: number
}
/** One thing that happens; it emits the events that the browser would, and moves the clock. */
export type Happening = (emit: Emit, clock: Clock) => void

/** Builds a recording of what happens, in order, from {@link START}. */
export const record = (...happenings: readonly Happening[]): Recording => {
  const events: CaptureEvent[] = []
  const clock: Clock = { now: START, requests: 0 }
  const emit: Emit = (event) => events.push({ ...event, seq: events.length } as CaptureEvent)
  emit({ type: 'recording.started', by: 'browser', at: START })
  for (const happen of happenings) happen(emit, clock)
  return { events }
}

/** Several things that happen one after the other, as one. */
export const all =
  (...happenings: readonly Happening[]): Happening =>
  (emit, clock) => {
    for (const happen of happenings) happen(emit, clock)
  }

export const wait =
  (ms: number): Happening =>
  (_emit, clock) => {
    clock.now += ms
  }

export const event =
  (build: (at: number) => NewCaptureEvent): Happening =>
  (emit, clock) =>
    emit(build(clock.now))

/** A document loaded into a tab (or frame), through all its redirects. */
export const navigate = (hops: readonly HopSpec[] | HopSpec, place: Place = {}): Happening =>
  chain(Array.isArray(hops) ? hops : [hops as HopSpec], { type: 'main_frame', ...place })

/** A fetch or XMLHttpRequest of a page. */
export const call = (hops: readonly HopSpec[] | HopSpec, place: Place = {}): Happening =>
  chain(Array.isArray(hops) ? hops : [hops as HopSpec], { type: 'xmlhttprequest', ...place })

const chain =
  (hops: readonly HopSpec[], place: Place): Happening =>
  (emit, clock) => {
    const requestId = String(++clock.requests)
    hops.forEach((hop, index) => emitHop(emit, clock, requestId, hop, place, hops[index + 1]))
  }

const emitHop = (emit: Emit, clock: Clock, requestId: string, hop: HopSpec, place: Place, next?: HopSpec): void => {
  const { url } = hop
  const method = hop.method ?? (hop.form || hop.json !== undefined || hop.text !== undefined ? 'POST' : 'GET')
  const base = { requestId, url }
  const body = requestBody(hop)
  emit({
    type: 'request.started',
    ...base,
    at: clock.now,
    method,
    resourceType: place.type ?? 'other',
    tabId: place.tab ?? 1,
    frameId: place.frame ?? 0,
    parentFrameId: place.parentFrame ?? (place.type === 'sub_frame' ? 0 : -1),
    ...(place.initiator !== undefined && { initiator: place.initiator }),
    ...(body && { body }),
  })
  emit({ type: 'request.headers', ...base, at: clock.now + 1, headers: requestHeaders(hop) })
  clock.now += hop.takes ?? 20
  if (hop.error !== undefined && hop.status === undefined) {
    emit({ type: 'request.failed', ...base, at: clock.now, error: hop.error })
    return
  }
  if (hop.status === null) return
  const location = hop.location ?? (next && !hop.error ? next.url : undefined)
  const status = hop.status ?? (location === undefined ? 200 : 302)
  emit({ type: 'response.headers', ...base, at: clock.now, status, headers: responseHeaders(hop, location) })
  if (hop.error !== undefined) {
    emit({ type: 'request.failed', ...base, at: clock.now, error: hop.error })
    return
  }
  if (hop.body !== undefined) emit({ type: 'response.body', ...base, at: clock.now, body: responseBody(hop) })
  if (location !== undefined && status >= 300 && status < 400) {
    emit({ type: 'request.redirected', ...base, at: clock.now, redirectUrl: new URL(location, url).href, status })
    clock.now += 1
  } else {
    emit({ type: 'request.completed', ...base, at: clock.now, status })
  }
}

const requestBody = (hop: HopSpec): CapturedBody | undefined => {
  if (hop.form) {
    const fields = Object.entries(hop.form).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().map((single) => ({ name, value: single })),
    )
    return { kind: 'form', fields }
  }
  if (hop.json !== undefined) return { kind: 'text', text: JSON.stringify(hop.json), mimeType: 'application/json' }
  return hop.text === undefined ? undefined : { kind: 'text', text: hop.text }
}

const requestHeaders = (hop: HopSpec): HeaderList => {
  const type = hop.form ? 'application/x-www-form-urlencoded' : hop.json !== undefined ? 'application/json' : undefined
  return toHeaders({ ...(type !== undefined && { 'Content-Type': type }), ...hop.requestHeaders })
}

const responseHeaders = (hop: HopSpec, location: string | undefined): HeaderList =>
  toHeaders({
    ...(typeof hop.body === 'object' && { 'Content-Type': 'application/json' }),
    ...(typeof hop.body === 'string' && /^\s*</.test(hop.body) && { 'Content-Type': 'text/html' }),
    ...(location !== undefined && { Location: location }),
    ...hop.headers,
  })

const toHeaders = (headers: Readonly<Record<string, string | readonly string[]>>): HeaderList =>
  Object.entries(headers).flatMap(([name, value]) => [value].flat().map((single) => ({ name, value: single })))

const responseBody = (hop: HopSpec): CapturedBody => ({
  kind: 'text',
  text: typeof hop.body === 'string' ? hop.body : JSON.stringify(hop.body),
})

/** A URL with its parameters; those that are `undefined` are left out. */
export const url = (base: string, parameters: Fields): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    for (const single of value === undefined ? [] : [value].flat()) query.append(name, single)
  }
  const text = query.toString()
  return text === '' ? base : `${base}${base.includes('?') ? '&' : '?'}${text}`
}

const base64url = (text: string): string =>
  btoa(unescape(encodeURIComponent(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** A JWT with a signature that nobody checks. */
export const jwt = (
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): string =>
  `${base64url(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: 'k1', ...header }))}.${base64url(JSON.stringify(claims))}.c2lnbmF0dXJl`

export const seconds = (ms: number): number => Math.floor(ms / 1000)

/** The parties of the built logins, on hosts that tell nothing. */
export const client = 'https://app.example'
export const server = 'https://id.example'
export const api = 'https://api.example'

export const verifier = 'M25iVXpKU3puUjFaYWg3T1NDTDQtcW1ROUY5YXlwalNoc0hhakxifmZHag'
export const challenge = digest('S256', verifier)

export const request = {
  client_id: 'shop-web',
  response_type: 'code',
  redirect_uri: `${client}/callback`,
  scope: 'openid profile',
  state: 'af0ifjsldkj7f3e9',
  nonce: 'n-0S6_WzA2Mj8d1c',
  code_challenge: challenge,
  code_challenge_method: 'S256',
} as const

export const code = 'SplxlOBeZQQYbYS6WxSbIA'

export const idTokenClaims = {
  iss: server,
  sub: '248289761001',
  aud: request.client_id,
  nonce: request.nonce,
  iat: seconds(START),
  exp: seconds(START) + 3600,
} as const

export interface LoginSpec {
  /** Overrides of parameters; `undefined` takes one out. */
  readonly request?: Fields
  readonly authorizationUrl?: string
  /** Overrides of the authorization request's own exchange. */
  readonly authorization?: Partial<HopSpec>
  readonly response?: Fields
  readonly callback?: Partial<HopSpec>
  readonly token?: Fields
  readonly tokenCall?: Partial<HopSpec>
  readonly idToken?: Readonly<Record<string, unknown>>
  readonly idTokenHeader?: Readonly<Record<string, unknown>>
  readonly tokenAnswer?: Readonly<Record<string, unknown>>
  readonly place?: Place
}

/** The authorization request and the user's way to the answer: one chain, as a server with a session gives it. */
export const authorize = (spec: LoginSpec = {}): Happening => {
  const asked = { ...request, ...spec.request }
  const answer = { code, state: asked.state, ...spec.response }
  return navigate(
    [
      { url: url(spec.authorizationUrl ?? `${server}/authorize`, asked), ...spec.authorization },
      { url: url(asked.redirect_uri ?? request.redirect_uri, answer), body: '<html></html>', ...spec.callback },
    ],
    { initiator: client, ...spec.place },
  )
}

/** The page's token call, answered with tokens. */
export const redeem = (spec: LoginSpec = {}): Happening => {
  const idToken = jwt({ ...idTokenClaims, ...spec.idToken }, spec.idTokenHeader)
  return call(
    {
      url: `${server}/token`,
      form: {
        grant_type: 'authorization_code',
        client_id: request.client_id,
        code: spec.response?.['code'] ?? code,
        redirect_uri: spec.request?.['redirect_uri'] ?? request.redirect_uri,
        code_verifier: verifier,
        ...spec.token,
      },
      headers: { 'Access-Control-Allow-Origin': client },
      body: {
        access_token: '2YotnFZFEjr1zCsicMWpAA',
        token_type: 'Bearer',
        expires_in: 3600,
        id_token: idToken,
        ...spec.tokenAnswer,
      },
      ...spec.tokenCall,
    },
    { initiator: client, ...spec.place, type: 'xmlhttprequest' },
  )
}

/** The page hands its code to a server of the client, which redeems it unseen. */
export const handover = (spec: Partial<HopSpec> = {}): Happening =>
  call(
    { url: `${client}/api/session`, json: { code, state: request.state }, body: { user: 'ada' }, ...spec },
    { initiator: client },
  )

/** A whole login of a page that redeems its code itself. Healthy, unless the overrides break it. */
export const codeLogin = (spec: LoginSpec = {}): Happening => all(authorize(spec), redeem(spec))

/** A login of a client with a server: its own URL starts it, and what it does with the code is not seen. */
export const serverLogin = (spec: LoginSpec & { start?: Partial<HopSpec> } = {}): Happening => {
  const asked = { ...request, redirect_uri: `${client}/auth/callback`, ...spec.request }
  const answer = { code, state: asked.state, ...spec.response }
  return navigate(
    [
      {
        url: `${client}/login`,
        headers: { 'Set-Cookie': 'login_state=x1; Path=/; HttpOnly; Secure; SameSite=Lax' },
        ...spec.start,
      },
      { url: url(spec.authorizationUrl ?? `${server}/authorize`, asked), ...spec.authorization },
      {
        url: url(asked.redirect_uri ?? `${client}/auth/callback`, answer),
        requestHeaders: { Cookie: 'login_state=x1' },
        headers: { 'Set-Cookie': 'session=s1; Path=/; HttpOnly; Secure; SameSite=Lax' },
        status: 302,
        location: `${client}/home`,
        ...spec.callback,
      },
      { url: `${client}/home`, requestHeaders: { Cookie: 'login_state=x1; session=s1' }, body: '<html></html>' },
    ].slice(
      0,
      spec.callback?.status !== undefined && spec.callback.status !== null && spec.callback.status >= 400 ? 3 : 4,
    ),
    spec.place,
  )
}

/** A refused token call: status and OAuth error. */
export const tokenError = (
  error: string,
  more: Readonly<Record<string, unknown>> = {},
  status = 400,
): Partial<HopSpec> => ({
  status,
  headers: { 'Access-Control-Allow-Origin': client },
  body: { error, ...more },
})

/** An authorization request that the server answers with an error page of its own; nobody is sent back. */
export const errorPage = (spec: LoginSpec = {}): Happening =>
  navigate(
    {
      url: url(spec.authorizationUrl ?? `${server}/authorize`, { ...request, ...spec.request }),
      status: 400,
      ...spec.authorization,
    },
    { initiator: client, ...spec.place },
  )

/** An authorization request that is answered with an error on the way back to the client. */
export const errorRedirect = (error: string, spec: LoginSpec = {}): Happening =>
  authorize({ ...spec, response: { code: undefined, error, ...spec.response } })

/** The server's metadata document (RFC 8414). */
export const metadata = (more: Readonly<Record<string, unknown>> = {}): Happening =>
  call(
    {
      url: `${server}/.well-known/openid-configuration`,
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: {
        issuer: server,
        authorization_endpoint: `${server}/authorize`,
        token_endpoint: `${server}/token`,
        userinfo_endpoint: `${server}/me`,
        jwks_uri: `${server}/jwks`,
        end_session_endpoint: `${server}/logout`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        ...more,
      },
    },
    { initiator: client },
  )
