import type { Rule } from '../rule'
import { blockedByContentSecurityPolicy } from './blocked-by-content-security-policy'
import { blockedByExtension } from './blocked-by-extension'
import { corsRefused } from './cors-refused'
import { endpointUnreachable } from './endpoint-unreachable'
import { httpConnectionBroken } from './http-connection-broken'
import { localNetworkAccessDenied } from './local-network-access-denied'
import { mixedContentBlocked } from './mixed-content-blocked'
import { tlsFailed } from './tls-failed'
import { tokenEndpointCors } from './token-endpoint-cors'
import { tokenEndpointDns } from './token-endpoint-dns'
import { tokenEndpointTls } from './token-endpoint-tls'
import { tokenEndpointUnreachable } from './token-endpoint-unreachable'
import { rateLimited } from './rate-limited'
import { requestHeadersTooLarge } from './request-headers-too-large'
import { serverError } from './server-error'
import { tokenEndpointMethod } from './token-endpoint-method'
import { tokenEndpointNotFound } from './token-endpoint-not-found'
import { answeredByGateway } from './answered-by-gateway'
import { endpointRefused } from './endpoint-refused'
import { redirectToInternalHost } from './redirect-to-internal-host'
import { responseHeadersTooLarge } from './response-headers-too-large'
import { insecureContextNoWebcrypto } from './insecure-context-no-webcrypto'

export const infrastructureRules: readonly Rule[] = [
  insecureContextNoWebcrypto,
  responseHeadersTooLarge,
  redirectToInternalHost,
  endpointRefused,
  answeredByGateway,
  tokenEndpointNotFound,
  tokenEndpointMethod,
  serverError,
  requestHeadersTooLarge,
  rateLimited,
  blockedByContentSecurityPolicy,
  blockedByExtension,
  corsRefused,
  endpointUnreachable,
  httpConnectionBroken,
  localNetworkAccessDenied,
  mixedContentBlocked,
  tlsFailed,
  tokenEndpointCors,
  tokenEndpointDns,
  tokenEndpointTls,
  tokenEndpointUnreachable,
]
