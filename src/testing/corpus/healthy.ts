import { codeLogin, record, serverLogin } from '../builders'
import type { CorpusEntry } from './entry'

export const healthyLogins: readonly CorpusEntry[] = [
  {
    id: 'healthy-code-login',
    area: 'healthy',
    title: 'A page logs in with code and PKCE',
    source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1',
    recording: record(codeLogin()),
    expected: { rootCause: null },
  },
  {
    id: 'healthy-server-login',
    area: 'healthy',
    title: 'A server logs in; its token call is not seen',
    source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1',
    recording: record(serverLogin()),
    expected: { rootCause: null },
  },
]
