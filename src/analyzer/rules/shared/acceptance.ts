import type { CaseFile } from '../../facts/case-file'
import type { Failure } from '../rule'

/**
 * A client's server that went on in spite of what it had to refuse has not failed: it is too lenient. What a page does is
 * seen by what it sends next; of a server only its answers are.
 */
export const acceptance = (file: CaseFile): Pick<Failure, 'category' | 'severity'> =>
  file.isBrowserClient === false && file.failurePoints.length === 0
    ? { category: 'conformance', severity: 'warning' }
    : {}
