import { parseUrl } from '../../../model/url'
import { quote } from './text'

/** A client_id that is the URL of the client's own registration (OAuth Client ID Metadata Document): https, with a path. */
export const documentOfClient = (client_id: string | undefined): string | undefined => {
  const url = client_id === undefined ? undefined : parseUrl(client_id)
  return url?.protocol === 'https:' && url.pathname !== '/' ? client_id : undefined
}

/** What a server needs to read such a document. */
export const documentSteps = (document: string): readonly string[] => [
  `The server fetches ${quote(document)} itself: it must get 200 and JSON without cookies, and without a redirect, a sign-in or a check for bots in between.`,
  '`client_id` in the document has to be this very URL.',
  'Servers keep the document for a while, so a change may count only minutes later.',
]
