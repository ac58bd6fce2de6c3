import type { Analysis, Finding, Flow } from '../model/analysis'
import type { HttpExchange } from '../model/exchange'
import type { CaptureEvent, EpochMs, Recording } from '../model/recording'
import { originOf } from '../model/url'
import type { World } from './correlation/attempt'
import { correlateAttempts } from './correlation/correlate'
import { diagnose } from './diagnosis/diagnose'
import { GIVEN_UP_AFTER } from './diagnosis/status'
import { normalizeExchanges } from './exchanges/exchanges'
import { type CaseFile, openCaseFile } from './facts/case-file'
import { clocksOf } from './facts/clock'
import { valuesOf } from './facts/digest'
import { SILENCE } from './facts/failure-points'
import { lazy } from '../model/memoize'
import { recognizeMessages } from './recognition/recognize'
import { judge } from './rules/judge'

export interface AnalyzeOptions {
  /** URLs to treat as endpoints although nothing in the traffic says so. */
  readonly extraEndpoints?: readonly { readonly url: string; readonly kind: 'authorization' | 'token' }[]
}

/**
 * Says of every login in the recording how it ended and, where it failed, why. Pure: the same recording and time give
 * the same answer on any machine. `now` decides what is still pending. Never throws.
 */
export const analyze = (recording: Recording, now: EpochMs, options: AnalyzeOptions = {}): Analysis =>
  analyzeBy({ normalize: normalizeExchanges, conclude }, recording, now, options)

/** What is said of one attempt. */
export interface Conclusion {
  readonly flow: Flow
  readonly findings: readonly Finding[]
  readonly crashed: Analysis['crashed']
}

export const conclude = (file: CaseFile): Conclusion => {
  const { verdicts, crashed } = judge(file)
  return { ...diagnose(file, verdicts), crashed }
}

/** The stages of which one who follows a growing log may remember the results. */
export interface Stages {
  readonly normalize: typeof normalizeExchanges
  readonly conclude: (file: CaseFile) => Conclusion
}

/** {@link analyze} with stages of one's own. */
export const analyzeBy = (
  stages: Stages,
  recording: Recording,
  now: EpochMs,
  options: AnalyzeOptions = {},
): Analysis => {
  const { exchanges, cases } = openCases(recording, now, options, stages.normalize)
  const conclusions = cases.map(stages.conclude)
  const revisitAt = nextLook(cases, now)
  return {
    flows: conclusions.map(({ flow }) => flow),
    findings: conclusions.flatMap(({ findings }) => findings),
    exchanges,
    ...(revisitAt !== undefined && { revisitAt }),
    crashed: conclusions.flatMap(({ crashed }) => crashed),
  }
}

const nextLook = (cases: readonly CaseFile[], now: EpochMs): EpochMs | undefined => {
  const times = cases.flatMap(({ attempt }) => {
    const last = Math.max(...attempt.messages.map(({ exchange, at }) => exchange.endedAt ?? at))
    return [last + SILENCE + 1, last + GIVEN_UP_AFTER + 1].filter((time) => time > now)
  })
  return times.length > 0 ? Math.min(...times) : undefined
}

/** The stages before judgement: what was exchanged, what it means, and which login it belongs to. */
export const openCases = (
  { events }: Recording,
  now: EpochMs,
  options: AnalyzeOptions = {},
  normalize = normalizeExchanges,
): { exchanges: readonly HttpExchange[]; cases: readonly CaseFile[] } => {
  const exchanges = normalize(events)
  const { messages, known } = recognizeMessages(exchanges, events, options)
  const world = describeWorld(events, exchanges, messages, known, now)
  const attempts = correlateAttempts(messages, world)
  return { exchanges, cases: attempts.map((attempt) => openCaseFile(attempt, attempts, world)) }
}

const describeWorld = (
  events: readonly CaptureEvent[],
  exchanges: World['exchanges'],
  messages: World['messages'],
  known: World['known'],
  now: EpochMs,
): World => {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]))
  const openers = new Map(
    events.flatMap((event) => (event.type === 'tab.opened' ? [[event.tabId, event.openerTabId] as const] : [])),
  )
  const clocks = lazy(() => clocksOf(exchanges))
  const documents = lazy(() =>
    events.flatMap((event) =>
      event.type === 'navigation.committed' ? [{ at: event.at, tabId: event.tabId, origin: originOf(event.url) }] : [],
    ),
  )
  const rootTab = (tabId: number): number => {
    const visited = new Set([tabId])
    let root = tabId
    for (let opener = openers.get(root); opener !== undefined && !visited.has(opener); opener = openers.get(root)) {
      visited.add(opener)
      root = opener
    }
    return root
  }
  return {
    now,
    events,
    exchanges,
    messages,
    known,
    values: valuesOf(events),
    recordedFrom: events.reduce((first, { at }) => Math.min(first, at), now),
    clock: (url) => clocks().get(originOf(url) ?? ''),
    exchange: (id) => byId.get(id),
    rootTab,
    tabOf: ({ tabId, startedAt, initiator }) => {
      if (tabId >= 0 || initiator === undefined) return rootTab(tabId)
      const page = documents().findLast(({ at, origin }) => at <= startedAt && origin === originOf(initiator))
      return rootTab(page?.tabId ?? tabId)
    },
  }
}
