import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import type { Failure } from '../rule'

/**
 * A client that went on in spite of what it had to refuse has not failed: it is too lenient. What a page does is seen by
 * what it sends next; of a server only its answers are.
 */
export const acceptance = (file: CaseFile): Pick<Failure, 'category' | 'severity'> =>
  (file.isBrowserClient === false && file.failurePoints.length === 0) || handedCodeOn(file)
    ? { category: 'conformance', severity: 'warning' }
    : {}

/** The page gave the code to a server of its own, which took it. */
const handedCodeOn = ({ response, world }: CaseFile): boolean => {
  const code = response && paramValue(response.parameters, 'code')
  if (!response || code === undefined) return false
  return world.exchanges.some((exchange) => {
    if (exchange.startedAt < response.at || exchange.resourceType !== 'xmlhttprequest') return false
    const body = valueOf(exchange.requestBody)
    const text =
      body?.kind === 'text' ? body.text : body?.kind === 'form' ? body.fields.map(({ value }) => value).join(' ') : ''
    const accepted = exchange.status.state === 'present' && exchange.status.value < 400
    return accepted && (text.includes(code) || exchange.url.includes(encodeURIComponent(code)))
  })
}
