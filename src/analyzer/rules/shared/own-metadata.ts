import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { ServerMetadata } from '../../recognition/known'

/** Metadata that names the very endpoint of this request; that of another tenant on the same host says nothing. */
export const ownMetadata = ({ request, world }: CaseFile): ServerMetadata | undefined =>
  request &&
  world.known.metadata.findLast(
    ({ document }) => document['authorization_endpoint'] === withoutQuery(request.exchange.url),
  )
