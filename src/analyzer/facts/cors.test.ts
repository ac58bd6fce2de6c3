import { expect, it } from 'vitest'
import { type HopSpec, call, client, record } from '../../testing/builders'
import { normalizeExchanges } from '../exchanges/exchanges'
import { isReadableByPage, judgeCors } from './cors'

const judged = (hop: Partial<HopSpec>, preflight?: Partial<HopSpec>) => {
  const url = 'https://id.example/token'
  const hops = [
    ...(preflight ? [call({ url, method: 'OPTIONS', takes: 5, ...preflight }, { initiator: client })] : []),
    call({ url, method: 'POST', ...hop }, { initiator: client }),
  ]
  const exchanges = normalizeExchanges(record(...hops).events)
  const exchange = exchanges.find(({ method }) => method === 'POST')!
  return {
    exchange,
    judgement: judgeCors(
      exchange,
      exchanges.find(({ id }) => id === exchange.preflight),
    ),
  }
}

const reasonOf = (...hops: Parameters<typeof judged>) => {
  const { judgement } = judged(...hops)
  return judgement.state === 'refused' ? judgement.reason : judgement.state
}

const allow = (more: Record<string, string> = {}) => ({ 'Access-Control-Allow-Origin': client, ...more })

it('allows what names the origin, or any', () => {
  expect(reasonOf({ headers: allow() })).toBe('allowed')
  expect(reasonOf({ headers: { 'Access-Control-Allow-Origin': '*' } })).toBe('allowed')
})

it('refuses an answer without the header, also of an error', () => {
  expect(reasonOf({ status: 200 })).toEqual({ kind: 'no-allow-origin' })
  expect(reasonOf({ status: 400 })).toEqual({ kind: 'no-allow-origin' })
})

it('refuses another origin, null and lists', () => {
  expect(reasonOf({ headers: { 'Access-Control-Allow-Origin': `${client}/` } })).toEqual({
    kind: 'other-origin',
    allowed: `${client}/`,
  })
  expect(reasonOf({ headers: { 'Access-Control-Allow-Origin': 'null' } })).toEqual({
    kind: 'other-origin',
    allowed: 'null',
  })
  expect(reasonOf({ headers: { 'Access-Control-Allow-Origin': [client, '*'] } })).toEqual({
    kind: 'several-origins',
    allowed: `${client}, *`,
  })
})

it('refuses a wildcard for a request with a cookie', () => {
  const hop = { requestHeaders: { Cookie: 'a=b' }, headers: { 'Access-Control-Allow-Origin': '*' } }
  expect(reasonOf(hop)).toEqual({ kind: 'wildcard-with-credentials' })
  expect(reasonOf({ ...hop, headers: allow() })).toEqual({ kind: 'credentials-not-allowed' })
  expect(reasonOf({ ...hop, headers: allow({ 'Access-Control-Allow-Credentials': 'true' }) })).toBe('allowed')
})

it('infers credentials where the browser refused what would do without them', () => {
  const { judgement } = judged({
    status: 200,
    headers: { 'Access-Control-Allow-Origin': '*' },
    error: 'net::ERR_FAILED',
  })
  expect(judgement).toMatchObject({ reason: { kind: 'wildcard-with-credentials' }, certain: false })
})

it('reads the preflight first', () => {
  const ask = { 'Access-Control-Request-Headers': 'x-trace', 'Access-Control-Request-Method': 'POST' }
  const failed = { error: 'net::ERR_FAILED' }
  expect(reasonOf(failed, { status: 401 })).toEqual({ kind: 'preflight-status', status: 401, because: [] })
  expect(reasonOf(failed, { status: 204 })).toEqual({ kind: 'no-allow-origin' })
  expect(reasonOf(failed, { status: 204, requestHeaders: ask, headers: allow() })).toEqual({
    kind: 'header-not-allowed',
    names: ['x-trace'],
  })
})

it('does not let a wildcard stand for Authorization', () => {
  const headers = allow({ 'Access-Control-Allow-Headers': '*' })
  const requestHeaders = { 'Access-Control-Request-Headers': 'authorization,x-trace' }
  expect(reasonOf({ error: 'net::ERR_FAILED' }, { status: 204, requestHeaders, headers })).toEqual({
    kind: 'header-not-allowed',
    names: ['authorization'],
  })
})

it('infers a refused preflight from a request that needed one', () => {
  const { judgement } = judged({ requestHeaders: { 'X-App': '1' }, error: 'net::ERR_FAILED' })
  expect(judgement).toMatchObject({ reason: { kind: 'preflight-unseen', because: ['X-App'] }, certain: false })
})

it('says nothing of transport errors, navigations and the own origin', () => {
  expect(reasonOf({ error: 'net::ERR_CONNECTION_REFUSED' })).toBe('unknown')
  expect(reasonOf({ error: 'net::ERR_FAILED' })).toBe('unknown')
  expect(reasonOf({ requestHeaders: { Origin: 'https://id.example' } })).toBe('not-applicable')
  expect(reasonOf({ requestHeaders: { 'Sec-Fetch-Mode': 'navigate' } })).toBe('not-applicable')
})

it('knows which headers a page can read', () => {
  expect(isReadableByPage(judged({ headers: allow() }).exchange, 'DPoP-Nonce')).toBe(false)
  const exposed = allow({ 'Access-Control-Expose-Headers': 'WWW-Authenticate, dpop-nonce' })
  expect(isReadableByPage(judged({ headers: exposed }).exchange, 'DPoP-Nonce')).toBe(true)
})
