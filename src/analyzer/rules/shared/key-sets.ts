import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { originOf } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { isObject } from '../../recognition/readers'

/** A JWK set (RFC 7517 section 5) that was read in this recording. */
export interface KeySet {
  readonly exchange: HttpExchange
  readonly keys: readonly Readonly<Record<string, unknown>>[]
}

/** The key sets of this login's server, oldest first: of its jwks_uri, of its issuer, or of the attempt itself. */
export const keySetsOf = (file: CaseFile): readonly KeySet[] => {
  const announced = file.metadata?.document['jwks_uri']
  const issuer = file.issuer === undefined ? undefined : originOf(file.issuer)
  return file.world.messages.flatMap((message): KeySet[] => {
    if (message.kind !== 'jwks') return []
    const { url } = message.exchange
    const belongs = url === announced || originOf(url) === issuer || file.attempt.documents.includes(message)
    const keys = valueOf(message.response.json)?.['keys']
    return belongs && Array.isArray(keys) ? [{ exchange: message.exchange, keys: keys.filter(isObject) }] : []
  })
}
