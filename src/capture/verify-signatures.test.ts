import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import type { HttpExchange } from '../model/exchange'
import { absent, present } from '../model/observed'
import { verifySignatures } from './verify-signatures'

const issuer = 'https://login.example/tenant'

const exchange = (id: string, url: string, json: unknown): HttpExchange => ({
  id,
  method: 'GET',
  url,
  startedAt: 0,
  resourceType: 'xmlhttprequest',
  tabId: 1,
  frameId: 0,
  parentFrameId: -1,
  requestHeaders: present([]),
  requestBody: absent,
  status: present(200),
  responseHeaders: present([]),
  responseBody: present({ kind: 'text', text: JSON.stringify(json) }),
  fromCache: false,
  fromServiceWorker: false,
  isPreflight: false,
  hop: 0,
})

const signer = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256' }
  const sign = (iss = issuer) =>
    new SignJWT({ iss, sub: 'ada' }).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)
  return { jwk, sign }
}

const metadata = exchange('m', `${issuer}/.well-known/openid-configuration`, {
  issuer,
  jwks_uri: 'https://keys.example/jwks',
})
const keySet = (...keys: object[]) => exchange('k', 'https://keys.example/jwks', { keys })
const tokenResponse = (jwt: string) => exchange('t', `${issuer}/token`, { access_token: 'a', id_token: jwt })

const say = (exchanges: HttpExchange[]) => verifySignatures(exchanges, [], 7)

describe('signatures of ID tokens', () => {
  it('are valid when the key of the issuer made them', async () => {
    const { jwk, sign } = await signer('1')
    expect(await say([metadata, keySet(jwk), tokenResponse(await sign())])).toEqual([
      { type: 'jws.verified', at: 7, exchangeId: 't', parameter: 'id_token', result: 'valid' },
    ])
  })

  it('are invalid when another key of that name made them', async () => {
    const [{ jwk }, { sign }] = [await signer('1'), await signer('1')]
    expect(await say([metadata, keySet(jwk), tokenResponse(await sign())])).toMatchObject([{ result: 'invalid' }])
  })

  it('have no key when the key set does not list it', async () => {
    const [{ jwk }, { sign }] = [await signer('1'), await signer('2')]
    expect(await say([metadata, keySet(jwk), tokenResponse(await sign())])).toMatchObject([{ result: 'key-not-found' }])
  })

  it('are not judged by the keys of another issuer, nor without any', async () => {
    const { jwk, sign } = await signer('1')
    const jwt = await sign('https://other.example')
    expect(await say([metadata, keySet(jwk), tokenResponse(jwt)])).toEqual([])
    expect(await say([tokenResponse(jwt)])).toEqual([])
  })

  it('with a shared secret or none at all are left alone', async () => {
    const hs = await new SignJWT({ iss: issuer }).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32))
    const { jwk } = await signer('1')
    expect(await say([metadata, keySet(jwk), tokenResponse(hs)])).toMatchObject([{ result: 'unsupported' }])
    expect(await say([metadata, keySet(jwk), tokenResponse('no.jwt')])).toEqual([])
  })

  it('are said once, and again when the key came later', async () => {
    const { jwk, sign } = await signer('1')
    const exchanges = [metadata, keySet(jwk), tokenResponse(await sign())]
    const said = (result: 'valid' | 'key-not-found') =>
      ({ type: 'jws.verified', seq: 0, at: 0, exchangeId: 't', parameter: 'id_token', result }) as const
    expect(await verifySignatures(exchanges, [said('valid')], 7)).toEqual([])
    expect(await verifySignatures(exchanges, [said('key-not-found')], 7)).toMatchObject([{ result: 'valid' }])
    expect(await verifySignatures([metadata, keySet(), exchanges[2]!], [said('key-not-found')], 7)).toEqual([])
  })
})
