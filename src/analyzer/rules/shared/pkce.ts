import type { AuthorizationRequest, TokenRequest } from '../../../model/message'
import type { Observed } from '../../../model/observed'
import { param, paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import type { Values } from '../../facts/digest'

/** The two ends of PKCE (RFC 7636) in one login. */
export interface Pkce {
  readonly challenge: Observed<string>
  /** `plain` where the request names none (RFC 7636 section 4.3). */
  readonly method: string
  readonly verifier: Observed<string>
}

export const pkceOf = (file: CaseFile, call: TokenRequest): Pkce => {
  const method = file.request && paramValue(file.request.parameters, 'code_challenge_method')
  return {
    challenge: file.asked('code_challenge'),
    method: method ?? 'plain',
    verifier: param(call.parameters, 'code_verifier'),
  }
}

/** Whether a verifier answers a challenge by the method that was asked for (RFC 7636 section 4.6). */
export const answers = (values: Values, verifier: string, challenge: string, method: string): boolean =>
  method === 'plain' ? verifier === challenge : values.hashesTo('S256', verifier, challenge)

/** Another login of this recording that the verifier belongs to. */
export const ownerOfVerifier = (file: CaseFile, verifier: string): AuthorizationRequest | undefined =>
  file.attempts
    .filter((attempt) => attempt !== file.attempt)
    .flatMap(({ requests }) => requests)
    .find((request) => {
      const challenge = paramValue(request.parameters, 'code_challenge')
      const method = paramValue(request.parameters, 'code_challenge_method') ?? 'plain'
      return challenge !== undefined && answers(file.world.values, verifier, challenge, method)
    })

/** What keeps a challenge from being the base64url form of a SHA-256 hash (RFC 7636 section 4.2). */
export const defectOfS256 = (challenge: string): string | undefined => {
  if (/^[A-Za-z0-9_-]{43}$/.test(challenge)) return undefined
  if (/^[0-9a-f]{64}$/i.test(challenge)) return 'is the hash in hexadecimal'
  if (/=+$/.test(challenge)) return 'ends with the padding `=`'
  if (/[+/ ]/.test(challenge)) return 'is base64, not base64url'
  if (challenge.length !== 43) return `has ${challenge.length} characters`
  return 'has characters that base64url does not have'
}

/** Servers write the name of the mechanism, or of one of its two values. */
export const speaksOfPkce = (text: string): boolean => /\bpkce\b|code[\s_-]?(verifier|challenge)/i.test(text)
