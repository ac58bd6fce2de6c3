import type { DocumentMessage } from '../../model/message'
import { valueOf } from '../../model/observed'
import { originOf, parseUrl, withoutQuery } from '../../model/url'
import type { Attempt } from '../correlation/attempt'

/** An API that said how to log in (RFC 9728): what was asked of it, and what its metadata says that it is. */
export interface ResourceMismatch {
  readonly document: DocumentMessage
  readonly resource: string
  /** The URL that the client used, or that the URL of the metadata was made from. */
  readonly used: string
  /** Not even the same origin, or another path: no client can take it for what it asked for. */
  readonly isOther: boolean
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource'

const resourceDocument = ({ documents }: Attempt): DocumentMessage | undefined =>
  documents.findLast(
    ({ kind, response }) => kind === 'protected_resource_metadata' && response.json.state === 'present',
  )

/**
 * The metadata of an API, asked for where there is none: its own host may be the authorization server then. Only a client
 * that knows nothing but the URL of the API looks for it.
 */
const soughtResource = ({ documents }: Attempt): DocumentMessage | undefined =>
  documents.find(
    ({ kind, exchange }) =>
      kind === 'protected_resource_metadata' &&
      valueOf(exchange.status) === 404 &&
      documents.some(
        (other) =>
          other.kind === 'provider_metadata' &&
          other.at > exchange.startedAt &&
          originOf(other.exchange.url) === originOf(exchange.url),
      ),
  )

/** RFC 9728 section 3.3: `resource` must be the URL for which the client asked. */
export const resourceMismatchOf = (attempt: Attempt): ResourceMismatch | undefined => {
  const document = resourceDocument(attempt)
  const resource = document && valueOf(document.response.json)?.['resource']
  if (!document || typeof resource !== 'string') return undefined
  const [asked] = attempt.apiCalls
  const described = withoutQuery(document.exchange.url).replace(WELL_KNOWN, '')
  const used = asked ? withoutQuery(asked.exchange.url) : described
  const isSame = [used, described].some((url) => withSlash(url) === withSlash(resource))
  return isSame ? undefined : { document, resource, used, isOther: !isWithin(used, resource) }
}

const withSlash = (url: string): string => {
  const href = parseUrl(url)?.href ?? url
  return href.endsWith('/') ? href : `${href}/`
}

/** Lenient clients take the metadata of a whole host for each of its paths. */
const isWithin = (url: string, resource: string): boolean => withSlash(url).startsWith(withSlash(resource))

/**
 * The metadata of the authorization server, when a client without a client_id finds no way to get one there: neither
 * registration (RFC 7591) nor client IDs that are URLs.
 */
export const closedServerOf = (attempt: Attempt): DocumentMessage | undefined =>
  (resourceDocument(attempt) ?? soughtResource(attempt)) &&
  attempt.documents.findLast(({ kind, response }) => {
    const json = kind === 'provider_metadata' ? valueOf(response.json) : undefined
    return (
      json !== undefined &&
      typeof json['authorization_endpoint'] === 'string' &&
      json['registration_endpoint'] === undefined &&
      json['client_id_metadata_document_supported'] !== true
    )
  })
