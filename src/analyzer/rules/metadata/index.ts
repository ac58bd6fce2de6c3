import { discoveryEndpointMixedContentOrInternal } from './discovery-endpoint-mixed-content-or-internal'
import { discoveryUnreachable } from './discovery-unreachable'
import { issuerMismatch } from './issuer-mismatch'
import { jwksUnreachable } from './jwks-unreachable'
import { jwksWrongAlgOrUse } from './jwks-wrong-alg-or-use'
import { kidNotInJwks } from './kid-not-in-jwks'
import { metadataEndpointMismatch } from './metadata-endpoint-mismatch'
import { registrationNotOffered } from './registration-not-offered'
import { registrationRefused } from './registration-refused'
import { resourceMetadataMismatch } from './resource-metadata-mismatch'
import type { Rule } from '../rule'

export const metadataRules: readonly Rule[] = [
  discoveryEndpointMixedContentOrInternal,
  discoveryUnreachable,
  issuerMismatch,
  jwksUnreachable,
  jwksWrongAlgOrUse,
  kidNotInJwks,
  metadataEndpointMismatch,
  registrationNotOffered,
  registrationRefused,
  resourceMetadataMismatch,
]
