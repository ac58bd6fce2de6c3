import type { CorpusEntry } from './entry'
import { healthyLogins } from './healthy'

/** Every login the analyzer is measured by: `npm run accuracy`. */
export const corpus: readonly CorpusEntry[] = [...healthyLogins]
