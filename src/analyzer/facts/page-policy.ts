import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { valueOf } from '../../model/observed'
import { originOf } from '../../model/url'
import type { Attempt } from '../correlation/attempt'
import { type CspRefusal, cspRefusalOf } from './csp'
import { transportKindOf } from './transport'

/** A Content-Security-Policy that stopped what its page had to do. Browsers tell the page, and nobody else. */
export interface PagePolicyRefusal extends CspRefusal {
  /** The document that the policy came with. */
  readonly page: HttpExchange
  readonly target: string
}

/**
 * `form-action` holds for the redirects after a form too. The browser drops the redirect and calls it given up; this is
 * asked only where the target was not requested.
 */
export const formRefusalOf = (
  exchange: HttpExchange,
  exchanges: readonly HttpExchange[],
): PagePolicyRefusal | undefined => {
  const { redirectUrl: target, error } = exchange
  if (target === undefined || error === undefined) return undefined
  if (!/^(cancelled|content-security-policy)$/.test(transportKindOf(error))) return undefined
  const form = firstOfChain(exchange, exchanges)
  const page = form.method === 'POST' ? pageOf(form, exchanges) : undefined
  const refusal = page && cspRefusalOf(page, ['form-action'], target, true)
  return refusal && { ...refusal, page, target }
}

const firstOfChain = (exchange: HttpExchange, exchanges: readonly HttpExchange[]): HttpExchange => {
  const before = exchanges.find(({ id }) => id === exchange.previousHop)
  return before ? firstOfChain(before, exchanges) : exchange
}

/** The document from which a navigation of this frame was started. */
const pageOf = (form: HttpExchange, exchanges: readonly HttpExchange[]): HttpExchange | undefined => {
  const referer = valueOf(header(form.requestHeaders, 'referer'))
  return exchanges.findLast(
    (other) =>
      other.startedAt < form.startedAt &&
      other.resourceType === form.resourceType &&
      other.tabId === form.tabId &&
      other.frameId === form.frameId &&
      other.redirectUrl === undefined &&
      other.error === undefined &&
      (referer === undefined || originOf(referer) === originOf(other.url)),
  )
}

/** The document that has to redeem the code, when its `connect-src` does not let it call this token endpoint. */
export const tokenCallRefusalOf = (attempt: Attempt, tokenEndpoint: string): PagePolicyRefusal | undefined => {
  const answer = attempt.responses.findLast(({ requested }) => requested)
  const documents = answer ? [answer, ...attempt.after].map(({ exchange }) => exchange) : []
  const page = documents.find(({ redirectUrl }) => redirectUrl === undefined)
  const refusal = page && cspRefusalOf(page, ['connect-src', 'default-src'], tokenEndpoint, false)
  return refusal && { ...refusal, page, target: tokenEndpoint }
}
