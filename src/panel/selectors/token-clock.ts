import type { Analysis, Flow } from '../../model/analysis'
import type { EpochMs } from '../../model/recording'
import { dateClaim, readJwt, audiences } from '../../model/jwt'
import { allFields, requestFields, responseFields, urlFields } from './fields'
import { clientLabel } from './parties'
import { clockTime, durationWords } from './time'
import { exchangesById } from './value-index'

export interface TokenUse {
  readonly at: string
  readonly flowId: string
  readonly stepId: string
  readonly what: string
}

export interface TokenRow {
  readonly key: string
  readonly kind: 'Access token' | 'ID token' | 'Refresh token'
  readonly holder: string
  readonly audience: string
  readonly issuedAt: string
  readonly expires: string
  readonly expired: boolean
  /** 0 to 1 of its life that has passed; null when the lifetime is not known. */
  readonly elapsed: number | null
  readonly flowId: string
  readonly stepId: string
  readonly uses: readonly TokenUse[]
  /** Redeemed more than once: with rotation only the first can win. */
  readonly race: string | null
}

const kinds = { access_token: 'Access token', id_token: 'ID token', refresh_token: 'Refresh token' } as const
type TokenName = keyof typeof kinds

const isTokenName = (name: string): name is TokenName => name in kinds

/** A clock that is read by people counts whole seconds. */
const secondsWords = (ms: number): string => durationWords(Math.round(ms / 1000) * 1000)

interface Issued {
  readonly name: TokenName
  readonly value: string
  readonly flow: Flow
  readonly stepId: string
  readonly at: EpochMs
  readonly expiresAt: EpochMs | null
  readonly audience: string
}

/**
 * The tokens that were seen to be issued in these attempts, newest first, with their life and their use.
 *
 * @param now null for a file, of which nobody knows how long ago it is
 */
export const tokenClock = (analysis: Analysis, flows: readonly Flow[], now: EpochMs | null): readonly TokenRow[] => {
  const exchanges = exchangesById(analysis)
  const issued = new Map<string, Issued>()
  const uses = new Map<string, (TokenUse & { readonly tabId: number; readonly at: string })[]>()

  for (const flow of flows) {
    for (const step of flow.steps) {
      const exchange = exchanges.get(step.exchangeId)
      if (!exchange) continue
      const isResponse = step.kind === 'authorization_response'
      const got = isResponse ? [...urlFields(exchange), ...requestFields(exchange)] : responseFields(exchange)
      const lifetime = Number(got.find((field) => field.name === 'expires_in')?.value)
      for (const field of got) {
        if (!isTokenName(field.name) || field.value === '' || issued.has(field.value)) continue
        const jwt = readJwt(field.value)
        const exp = jwt && dateClaim(jwt, 'exp')
        const fromCall = field.name === 'access_token' && lifetime > 0 ? exchange.startedAt + lifetime * 1000 : null
        issued.set(field.value, {
          name: field.name,
          value: field.value,
          flow,
          stepId: step.id,
          at: exchange.endedAt ?? exchange.startedAt,
          expiresAt: exp === undefined ? fromCall : exp * 1000,
          audience: jwt ? audiences(jwt).join(', ') : '',
        })
      }
      const sent = isResponse ? [] : allFields(exchange).filter((field) => field.part.startsWith('request'))
      for (const field of sent) {
        if (!isTokenName(field.name) && field.name !== 'Authorization' && field.name !== 'id_token_hint') continue
        const list = uses.get(field.value) ?? []
        uses.set(field.value, list)
        const what =
          field.name === 'refresh_token'
            ? 'redeemed'
            : step.kind === 'end_session_request'
              ? 'shown at logout'
              : 'shown to an API'
        list.push({ at: clockTime(exchange.startedAt), flowId: flow.id, stepId: step.id, what, tabId: exchange.tabId })
      }
    }
  }

  return [...issued.values()]
    .toSorted((a, b) => b.at - a.at)
    .map((token): TokenRow => {
      const used = uses.get(token.value) ?? []
      const left = token.expiresAt === null || now === null ? null : token.expiresAt - now
      const tabs = new Set(used.map((use) => use.tabId))
      return {
        key: token.value,
        kind: kinds[token.name],
        holder: clientLabel(token.flow),
        audience: token.audience,
        issuedAt: clockTime(token.at),
        expires:
          token.expiresAt === null
            ? 'expiry not known'
            : left === null
              ? `expires at ${clockTime(token.expiresAt)}`
              : left < 0
                ? `expired ${secondsWords(left)} ago`
                : `expires in ${secondsWords(left)}, at ${clockTime(token.expiresAt)}`,
        expired: left !== null && left < 0,
        elapsed:
          token.expiresAt === null || now === null || token.expiresAt <= token.at
            ? null
            : Math.min(1, Math.max(0, (now - token.at) / (token.expiresAt - token.at))),
        flowId: token.flow.id,
        stepId: token.stepId,
        uses: used.map(({ at, flowId, stepId, what }) => ({ at, flowId, stepId, what })),
        race:
          token.name === 'refresh_token' && used.length > 1
            ? `Redeemed ${used.length} times${tabs.size > 1 ? ` from ${tabs.size} tabs` : ''}: where the server rotates refresh tokens, only the first can win.`
            : null,
      }
    })
}
