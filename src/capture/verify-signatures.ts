import { type JSONWebKeySet, compactVerify, createLocalJWKSet, errors } from 'jose'
import type { HttpExchange } from '../model/exchange'
import { readJwt } from '../model/jwt'
import { valueOf } from '../model/observed'
import type { CaptureEvent, EpochMs, JwsVerified } from '../model/recording'
import { fragmentOf, originOf, queryOf, readForm, withoutQuery } from '../model/url'
import { jsonObject } from './login-structure'

/** An ID token, and where it was read. */
export interface SignedToken {
  readonly exchangeId: string
  readonly parameter: string
  readonly jwt: string
}

/** A key set, and the issuer whose tokens it verifies. */
export interface IssuerKeys {
  readonly issuer: string
  readonly jwks: JSONWebKeySet
}

type Verdict = Pick<JwsVerified, 'result' | 'detail'>

const bodyText = (exchange: HttpExchange): string | undefined => {
  const body = valueOf(exchange.responseBody)
  return body?.kind === 'text' && !body.truncated ? body.text : undefined
}

const formValues = (exchange: HttpExchange) => {
  const body = valueOf(exchange.requestBody)
  const posted = body?.kind === 'form' ? body.fields : []
  return [...readForm(queryOf(exchange.url)), ...readForm(fragmentOf(exchange.url)), ...posted]
}

/** The ID tokens that arrived: in token responses, and in authorization responses of the implicit and hybrid flows. */
export const signedTokensOf = (exchanges: readonly HttpExchange[]): readonly SignedToken[] =>
  exchanges.flatMap((exchange) => {
    const answered = jsonObject(bodyText(exchange) ?? '')?.['id_token']
    const delivered = formValues(exchange).find(({ name }) => name === 'id_token')?.value
    const jwt = typeof answered === 'string' ? answered : delivered
    return jwt === undefined ? [] : [{ exchangeId: exchange.id, parameter: 'id_token', jwt }]
  })

const isKeySet = (value: Record<string, unknown> | undefined): value is Record<string, unknown> & JSONWebKeySet =>
  Array.isArray(value?.['keys']) &&
  value['keys'].every((key) => typeof key === 'object' && key !== null && 'kty' in key)

/** The key sets that were fetched, each with the issuer that metadata names for it, or else with that of its origin. */
export const issuerKeysOf = (exchanges: readonly HttpExchange[]): readonly IssuerKeys[] => {
  const documents = exchanges.flatMap((exchange) => {
    const json = jsonObject(bodyText(exchange) ?? '')
    return json ? [{ url: withoutQuery(exchange.url), json }] : []
  })
  const issuers = documents.flatMap(({ json }) =>
    typeof json['issuer'] === 'string' && typeof json['jwks_uri'] === 'string'
      ? [{ issuer: json['issuer'], jwksUri: withoutQuery(json['jwks_uri']) }]
      : [],
  )
  return documents.flatMap(({ url, json }) => {
    if (!isKeySet(json)) return []
    const named = issuers.filter(({ jwksUri }) => jwksUri === url).map(({ issuer }) => issuer)
    return (named.length > 0 ? named : [originOf(url) ?? url]).map((issuer) => ({ issuer, jwks: json }))
  })
}

/** Without metadata the origin is all that ties a key set to an issuer. */
const belongsTo = (keys: IssuerKeys, issuer: unknown): boolean =>
  keys.issuer === issuer || (typeof issuer === 'string' && keys.issuer === originOf(issuer))

const verdictOf = (error: unknown): Verdict => {
  if (error instanceof errors.JWKSNoMatchingKey) return { result: 'key-not-found' }
  if (error instanceof errors.JWSSignatureVerificationFailed) return { result: 'invalid' }
  return { result: 'unsupported', detail: error instanceof Error ? error.message : String(error) }
}

const verifyWith = async (jwt: string, jwks: JSONWebKeySet): Promise<Verdict> => {
  try {
    await compactVerify(jwt, createLocalJWKSet(jwks))
    return { result: 'valid' }
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) return verdictOf(error)
    // Keys without `kid`: any of them may be the one.
    for await (const key of error) {
      const verified = await compactVerify(jwt, key).then(
        () => true,
        () => false,
      )
      if (verified) return { result: 'valid' }
    }
    return { result: 'invalid' }
  }
}

const verifyToken = async (jwt: string, keySets: readonly IssuerKeys[]): Promise<Verdict | undefined> => {
  const read = readJwt(jwt)
  if (!read || read.parts !== 3) return undefined
  const { alg } = read.header
  if (typeof alg !== 'string' || alg === 'none' || alg.startsWith('HS'))
    return { result: 'unsupported', detail: `alg ${String(alg)} is not verified with a public key` }
  const own = keySets.filter((keys) => belongsTo(keys, read.claims?.['iss']))
  // No key set of this issuer was seen: nothing can be said.
  if (own.length === 0) return undefined
  const verdicts = await Promise.all(own.map(({ jwks }) => verifyWith(jwt, jwks)))
  // After a key rotation an older set lacks the key; a set that has it decides.
  return (
    verdicts.find(({ result }) => result === 'valid') ??
    verdicts.find(({ result }) => result !== 'key-not-found') ??
    verdicts[0]
  )
}

/** Verifies each token against the key sets of its issuer (RFC 7515 section 5.2). Fetches nothing, never rejects. */
export const verifyTokens = async (
  tokens: readonly SignedToken[],
  keySets: readonly IssuerKeys[],
  at: EpochMs,
): Promise<readonly Omit<JwsVerified, 'seq'>[]> => {
  const verified = await Promise.all(
    tokens.map(async ({ exchangeId, parameter, jwt }): Promise<readonly Omit<JwsVerified, 'seq'>[]> => {
      const verdict = await verifyToken(jwt, keySets)
      return verdict ? [{ type: 'jws.verified', at, exchangeId, parameter, ...verdict }] : []
    }),
  )
  return verified.flat()
}

const placeOf = ({ exchangeId, parameter }: { exchangeId: string; parameter: string }) => `${exchangeId}/${parameter}`

/**
 * What a recording lets say of its ID tokens' signatures and does not say yet. A token whose key was not found is looked
 * at again, since the key set may have come later.
 *
 * @param exchanges of the analysis of the same events
 */
export const verifySignatures = async (
  exchanges: readonly HttpExchange[],
  events: readonly CaptureEvent[],
  at: EpochMs,
): Promise<readonly Omit<JwsVerified, 'seq'>[]> => {
  const said = new Map(
    events.flatMap((event) => (event.type === 'jws.verified' ? [[placeOf(event), event.result]] : [])),
  )
  const open = signedTokensOf(exchanges).filter(
    (token) => (said.get(placeOf(token)) ?? 'key-not-found') === 'key-not-found',
  )
  if (open.length === 0) return []
  const found = await verifyTokens(open, issuerKeysOf(exchanges), at)
  return found.filter((event) => said.get(placeOf(event)) !== event.result)
}
