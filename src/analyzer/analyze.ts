import type { Analysis } from '../model/analysis'
import type { CaptureEvent, EpochMs, Recording } from '../model/recording'
import type { World } from './correlation/attempt'
import { correlateAttempts } from './correlation/correlate'
import { diagnose } from './diagnosis/diagnose'
import { normalizeExchanges } from './exchanges/exchanges'
import { type CaseFile, openCaseFile } from './facts/case-file'
import { valuesOf } from './facts/digest'
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
export const analyze = ({ events }: Recording, now: EpochMs, options: AnalyzeOptions = {}): Analysis => {
  const exchanges = normalizeExchanges(events)
  const { messages, known } = recognizeMessages(exchanges, events, options)
  const world = describeWorld(events, exchanges, messages, known, now)
  const attempts = correlateAttempts(messages, world)
  const cases = attempts.map((attempt) => openCaseFile(attempt, attempts, world))
  const judged = cases.map((file): [CaseFile, ReturnType<typeof judge>] => [file, judge(file)])
  const diagnoses = judged.map(([file, { verdicts }]) => diagnose(file, verdicts))
  return {
    flows: diagnoses.map(({ flow }) => flow),
    findings: diagnoses.flatMap(({ findings }) => findings),
    exchanges,
    crashed: judged.flatMap(([, { crashed }]) => crashed),
  }
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
  return {
    now,
    events,
    exchanges,
    messages,
    known,
    values: valuesOf(events),
    recordedFrom: events.reduce((first, { at }) => Math.min(first, at), now),
    exchange: (id) => byId.get(id),
    rootTab: (tabId) => {
      const visited = new Set([tabId])
      let root = tabId
      for (let opener = openers.get(root); opener !== undefined && !visited.has(opener); opener = openers.get(root)) {
        visited.add(opener)
        root = opener
      }
      return root
    },
  }
}
