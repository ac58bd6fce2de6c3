import type { HttpExchange } from '../../../model/exchange'
import { originOf, withoutQuery } from '../../../model/url'
import { readJwt } from '../../../model/jwt'
import type { CaseFile } from '../../facts/case-file'
import { queryParameters } from '../../recognition/readers'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const tokenInUrl = defineRule({
  id: 'token-in-url',
  title: 'A token is sent in a URL',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The query of a URL of this login has `access_token`, `id_token` or `refresh_token`, or a token that was issued in this recording.',
  why: 'URLs are kept in server logs, proxies, the history and Referer headers; a token in them works for whoever reads it.',
  toldApart: 'A code or a one-time ticket is no token, and a fragment is not sent to servers.',
  silentWhen: 'Tokens travel in headers and bodies only.',
  references: [rfc(6750, '2.3'), rfc(6750, '5.3'), rfc(9700, '4.3')],
  covers: ['tokens-in-query', 'token-in-query-api'],

  check(file) {
    const exchanges = [...new Set(file.attempt.messages.map(({ exchange }) => exchange))]
    if (exchanges.length === 0) return notApplicable
    for (const exchange of exchanges) {
      const name = tokenNameIn(exchange, file)
      if (name !== undefined) return fail(failure(exchange, name))
    }
    return pass()
  },
})

const names = new Set(['access_token', 'id_token', 'refresh_token'])

const tokenNameIn = (exchange: HttpExchange, { world }: CaseFile): string | undefined =>
  queryParameters(exchange).list.find(
    ({ name, value }) =>
      (names.has(name) && value.length > 8) ||
      world.known.accessTokens.has(value) ||
      (name === 'token' && readJwt(value) !== undefined),
  )?.name

const failure = (exchange: HttpExchange, name: string): Failure => {
  const isDocument = exchange.resourceType === 'main_frame' || exchange.resourceType === 'sub_frame'
  return {
    confidence: 'certain',
    cause: `The URL of ${quote(`${exchange.method} ${withoutQuery(exchange.url)}`)} carries the token as ${quote(`${name}=…`)} in its query, where ${quote(originOf(exchange.url) ?? '')} and everything on the way writes it into logs.`,
    evidence: [exchangeEvidence(exchange, 'request.query', { label: name, parameter: name, actual: 'a token' })],
    fix: isDocument
      ? {
          summary: 'Hand over a code instead, and redeem it at the token endpoint.',
          steps: ['If a token must go from one page to another, post it, or use a one-time ticket.'],
        }
      : {
          summary: 'Send the token in the header: `Authorization: Bearer …`.',
          steps: [
            'Where no header can be set (EventSource, WebSocket, images), use a cookie or a short-lived one-time ticket.',
          ],
        },
  }
}
