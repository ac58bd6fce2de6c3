import { type Jwt, audiences, dateClaim, stringClaim } from '../../../model/jwt'
import type { TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { originOf, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { duration, list, quote } from './text'

/** One thing that a server would refuse about a JWT with which a client authenticates. */
export interface JwtFault {
  readonly claim: string
  readonly says: string
  readonly actual: string
  readonly expected: string
}

/** What clocks may differ by. */
const TOLERANCE = 60_000

/** What is wrong with a JWT that proves who the client is (RFC 7523 section 3, OpenID Connect Core section 9). */
export const faultsOfClientJwt = (
  file: CaseFile,
  call: TokenRequest,
  jwt: Jwt,
  audience: { readonly allowed: readonly string[]; readonly lifetime?: number },
): readonly JwtFault[] => {
  const offset = file.clock(call.exchange.url)?.offset ?? 0
  const now = call.at + offset
  const exp = dateClaim(jwt, 'exp')
  const iat = dateClaim(jwt, 'iat')
  const nbf = dateClaim(jwt, 'nbf')
  const client_id = valueOf(call.client_id)
  const sub = stringClaim(jwt, 'sub')
  const aud = audiences(jwt)
  const at = (seconds: number) => new Date(seconds * 1000).toISOString()
  const faults: (JwtFault | undefined)[] = [
    exp === undefined
      ? { claim: 'exp', says: 'it has no expiry', actual: 'missing', expected: 'a time in the future' }
      : exp * 1000 + TOLERANCE < now
        ? {
            claim: 'exp',
            says: `it expired ${duration(now - exp * 1000)} before the request`,
            actual: at(exp),
            expected: `after ${at(now / 1000)}`,
          }
        : audience.lifetime !== undefined && exp * 1000 - now > audience.lifetime
          ? {
              claim: 'exp',
              says: `it lives ${duration(exp * 1000 - now)}, longer than the server allows`,
              actual: at(exp),
              expected: `within ${duration(audience.lifetime)}`,
            }
          : undefined,
    nbf !== undefined && nbf * 1000 > now + TOLERANCE
      ? { claim: 'nbf', says: 'it is not valid yet', actual: at(nbf), expected: `not after ${at(now / 1000)}` }
      : undefined,
    iat !== undefined && iat * 1000 > now + TOLERANCE
      ? { claim: 'iat', says: 'it was issued in the future', actual: at(iat), expected: `not after ${at(now / 1000)}` }
      : undefined,
    client_id !== undefined && sub !== client_id
      ? {
          claim: 'sub',
          says: `its subject is ${quote(sub ?? 'missing')} instead of ${quote(client_id)}`,
          actual: sub ?? 'missing',
          expected: client_id,
        }
      : undefined,
    aud.some((value) => audience.allowed.includes(value.replace(/\/+$/, '')))
      ? undefined
      : {
          claim: 'aud',
          says: `it is for ${list(aud.map(quote)) || 'nobody'}`,
          actual: aud.join(', ') || 'missing',
          expected: audience.allowed[0]!,
        },
  ]
  return faults.filter((fault) => fault !== undefined)
}

/** What servers take as audience of a client’s JWT: their issuer, the token endpoint, or their origin. */
export const audiencesOfServer = (file: CaseFile, call: TokenRequest): readonly string[] =>
  [file.metadata?.issuer, withoutQuery(call.exchange.url), originOf(call.exchange.url)].flatMap((url) =>
    url === undefined ? [] : [url.replace(/\/+$/, '')],
  )
