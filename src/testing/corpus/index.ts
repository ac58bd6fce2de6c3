import type { CorpusEntry } from './entry'
import { healthyLogins } from './healthy'
import { situations1 } from './situations-1'

/** Every login the analyzer is measured by: `npm run accuracy`. */
export const corpus: readonly CorpusEntry[] = [...healthyLogins, ...situations1]
