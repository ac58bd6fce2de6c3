import { describe, expect, it } from 'vitest'
import type { CapturedBody, HeaderList, NewCaptureEvent, ResourceType } from '../model/recording'
import { createSieve } from './sieve'

const settings = { recordOnly: [], ignore: [], extraEndpoints: [] }
const app = 'https://app.example'
const issuer = 'https://login.example'
const authorizationUrl = `${issuer}/authorize?response_type=code&client_id=spa&redirect_uri=${encodeURIComponent(`${app}/callback`)}&state=s1`

interface RequestOptions {
  id: string
  at: number
  type?: ResourceType
  tabId?: number
  initiator?: string
  method?: string
  body?: CapturedBody
}

const started = (url: string, { id, at, type = 'main_frame', tabId = 1, method = 'GET', ...rest }: RequestOptions) =>
  ({
    type: 'request.started',
    requestId: id,
    at,
    url,
    method,
    resourceType: type,
    tabId,
    frameId: 0,
    parentFrameId: -1,
    ...rest,
  }) satisfies NewCaptureEvent

const sent = (url: string, id: string, at: number, headers: HeaderList): NewCaptureEvent => ({
  type: 'request.headers',
  requestId: id,
  at,
  url,
  headers,
})

const answered = (url: string, id: string, at: number, status: number, headers: HeaderList = []): NewCaptureEvent => ({
  type: 'response.headers',
  requestId: id,
  at,
  url,
  status,
  headers,
})

const urls = (events: readonly NewCaptureEvent[]) => events.map((event) => ('url' in event ? event.url : event.type))

describe('what is kept by its structure', () => {
  it.each([
    ['an authorization request', authorizationUrl],
    ['a callback', `${app}/callback?code=abc&state=s1`],
    ['a token in a fragment', `${app}/#access_token=abc&token_type=Bearer`],
    ['an error response', `${app}/cb?error=access_denied&state=s1`],
    ['provider metadata', `${issuer}/.well-known/openid-configuration`],
    ['a SAML request', `${issuer}/saml?SAMLRequest=fZFB`],
    ['a hash-routed callback', `${app}/#/callback?code=abc&state=s1`],
  ])('%s', (_name, url) => {
    const sieve = createSieve(settings)
    expect(sieve.offer(started(url, { id: '1', at: 1000 }))).toHaveLength(1)
    expect(sieve.keeps('1')).toBe(true)
  })

  it('a token request by its form', () => {
    const sieve = createSieve(settings)
    const body: CapturedBody = { kind: 'form', fields: [{ name: 'grant_type', value: 'authorization_code' }] }
    const event = started(`${issuer}/token`, { id: '1', at: 1000, type: 'xmlhttprequest', method: 'POST', body })
    expect(sieve.offer(event)).toEqual([event])
  })

  it('a call that sends a malformed token', () => {
    const sieve = createSieve(settings)
    const request = started('https://api.example/orders', { id: '1', at: 1000, type: 'xmlhttprequest' })
    const headers = sent(request.url, '1', 1001, [{ name: 'Authorization', value: 'eyJhbGciOi.e30.sig' }])
    expect(sieve.offer(request)).toEqual([])
    expect(sieve.offer(headers)).toEqual([request, headers])
  })

  it('a call that is answered with a token challenge', () => {
    const sieve = createSieve(settings)
    const request = started('https://api.example/orders', { id: '1', at: 1000, type: 'xmlhttprequest' })
    sieve.offer(request)
    const challenge = answered(request.url, '1', 1001, 401, [{ name: 'www-authenticate', value: 'Bearer' }])
    expect(sieve.offer(challenge)).toEqual([request, challenge])
  })
})

describe('what is not kept', () => {
  it.each([
    ['a shop page', 'https://shop.example/cart?code=COUPON'],
    ['a form that posts a token', 'https://shop.example/subscribe'],
    ['a search for code', 'https://shop.example/?state=CA'],
  ])('%s', (_name, url) => {
    const sieve = createSieve(settings)
    const body: CapturedBody = { kind: 'form', fields: [{ name: 'token', value: 'csrf' }] }
    expect(sieve.offer(started(url, { id: '1', at: 1000, method: 'POST', body }))).toEqual([])
    expect(sieve.keeps('1')).toBe(false)
  })

  it('a Basic challenge of an API of its own', () => {
    const sieve = createSieve(settings)
    const request = started('https://api.example/', { id: '1', at: 1000, type: 'xmlhttprequest' })
    sieve.offer(request)
    const challenge = answered(request.url, '1', 1001, 401, [{ name: 'WWW-Authenticate', value: 'Basic realm="x"' }])
    expect(sieve.offer(challenge)).toEqual([])
    expect(sieve.offer(sent(request.url, '1', 1002, [{ name: 'Authorization', value: 'Basic YTpi' }]))).toEqual([])
  })

  it('an image, whatever its URL says', () => {
    const sieve = createSieve(settings)
    expect(sieve.offer(started(authorizationUrl, { id: '1', at: 1000, type: 'image' }))).toEqual([])
  })

  it('a host the user does not want recorded', () => {
    const sieve = createSieve({ ...settings, ignore: ['*.example'] })
    expect(sieve.offer(started(authorizationUrl, { id: '1', at: 1000 }))).toEqual([])
    expect(sieve.held()).toEqual([])
  })

  it('a host outside those the user names', () => {
    const sieve = createSieve({ ...settings, recordOnly: ['other.example'] })
    expect(sieve.offer(started(authorizationUrl, { id: '1', at: 1000 }))).toEqual([])
  })
})

