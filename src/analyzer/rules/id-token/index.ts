import type { Rule } from '../rule'
import { serverClocksDiffer } from './server-clocks-differ'
import { algMismatch } from './alg-mismatch'
import { clientClockSkew } from './client-clock-skew'
import { idTokenAudMismatch } from './id-token-aud-mismatch'
import { idTokenAuthenticationInsufficient } from './id-token-authentication-insufficient'
import { idTokenExpired } from './id-token-expired'
import { idTokenHashMismatch } from './id-token-hash-mismatch'
import { idTokenIssuedInFuture } from './id-token-issued-in-future'
import { idTokenIssuerMismatch } from './id-token-issuer-mismatch'
import { idTokenMalformed } from './id-token-malformed'
import { idTokenSignatureInvalid } from './id-token-signature-invalid'
import { nonceMismatch } from './nonce-mismatch'
import { userinfoSubMismatch } from './userinfo-sub-mismatch'

export const idTokenRules: readonly Rule[] = [
  serverClocksDiffer,
  algMismatch,
  clientClockSkew,
  idTokenAudMismatch,
  idTokenAuthenticationInsufficient,
  idTokenExpired,
  idTokenHashMismatch,
  idTokenIssuedInFuture,
  idTokenIssuerMismatch,
  idTokenMalformed,
  idTokenSignatureInvalid,
  nonceMismatch,
  userinfoSubMismatch,
]
