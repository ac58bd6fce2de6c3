import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { type Jwt, readJwt } from '../../model/jwt'
import { valueOf } from '../../model/observed'
import { isObject } from '../recognition/readers'
import { digest } from './digest'

/** The DPoP proof of a request (RFC 9449 section 4); `undefined` when there is none that can be read. */
export const proofOf = (exchange: HttpExchange): Jwt | undefined =>
  readJwt(valueOf(header(exchange.requestHeaders, 'dpop')) ?? '')

/**
 * Whether an error answer asks for a DPoP nonce (RFC 9449 section 8). Where its code was not seen, an answer with a nonce
 * to a proof without one says so.
 */
export const asksForNonce = (exchange: HttpExchange, error: string | undefined): boolean => {
  if (error !== undefined) return error === 'use_dpop_nonce'
  const claims = proofOf(exchange)?.claims
  return (
    claims !== undefined &&
    claims['nonce'] === undefined &&
    header(exchange.responseHeaders, 'dpop-nonce').state === 'present'
  )
}

const members: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
}

/** The thumbprint of the public key in a proof (RFC 7638), `undefined` where the key is not complete. */
export const thumbprintOf = (proof: Jwt | undefined): string | undefined => {
  const jwk = proof?.header['jwk']
  if (!isObject(jwk)) return undefined
  const names = members[String(jwk['kty'])]
  if (!names?.every((name) => typeof jwk[name] === 'string')) return undefined
  return digest('S256', JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]]))))
}
