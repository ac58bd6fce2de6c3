import type { Candidate } from '../../../model/analysis'
import type { TokenRequest } from '../../../model/message'
import { hasParam, paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { speaksOfGrant } from '../../facts/rejection'
import { type Verdict, indeterminate, notApplicable } from '../rule'

/** A token call that was refused, and where that shows. */
export interface Refusal {
  readonly call: TokenRequest
  readonly point: FailurePoint
}

/** The token calls of this attempt that were answered with an error, whatever the status; oldest first. */
export const refusalsOf = (file: CaseFile): readonly Refusal[] =>
  file.failurePoints.flatMap((point) =>
    point.message.kind === 'token_request' &&
    (point.kind === 'token_error' || (point.kind === 'token_unusable' && point.error !== undefined))
      ? [{ call: point.message, point }]
      : [],
  )

/** Errors that a server gives without having looked at the grant (RFC 6749 section 5.2, RFC 8707, RFC 9449). */
const notAboutTheGrant = new Set([
  'invalid_client',
  'incorrect_client_credentials',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
  'invalid_dpop_proof',
  'use_dpop_nonce',
  'temporarily_unavailable',
])

/** Whether the answer can mean that the code, the refresh token or what belongs to it was refused. */
export const isAboutTheGrant = ({ call, point: { error, error_description, status } }: Refusal): boolean => {
  if (error === undefined) return [400, 401, 403].includes(status ?? 0)
  // Words that quote the redirect_uri of the call speak of the grant, under whatever code they come.
  const redirectUri = paramValue(call.parameters, 'redirect_uri')
  const quotesIt = redirectUri !== undefined && (error_description ?? '').includes(redirectUri)
  return quotesIt || !notAboutTheGrant.has(error)
}

/**
 * `unauthorized_client` for a code that the server has just issued to this client: it cannot mean what it says, unless
 * its words name the grant.
 */
export const deniesItsOwnCode = ({ call, point: { error, error_description } }: Refusal): boolean =>
  error === 'unauthorized_client' && isCodeExchange(call) && !speaksOfGrant(error_description ?? '')

/** Whether the answer can mean that the client did not prove who it is: by its code, or by 401 where no code was seen. */
export const isAboutTheClient = ({ point: { error, status } }: Refusal): boolean =>
  error === undefined ? status === 401 : error === 'invalid_client' || error === 'incorrect_client_credentials'

/** Whether the server may not have found the parameters it needs. */
export const isAboutTheForm = ({ point: { error, status } }: Refusal): boolean =>
  error === undefined
    ? [400, 401, 405, 415].includes(status ?? 0)
    : ['invalid_request', 'unsupported_grant_type', 'invalid_client', 'invalid_grant'].includes(error)

export const grantOf = (call: TokenRequest): string | undefined => paramValue(call.parameters, 'grant_type')

const grantTypes: Readonly<Record<string, string>> = {
  authorization_code: 'authorization code',
  refresh_token: 'refresh token',
  client_credentials: 'client credentials',
  password: 'password',
  'urn:ietf:params:oauth:grant-type:device_code': 'device code',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'token exchange',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'JWT bearer',
}

/** The grant of a call in words: `refresh token`. */
export const grantName = (call: TokenRequest): string => grantTypes[grantOf(call) ?? ''] ?? 'grant'

export const isCodeExchange = (call: TokenRequest): boolean =>
  grantOf(call) === 'authorization_code' || ['code', 'code_verifier'].some((name) => hasParam(call.parameters, name))

/**
 * Judges the code exchange that was refused, or the last one where none was. Without one in the recording the exchange
 * was made by a server: `check` says what to look at there.
 */
export const judgeExchange = (
  file: CaseFile,
  check: string,
  judge: (call: TokenRequest, refused: FailurePoint | undefined) => Verdict,
): Verdict => {
  const exchanges = file.tokenCalls.filter(isCodeExchange)
  if (exchanges.length === 0) return judgeUnseen(file, check)
  // An answer that is no token response at all says nothing of the code.
  if (file.failurePoints.some(({ kind, error }) => kind === 'token_unusable' && error === undefined))
    return notApplicable
  const refusals = refusalsOf(file).filter(({ call }) => isCodeExchange(call))
  const refusal = refusals.find(isAboutTheGrant) ?? refusals.find(deniesItsOwnCode)
  if (!refusal && refusals.length > 0) return notApplicable
  return judge(refusal?.call ?? exchanges.at(-1)!, refusal?.point)
}

/** Judges the token call whose client was refused. */
export const judgeAuthentication = (file: CaseFile, check: string, judge: (refusal: Refusal) => Verdict): Verdict => {
  const refusal = refusalsOf(file).find(isAboutTheClient)
  return refusal ? judge(refusal) : judgeUnseen(file, check)
}

/** The verdict on a token call that a server made: not seen, and worth asking about where its callback failed. */
export const judgeUnseen = (file: CaseFile, check: string): Verdict => {
  const redeemedElsewhere =
    file.tokenCalls.length === 0 && file.response !== undefined && hasParam(file.response.parameters, 'code')
  const notThere = file.failurePoints.some(({ status }) => status === 404 || status === 405)
  return redeemedElsewhere && !notThere ? indeterminate('server-to-server', check) : notApplicable
}

/** What the server answered, for a sentence: the code and its description, or the status where no code was seen. */
export const saidBy = ({ error, error_description, status }: FailurePoint): string =>
  error === undefined
    ? String(status ?? 'an error')
    : `\`${error}\`${error_description === undefined ? '' : ` (“${error_description}”)`}`

const reasons = [/\binvalid\b/i, /\bexpired\b/i, /\brevoked\b/i, /mismatch|does(n't| not) match/i, /issued to another/i]

/** The server’s own words; none where it quotes the definition in RFC 6749 section 5.2, which names every reason at once. */
export const reasonOf = ({ error_description = '' }: FailurePoint): string =>
  reasons.filter((reason) => reason.test(error_description)).length > 2 ? '' : error_description

/** What is left when the two requests fit each other: nobody sees in this browser what another party does. */
export const redeemedElsewhere: Candidate = {
  rule: 'code-redeemed-twice',
  title: 'Another party redeemed the code first',
  check:
    'Look in the server’s log for an earlier redemption of this code: by a back end, another browser, a scanner of links.',
}
