import type { Analysis, Flow, Locator } from '../../model/analysis'
import type { HttpExchange } from '../../model/exchange'
import { readJwt } from '../../model/jwt'
import { valueOf } from '../../model/observed'
import { type Field, allFields, cookiesSent, cookiesSet } from './fields'
import { maskBody } from './mask'
import { isSecretHeader, isSecretParameter, maskedText } from './secrets'
import { exchangesById } from './value-index'
import { partWord, stepName } from './words'

export interface Hit {
  readonly key: string
  readonly flowId: string
  readonly stepId: string
  readonly where: Locator
  /** `step 4, Token request` */
  readonly place: string
  /** `Request body, code` */
  readonly part: string
  /** The value, or the words around the match, with secrets masked. */
  readonly excerpt: string
}

const MOST_HITS = 60
/** Shorter texts match half of everything; they only filter the list. */
const SHORTEST_QUERY = 4

/** What a pasted text may have been made of: as it is, percent-decoded, and the values of a pasted URL or form. */
const variants = (query: string): readonly string[] => {
  const text = query.trim().replace(/^["'`]|["'`]$/g, '')
  const decoded = (() => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '))
    } catch {
      return text
    }
  })()
  const withoutScheme = text.replace(/^(?:Authorization:\s*)?(?:Bearer|DPoP)\s+/i, '')
  return [...new Set([text, decoded, withoutScheme])]
    .map((variant) => variant.toLowerCase())
    .filter((variant) => variant.length >= SHORTEST_QUERY)
}

const claimFields = (field: Field): readonly Field[] => {
  const claims = readJwt(field.value)?.claims
  if (!claims) return []
  const part = field.name.startsWith('id_token') ? 'id_token.claims' : 'access_token.claims'
  return Object.entries(claims).map(([name, value]) => ({
    part,
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))
}

const places = (exchange: HttpExchange): readonly Field[] => {
  const fields = allFields(exchange)
  const requestHeaders = valueOf(exchange.requestHeaders) ?? []
  const responseHeaders = valueOf(exchange.responseHeaders) ?? []
  const body = valueOf(exchange.responseBody)
  return [
    ...fields,
    ...fields.flatMap(claimFields),
    ...cookiesSent(requestHeaders),
    ...cookiesSet(responseHeaders),
    ...requestHeaders
      .filter(({ name }) => !isSecretHeader(name))
      .map(({ name, value }): Field => ({ part: 'request.headers', name, value })),
    ...responseHeaders
      .filter(({ name }) => !isSecretHeader(name))
      .map(({ name, value }): Field => ({ part: 'response.headers', name, value })),
    ...(exchange.error ? [{ part: 'response.error', name: '', value: exchange.error } as const] : []),
    { part: 'request.url', name: '', value: exchange.url },
    ...(body?.kind === 'text' && !fields.some((field) => field.part === 'response.body')
      ? [{ part: 'response.body', name: '', value: body.text } as const]
      : []),
  ]
}

const excerptOf = (field: Field, wanted: string): string => {
  if (isSecretParameter(field.name) || field.part.endsWith('cookies') || field.name === 'Authorization')
    return maskedText(field.value)
  const at = field.value.toLowerCase().indexOf(wanted)
  const start = Math.max(0, at - 24)
  const text = maskBody(field.value).slice(start, at + wanted.length + 40)
  return `${start > 0 ? '…' : ''}${text.replace(/\s+/g, ' ')}${at + wanted.length + 40 < field.value.length ? '…' : ''}`
}

/** Where a pasted error message, token, code, state or URL occurs in these attempts. */
export const searchValues = (analysis: Analysis, flows: readonly Flow[], query: string): readonly Hit[] => {
  const wanted = variants(query)
  if (wanted.length === 0) return []
  const exchanges = exchangesById(analysis)
  const hits: Hit[] = []
  for (const flow of flows) {
    for (const [index, step] of flow.steps.entries()) {
      const exchange = exchanges.get(step.exchangeId)
      if (!exchange) continue
      const seen = new Set<string>()
      for (const field of places(exchange)) {
        const match = wanted.find((text) => field.value.toLowerCase().includes(text))
        const key = `${step.id}/${field.part}/${field.name}`
        if (match === undefined || seen.has(key)) continue
        // The URL repeats what its parameters already told.
        if (field.part === 'request.url' && seen.size > 0) continue
        seen.add(key)
        hits.push({
          key: `${flow.id}/${key}`,
          flowId: flow.id,
          stepId: step.id,
          where: { exchangeId: exchange.id, part: field.part, ...(field.name === '' ? {} : { parameter: field.name }) },
          place: `step ${index + 1}, ${stepName[step.kind]}`,
          part: field.name === '' ? partWord[field.part] : `${partWord[field.part]}, ${field.name}`,
          excerpt: excerptOf(field, match),
        })
        if (hits.length >= MOST_HITS) return hits
      }
    }
  }
  return hits
}
