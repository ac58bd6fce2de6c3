import type { Owner } from '../../../model/analysis'
import { header } from '../../../model/headers'
import type { HttpExchange } from '../../../model/exchange'
import { type Jwt, dateClaim, readJwt, stringClaim } from '../../../model/jwt'
import { valueOf } from '../../../model/observed'
import { parseUrl, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { proofOf, thumbprintOf } from '../../facts/dpop'
import type { FailurePoint } from '../../facts/failure-points'
import { bearerOf, holdsToken } from '../../recognition/api-call'
import { agreeWithBrowser, otherClocks } from '../shared/clocks'
import { callText, hostOf, pointsOf } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration, quote } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

const kinds = ['token_error', 'api_refused', 'userinfo_refused', 'pushed_error'] as const

/** Seconds between the proof and the server's clock; servers allow one to five minutes. */
const FRESH = 60

export const dpopProofInvalid = defineRule({
  id: 'dpop-proof-invalid',
  title: 'The DPoP proof does not fit the request',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: kinds,
  what: 'The `DPoP` header of a refused request: its `htm` and `htu` against method and URL, `iat` against the server’s clock, `ath` and its key against the access token.',
  why: 'A proof is made for one request, one token and one moment. Proxies that change the URL, clocks, and copied proofs make it worthless.',
  toldApart: 'Computed from the proof. `use_dpop_nonce` is a step of the handshake and has its own rule.',
  silentWhen: 'No proof was sent, or the request was accepted.',
  references: [rfc(9449, '4.3'), rfc(9449, '7')],
  covers: ['dpop-proof-wrong-htu-htm', 'dpop-proof-clock'],

  check(file) {
    const proofs = pointsOf(file, kinds).flatMap((point) => {
      const proof = point.status === 400 || point.status === 401 ? proofOf(point.exchange) : undefined
      return proof && point.error !== 'use_dpop_nonce' ? [{ point, proof }] : []
    })
    if (proofs.length === 0) return notApplicable
    for (const { point, proof } of proofs) {
      const fault = faultOf(file, point, proof)
      if (fault) return fail(failure(point, fault))
    }
    return pass('the DPoP proof is of this request, token and time')
  },
})

interface Fault {
  readonly claim: string
  readonly actual: string
  readonly expected: string
  readonly because: string
  readonly fix: string
  /** Where it is not the client's. */
  readonly owner?: Owner
}

const faultOf = (file: CaseFile, point: FailurePoint, proof: Jwt): Fault | undefined => {
  const { exchange } = point
  const lacking = [
    proof.header['typ'] !== 'dpop+jwt' && { claim: 'typ', expected: 'dpop+jwt' },
    typeof proof.header['jwk'] !== 'object' && { claim: 'jwk', expected: 'the public key' },
    proof.claims?.['jti'] === undefined && { claim: 'jti', expected: 'a value of its own' },
  ].find((missing) => missing !== false)
  if (lacking) {
    return {
      ...lacking,
      actual: lacking.claim === 'typ' ? String(proof.header['typ'] ?? 'none') : 'not in the proof',
      because: `its \`${lacking.claim}\` is missing or wrong`,
      fix: 'Let a library make the proof: header `typ` (`dpop+jwt`) and `jwk`, claims `jti`, `htm`, `htu` and `iat`.',
    }
  }
  const [htm, htu, iat] = [stringClaim(proof, 'htm'), stringClaim(proof, 'htu'), dateClaim(proof, 'iat')]
  if (htm !== undefined && htm !== exchange.method) {
    return {
      claim: 'htm',
      actual: htm,
      expected: exchange.method,
      because: `it was made for ${quote(htm)}, and the request is ${exchange.method}`,
      fix: 'Make a new proof for each request, with its own method.',
    }
  }
  if (htu !== undefined && normal(htu) !== normal(exchange.url)) {
    return {
      claim: 'htu',
      actual: htu,
      expected: withoutQuery(exchange.url),
      because: `it was made for ${quote(htu)}`,
      fix: 'Use the URL as it is called, without query and fragment; behind a proxy, the server has to compare with its public URL.',
    }
  }
  const now = serverTime(file, exchange)
  if (iat !== undefined && Math.abs(iat - now) > FRESH) {
    return {
      claim: 'iat',
      actual: new Date(iat * 1000).toISOString(),
      expected: `about ${new Date(now * 1000).toISOString()}`,
      because: `its time is ${duration((iat - now) * 1000)} ${iat > now ? 'ahead of' : 'behind'} the server’s`,
      ...(agreeWithBrowser(otherClocks(file, exchange.url))
        ? {
            owner: 'authorization_server' as const,
            fix: `Set the clock of ${quote(hostOf(exchange.url))} by a time server: other servers agree with this computer. Nonces of the server make clocks matter less.`,
          }
        : {
            fix: 'Make the proof right before the request, and set the clock of this computer; or have the server give nonces, which make clocks matter less.',
          }),
    }
  }
  return tokenFault(file, point, proof)
}

/** RFC 9449 section 7: at an API the proof names the token by its hash, and the token names the key by its thumbprint. */
const tokenFault = (file: CaseFile, { message }: FailurePoint, proof: Jwt): Fault | undefined => {
  if ((message.kind !== 'api_call' && message.kind !== 'userinfo_request') || !holdsToken(message)) return undefined
  const token = valueOf(bearerOf(message))!
  const ath = stringClaim(proof, 'ath')
  if (ath === undefined) {
    return {
      claim: 'ath',
      actual: 'not in the proof',
      expected: 'the hash of the access token',
      because: 'it does not name the access token',
      fix: 'Add `ath`, the SHA-256 hash of the access token, to proofs for APIs.',
    }
  }
  if (!file.world.values.hashesTo('S256', token, ath)) {
    return {
      claim: 'ath',
      actual: ath,
      expected: 'the hash of the access token',
      because: 'it was made for another access token',
      fix: 'Make a new proof after each renewal of the token.',
    }
  }
  const bound = (readJwt(token)?.claims?.['cnf'] as { jkt?: unknown } | undefined)?.jkt
  const key = thumbprintOf(proof)
  return typeof bound === 'string' && key !== undefined && bound !== key
    ? {
        claim: 'jwk',
        actual: key,
        expected: bound,
        because: 'it is signed with another key than the token is bound to',
        fix: 'Keep the key pair with the token (in IndexedDB, not exportable), and use it until the token is replaced.',
      }
    : undefined
}

const normal = (url: string): string => {
  const parsed = parseUrl(url)
  return parsed ? `${parsed.origin}${parsed.pathname}` : url
}

const serverTime = (file: CaseFile, exchange: HttpExchange): number => {
  const date = Date.parse(valueOf(header(exchange.responseHeaders, 'date')) ?? '')
  const local = exchange.endedAt ?? exchange.startedAt
  return (Number.isNaN(date) ? local + (file.clock(exchange.url)?.offset ?? 0) : date) / 1000
}

const failure = (point: FailurePoint, { claim, actual, expected, because, fix, owner }: Fault): Failure => ({
  ...(owner && { owner }),
  cause: `${callText(point.exchange)} was answered ${point.status}${point.error === undefined ? '' : ` with \`${point.error}\``}. Its DPoP proof will not do: ${because}.`,
  evidence: [
    exchangeEvidence(point.exchange, 'dpop_proof.claims', { label: claim, parameter: claim, actual, expected }),
    statusEvidence(point.exchange),
  ],
  confidence: 'certain',
  fix: { summary: fix, steps: [] },
})
