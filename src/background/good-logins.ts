import { analyze } from '../analyzer/analyze'
import type { GoodLogin, Settings } from '../messaging/contract'
import type { Analysis, Flow, FlowKind } from '../model/analysis'
import type { CaptureEvent, EpochMs } from '../model/recording'
import { originOf } from '../model/url'
import { redact } from '../redaction/redact'
import { readEvent } from '../trace/schema'
import { createTurns } from './in-turn'
import type { SettingsArea } from './settings'

type Mode = Settings['rememberGoodLogins']

const key = 'good-logins'
const mostLogins = 12
/** Characters as JSON: twelve of them leave the log its room in `storage.session`. */
const longest = 120_000
/** DevTools tells a request by its own clock, some milliseconds off. */
const sameRequestMs = 3000

const interactive: ReadonlySet<FlowKind> = new Set(['authorization_code', 'implicit', 'hybrid', 'device_code'])

const serverOf = ({ steps }: Flow): string | undefined =>
  originOf(steps.find(({ kind }) => kind === 'authorization_request' || kind === 'token_request')?.url ?? '')

/** The events of one attempt: those of its requests, and what DevTools told of the same requests. */
const eventsOf = (flow: Flow, { exchanges }: Analysis, events: readonly CaptureEvent[]): readonly CaptureEvent[] => {
  const ids = new Set(flow.steps.map(({ exchangeId }) => exchangeId))
  const own = exchanges.filter(({ id }) => ids.has(id))
  const requests = new Set(own.map(({ id }) => id.split(':').slice(1, -1).join(':')))
  const told = (url: string, at: EpochMs) =>
    own.some((exchange) => exchange.url === url && Math.abs(exchange.startedAt - at) < sameRequestMs)
  return events.filter((event) => {
    if (event.type === 'recording.started') return true
    if (event.type === 'jws.verified') return ids.has(event.exchangeId)
    if (event.type === 'entry.observed') return told(event.entry.url, event.entry.startedDateTime)
    return 'requestId' in event && requests.has(event.requestId)
  })
}

/** Redacted, and only what still reads as a login that worked. */
const condense = (flow: Flow, analysis: Analysis, events: readonly CaptureEvent[]): GoodLogin | undefined => {
  const { client_id, kind, startedAt } = flow
  const server = serverOf(flow)
  if (client_id === undefined || server === undefined) return undefined
  const { recording, prove } = redact({ events: eventsOf(flow, analysis, events) })
  const text = JSON.stringify(recording)
  if (text.length > longest || prove(text).length > 0) return undefined
  const worked = analyze(recording, (flow.endedAt ?? startedAt) + 3_600_000).flows.some(
    (other) => other.status === 'succeeded' && other.client_id === client_id,
  )
  return worked ? { client_id, server, kind, startedAt, recording } : undefined
}

const isSame = (a: Pick<GoodLogin, 'client_id' | 'server' | 'kind'>, b: typeof a): boolean =>
  a.client_id === b.client_id && a.server === b.server && a.kind === b.kind

/** With the logins of `analysis` that worked in place of older ones of the same client and server; newest first. */
export const withGoodLogins = (
  known: readonly GoodLogin[],
  analysis: Analysis,
  events: readonly CaptureEvent[],
  isTried: (flow: Flow) => boolean = () => false,
): readonly GoodLogin[] => {
  const isNews = (flow: Flow): boolean => {
    const { client_id, kind, startedAt } = flow
    const server = serverOf(flow)
    if (flow.status !== 'succeeded' || !interactive.has(kind) || client_id === undefined || server === undefined)
      return false
    return !known.some((login) => isSame(login, { client_id, server, kind }) && login.startedAt >= startedAt)
  }
  return analysis.flows
    .filter((flow) => isNews(flow) && !isTried(flow))
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .reduce<readonly GoodLogin[]>((logins, flow) => {
      const login = condense(flow, analysis, events)
      return login ? [login, ...logins.filter((other) => !isSame(other, login))].slice(0, mostLogins) : logins
    }, known)
}

const readLogin = (value: unknown): GoodLogin | undefined => {
  const { client_id, server, kind, startedAt, recording } = (value ?? {}) as Partial<GoodLogin>
  if (typeof client_id !== 'string' || typeof server !== 'string' || typeof startedAt !== 'number') return undefined
  if (kind === undefined || !interactive.has(kind) || !Array.isArray(recording?.events)) return undefined
  return {
    client_id,
    server,
    kind,
    startedAt,
    recording: { events: recording.events.flatMap(readEvent).filter((event) => event !== undefined) },
  }
}

export interface GoodLogins {
  readonly read: () => Promise<readonly GoodLogin[]>
  readonly learn: (analysis: Analysis, events: readonly CaptureEvent[]) => Promise<void>
  /** Moves what is remembered to where the setting wants it, or forgets it. */
  readonly keepIn: (mode: Mode) => Promise<void>
}

/** The last login that worked of each client and server, where the user's setting says. */
export const createGoodLogins = (
  areas: Readonly<Record<'session' | 'disk', SettingsArea>>,
  mode: () => Promise<Mode>,
): GoodLogins => {
  const areaOf = (wanted: Mode) => (wanted === 'never' ? undefined : areas[wanted])
  const readFrom = async (area: SettingsArea | undefined): Promise<readonly GoodLogin[]> => {
    const stored = area ? (await area.get(key))[key] : undefined
    return Array.isArray(stored) ? stored.map(readLogin).filter((login) => login !== undefined) : []
  }
  const inTurn = createTurns()
  let learned: readonly GoodLogin[] | undefined
  // What could not be condensed is tried again only when more of it was seen.
  const tried = new Set<string>()
  const isTried = ({ id, steps, endedAt }: Flow): boolean => {
    const mark = `${id} ${steps.length} ${endedAt}`
    return tried.size === tried.add(mark).size
  }
  return {
    read: () => inTurn(async () => readFrom(areaOf(await mode()))),
    learn: (analysis, events) =>
      inTurn(async () => {
        const area = areaOf(await mode())
        if (!area) return
        const known = (learned ??= await readFrom(area))
        const next = withGoodLogins(known, analysis, events, isTried)
        if (next === known) return
        learned = next
        await area.set({ [key]: next })
      }),
    keepIn: (wanted) =>
      inTurn(async () => {
        const kept = [...(await readFrom(areas.session)), ...(await readFrom(areas.disk))]
        learned = undefined
        tried.clear()
        for (const area of Object.values(areas)) if (area !== areaOf(wanted)) await area.set({ [key]: [] })
        await areaOf(wanted)?.set({ [key]: kept })
      }),
  }
}