describe('what a login makes relevant', () => {
  it('the hop of the client that set the state cookie, when it redirects to the authorization server', () => {
    const sieve = createSieve(settings)
    const login = started(`${app}/login`, { id: '1', at: 1000 })
    expect(sieve.offer(login)).toEqual([])
    const cookie = answered(login.url, '1', 1001, 302, [{ name: 'Set-Cookie', value: 'state=s1' }])
    expect(sieve.offer(cookie)).toEqual([])
    const redirect: NewCaptureEvent = {
      type: 'request.redirected',
      requestId: '1',
      at: 1002,
      url: login.url,
      redirectUrl: authorizationUrl,
      status: 302,
    }
    expect(sieve.offer(redirect)).toEqual([login, cookie, redirect])
  })

  it('pages and calls of the client shortly before, and nothing of other sites', () => {
    const sieve = createSieve(settings)
    const search = started('https://search.example/?q=shop', { id: '1', at: 1000 })
    const page = started(`${app}/`, { id: '2', at: 2000 })
    const session = started(`${app}/api/session`, { id: '3', at: 2500, type: 'xmlhttprequest', initiator: app })
    const tracker = started('https://track.example/', { id: '4', at: 2600, type: 'xmlhttprequest', initiator: app })
    const elsewhere = started(`${app}/`, { id: '5', at: 2700, tabId: 2 })
    for (const event of [search, page, session, tracker, elsewhere]) expect(sieve.offer(event)).toEqual([])
    const request = started(authorizationUrl, { id: '6', at: 3000, initiator: app })
    expect(urls(sieve.offer(request))).toEqual([authorizationUrl, page.url, session.url])
  })

  it('nothing older than a minute', () => {
    const sieve = createSieve(settings)
    sieve.offer(started(`${app}/`, { id: '1', at: 1000 }))
    const request = started(authorizationUrl, { id: '2', at: 70_000, initiator: app })
    expect(sieve.offer(request)).toEqual([request])
  })

  it('documents that follow in the same tab, wherever they are, until the login is over', () => {
    const sieve = createSieve(settings)
    sieve.offer(started(authorizationUrl, { id: '1', at: 1000, initiator: app }))
    const password = started('https://accounts.example/password', { id: '2', at: 2000 })
    expect(sieve.offer(password)).toEqual([password])
    sieve.offer(started(`${app}/callback?code=abc&state=s1`, { id: '3', at: 3000 }))
    const home = started(`${app}/home`, { id: '4', at: 4000 })
    expect(sieve.offer(home)).toEqual([home])
    expect(sieve.offer(started('https://news.example/', { id: '5', at: 90_000 }))).toEqual([])
  })

  it('a failed call of the client to a host not met before', () => {
    const sieve = createSieve(settings)
    sieve.offer(started(authorizationUrl, { id: '1', at: 1000, initiator: app }))
    const call = started('https://api.example/me', { id: '2', at: 2000, type: 'xmlhttprequest', initiator: app })
    expect(sieve.offer(call)).toEqual([])
    const refused = answered(call.url, '2', 2001, 401)
    expect(sieve.offer(refused)).toEqual([call, refused])
  })

  it('a call that hands the code on, under any name and to any host, with its body', () => {
    const sieve = createSieve(settings)
    sieve.offer(started(authorizationUrl, { id: '1', at: 1000, initiator: app }))
    sieve.offer(started(`${app}/callback?code=SplxlOBe&state=s1`, { id: '2', at: 2000 }))
    const handing = (id: string, value: string) =>
      started('https://api.example/login', {
        id,
        at: 3000,
        type: 'xmlhttprequest',
        method: 'POST',
        initiator: app,
        body: { kind: 'text', text: JSON.stringify({ authCode: value }) },
      })
    expect(sieve.offer(handing('3', 'SplxlOBe'))).toEqual([handing('3', 'SplxlOBe')])
    expect(sieve.offer(handing('4', 'SAVE10'))).toEqual([])
  })

  it('endpoints that metadata names, also those called before it arrived', () => {
    const sieve = createSieve(settings)
    const call = started('https://login.example/me', { id: '1', at: 1000, type: 'xmlhttprequest' })
    expect(sieve.offer(call)).toEqual([])
    const metadata = started(`${issuer}/.well-known/openid-configuration`, {
      id: '2',
      at: 1100,
      type: 'xmlhttprequest',
    })
    sieve.offer(metadata)
    const text = JSON.stringify({ issuer, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/me` })
    const body: NewCaptureEvent = {
      type: 'response.body',
      requestId: '2',
      at: 1200,
      url: metadata.url,
      body: { kind: 'text', text },
    }
    expect(sieve.offer(body)).toEqual([body, call])
  })

  it('the opener of a popup, before and after', () => {
    const sieve = createSieve(settings)
    const page = started(`${app}/`, { id: '1', at: 1000, tabId: 1 })
    const opened: NewCaptureEvent = { type: 'tab.opened', at: 1500, tabId: 2, openerTabId: 1 }
    expect(sieve.offer(page)).toEqual([])
    expect(sieve.offer(opened)).toEqual([])
    const request = started(authorizationUrl, { id: '2', at: 2000, tabId: 2, initiator: app })
    expect(sieve.offer(request)).toEqual([request, page, opened])
    const session = started(`${app}/session`, { id: '3', at: 3000, tabId: 1, type: 'xmlhttprequest', initiator: app })
    expect(sieve.offer(session)).toEqual([session])
  })

  it('an endpoint of the settings', () => {
    const sieve = createSieve({ ...settings, extraEndpoints: [{ url: 'https://sso.example/go' }] })
    const request = started('https://sso.example/go?x=1', { id: '1', at: 1000 })
    expect(sieve.offer(request)).toEqual([request])
  })

  it('a preflight that asks to send a token', () => {
    const sieve = createSieve(settings)
    const preflight = started('https://api.example/', { id: '1', at: 1000, type: 'xmlhttprequest', method: 'OPTIONS' })
    sieve.offer(preflight)
    const headers = sent(preflight.url, '1', 1001, [{ name: 'Access-Control-Request-Headers', value: 'authorization' }])
    expect(sieve.offer(headers)).toEqual([preflight, headers])
  })
})

describe('entries of DevTools', () => {
  const entry = (url: string, text: string, at = 1010): NewCaptureEvent => ({
    type: 'entry.observed',
    origin: 'devtools',
    at,
    entryId: 'e1',
    tabId: 1,
    entry: { startedDateTime: at, method: 'GET', url, status: 200, responseBody: { kind: 'text', text } },
  })

  it('join a request that is kept', () => {
    const sieve = createSieve(settings)
    sieve.offer(started(`${issuer}/.well-known/openid-configuration`, { id: '1', at: 1000 }))
    const observed = entry(`${issuer}/.well-known/openid-configuration`, 'oops')
    expect(sieve.offer(observed)).toEqual([observed])
  })

  it('release a held request when the body turns out to be a token response', () => {
    const sieve = createSieve(settings)
    const request = started(`${app}/api/exchange`, { id: '1', at: 1000, type: 'xmlhttprequest' })
    sieve.offer(request)
    const observed = entry(request.url, '{"access_token":"abc","token_type":"Bearer"}')
    expect(sieve.offer(observed)).toEqual([request, observed])
  })

  it('of other requests are dropped', () => {
    const sieve = createSieve(settings)
    expect(sieve.offer(entry('https://shop.example/api', '{"items":[]}'))).toEqual([])
  })
})

describe('response bodies', () => {
  it('are wanted of what is kept, and of what may be kept while a login is under way', () => {
    const sieve = createSieve(settings)
    sieve.offer(started('https://api.example/', { id: '0', at: 900, type: 'xmlhttprequest', initiator: app, tabId: 2 }))
    sieve.offer(started(authorizationUrl, { id: '1', at: 1000, initiator: app }))
    const call = started('https://api.example/', { id: '2', at: 2000, type: 'xmlhttprequest', initiator: app })
    sieve.offer(call)
    expect(['0', '1', '2', '3'].filter(sieve.wantsBody)).toEqual(['1', '2'])
  })

  it('are not held', () => {
    const sieve = createSieve(settings)
    const request = started('https://shop.example/', { id: '1', at: 1000 })
    sieve.offer(request)
    const body: CapturedBody = { kind: 'text', text: '<p>private</p>' }
    sieve.offer({ type: 'response.body', requestId: '1', at: 1100, url: request.url, body })
    expect(sieve.held()).toEqual([request])
  })
})

describe('a stop of the worker', () => {
  it('leaves the login known: the callback is kept, and what was held is still there', () => {
    const before = createSieve(settings)
    const page = started('https://login.example/me', { id: '0', at: 900, type: 'xmlhttprequest' })
    before.offer(page)
    const kept = before.offer(started(authorizationUrl, { id: '1', at: 1000, initiator: app }))
    const held = before.held()

    const after = createSieve(settings)
    after.restore(kept, held)
    const rest = answered(authorizationUrl, '1', 1100, 302)
    expect(after.offer(rest)).toEqual([rest])
    const error = started(`${app}/callback`, { id: '2', at: 2000 })
    expect(after.offer(error)).toEqual([error])
  })

  it('keeps no body of what is only held', () => {
    const sieve = createSieve(settings)
    const body: CapturedBody = { kind: 'text', text: '{"note":"withheld"}' }
    sieve.offer(started('https://shop.example/', { id: '1', at: 1000, method: 'POST', body }))
    expect(sieve.held()).toEqual([
      {
        ...started('https://shop.example/', { id: '1', at: 1000, method: 'POST' }),
        body: { kind: 'lost', because: 'body-not-captured' },
      },
    ])
  })
})
