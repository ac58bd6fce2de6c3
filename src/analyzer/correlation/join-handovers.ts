import type { HttpExchange } from '../../model/exchange'
import type { Message } from '../../model/message'
import { type Parameters, paramValue } from '../../model/parameters'
import { bodyParameters, queryParameters } from '../recognition/readers'
import { type Drafts, messagesOf } from './draft'

/**
 * A page may hand its code to a server of the client, which redeems it: `POST /api/login` with the code in JSON. Only
 * the value tells: the call is the client's own, and so are its names.
 */
export const joinHandovers = (drafts: Drafts, messages: readonly Message[]): void => {
  const delivered = drafts.all.flatMap((draft) =>
    messagesOf(draft, 'authorization_response').flatMap((response) => {
      const code = paramValue(response.parameters, 'code')
      return code === undefined ? [] : [{ draft, code, at: response.at }]
    }),
  )
  if (delivered.length === 0) return
  // What speaks OAuth is told by its own names; a call that presents a token may hand over a code as well.
  const named = new Set(messages.flatMap(({ kind, exchange }) => (kind === 'api_call' ? [] : [exchange.id])))
  for (const exchange of drafts.world.exchanges.filter(isOfScript)) {
    if (named.has(exchange.id) || drafts.byExchange.has(exchange.id)) continue
    for (const { draft, code, at } of delivered.toReversed()) {
      const parameters = at <= exchange.startedAt ? carrying(code, exchange) : undefined
      if (!parameters) continue
      drafts.add(
        draft,
        { kind: 'code_handover', exchange, at: exchange.startedAt, basis: 'parameters', parameters },
        'code',
      )
      break
    }
  }
}

const isOfScript = ({ resourceType, isPreflight, previousHop }: HttpExchange): boolean =>
  (resourceType === 'xmlhttprequest' || resourceType === 'other') && !isPreflight && previousHop === undefined

const carrying = (code: string, exchange: HttpExchange): Parameters | undefined =>
  [bodyParameters(exchange), queryParameters(exchange)].find(({ list }) => list.some(({ value }) => value === code))
