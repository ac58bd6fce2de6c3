import type { Evidence } from '../../../model/analysis'
import { header } from '../../../model/headers'
import { type Jwt, readJwt } from '../../../model/jwt'
import type { ApiCall, Challenge, TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { hasParam, paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { bearerOf, holdsToken } from '../../recognition/api-call'
import { jsonResponse } from '../../recognition/readers'
import { endpointOf, pointsOf } from './endpoint'
import { exchangeEvidence } from './evidence'

/** A refused call to an API or to userinfo, and what is known of the token it presented. */
export interface RefusedCall {
  readonly point: FailurePoint
  readonly call: ApiCall
  /** `the API` or `the userinfo endpoint`. */
  readonly name: string
  readonly token: string | undefined
  readonly jwt: Jwt | undefined
  /** The token call whose answer contained the token, under whichever name. */
  readonly issuedBy: TokenRequest | undefined
  /** The challenges of Bearer or DPoP; others say nothing about tokens. */
  readonly challenges: readonly Challenge[]
  /** What the server wrote for people about the token. */
  readonly said: string | undefined
}

/** The kinds of failures that rules about tokens at an API explain. */
export const refusedByApi = ['api_refused', 'userinfo_refused'] as const

/** The refused calls, oldest first; those the server did not refuse for the token (404, 5xx) are not among them. */
export const refusedCalls = (file: CaseFile): readonly RefusedCall[] =>
  pointsOf(file, refusedByApi).flatMap((point) => {
    const { message } = point
    const isCall = message.kind === 'api_call' || message.kind === 'userinfo_request'
    if (!isCall || ![400, 401, 403].includes(point.status ?? 0)) return []
    const token = holdsToken(message) ? valueOf(bearerOf(message)) : undefined
    return [
      {
        point,
        call: message,
        name: endpointOf(point).name,
        token,
        jwt: token === undefined ? undefined : readJwt(token),
        issuedBy: issuerOf(file, token),
        challenges: (valueOf(message.challenges) ?? []).filter(({ scheme }) => /^(bearer|dpop)$/i.test(scheme)),
        said: point.error_description ?? saidInBody(message.exchange),
      },
    ]
  })

/** APIs that frameworks protect explain themselves in JSON of many shapes (RFC 9457 has `detail`). */
const saidInBody = (exchange: ApiCall['exchange']): string | undefined => {
  const { form, parameters } = jsonResponse(exchange)
  if (valueOf(form) !== 'json') return undefined
  return ['detail', 'message', 'msg', 'error_description', 'error']
    .map((name) => paramValue(parameters, name))
    .find((text) => text?.includes(' '))
}

/** The refusal is about the key that signed the token. */
export const speaksOfKeys = ({ said }: RefusedCall): boolean =>
  said !== undefined && /\b(kid|jwks?|signature|(signing|public) keys?|key with)\b/i.test(said)

/** The refusal is about who issued the token. */
export const speaksOfIssuer = ({ said }: RefusedCall): boolean => said !== undefined && /\biss(uer)?\b/i.test(said)

const issuerOf = (file: CaseFile, token: string | undefined): TokenRequest | undefined =>
  token === undefined
    ? undefined
    : file.world.messages
        .filter((message): message is TokenRequest => message.kind === 'token_request')
        .find(({ response }) =>
          ['access_token', 'id_token'].some((name) => paramValue(response.parameters, name) === token),
        )

/** A claim of the presented token, where it can be looked at. */
export const claimEvidence = (
  { call }: RefusedCall,
  name: string,
  values: { readonly actual: string; readonly expected?: string },
): Evidence => exchangeEvidence(call.exchange, 'access_token.claims', { label: name, parameter: name, ...values })

/** The challenge in words: `invalid_token: The token expired`. */
export const challengeEvidence = ({ call, point }: RefusedCall): readonly Evidence[] => {
  const text = valueOf(header(call.exchange.responseHeaders, 'www-authenticate'))
  if (text !== undefined) {
    return [
      exchangeEvidence(call.exchange, 'response.headers', {
        label: 'WWW-Authenticate',
        parameter: 'WWW-Authenticate',
        actual: text,
      }),
    ]
  }
  return point.error === undefined
    ? []
    : [exchangeEvidence(call.exchange, 'response.body', { label: 'error', parameter: 'error', actual: point.error })]
}

/** The server's time in seconds when it refused: its own `Date`, else its clock as far as other answers told. */
export const serverSeconds = (file: CaseFile, { call }: RefusedCall): number => {
  const date = valueOf(header(call.exchange.responseHeaders, 'date'))
  const at = date === undefined ? Number.NaN : Date.parse(date)
  const local = call.exchange.endedAt ?? call.exchange.startedAt
  return (Number.isNaN(at) ? local + (file.clock(call.exchange.url)?.offset ?? 0) : at) / 1000
}

/** Scopes of the token: its own claim (RFC 9068 `scope`, Entra `scp`), else what the token answer or request names. */
export const scopesOf = ({ jwt, issuedBy }: RefusedCall): readonly string[] | undefined => {
  const claim = jwt?.claims?.['scope'] ?? jwt?.claims?.['scp']
  if (Array.isArray(claim)) return claim.map(String)
  const text =
    typeof claim === 'string'
      ? claim
      : issuedBy && hasParam(issuedBy.response.parameters, 'scope')
        ? paramValue(issuedBy.response.parameters, 'scope')
        : undefined
  return text?.split(/\s+/).filter((scope) => scope !== '')
}

/** An ID token by where it came from, or by claims that only ID tokens have (OpenID Connect Core section 2). */
export const isIdToken = ({ jwt, token, issuedBy }: RefusedCall): boolean => {
  if (issuedBy && token !== undefined) return paramValue(issuedBy.response.parameters, 'id_token') === token
  if (!jwt || /at\+jwt/i.test(String(jwt.header['typ'] ?? ''))) return false
  return ['nonce', 'at_hash', 'c_hash', 's_hash'].some((name) => jwt.claims?.[name] !== undefined)
}
