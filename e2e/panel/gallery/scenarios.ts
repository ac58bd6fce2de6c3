import { analyze } from '../../../src/analyzer/analyze'
import type { RecorderStatus } from '../../../src/messaging/contract'
import type { Analysis, Finding, Flow } from '../../../src/model/analysis'
import type { CaptureEvent, Recording } from '../../../src/model/recording'
import { defaultSettings } from '../../../src/messaging/contract'
import type { ConnectionState, Origin, Source } from '../../../src/panel/source'
import { sampleRecording } from '../../../src/panel/sources/sample'
import { findingsFor } from './findings'
import type { StateName } from './state-names'

/** The moment all states are seen from: screenshots must not change with the clock. */
export const NOW = Date.UTC(2026, 0, 31, 12, 5)

const good: RecorderStatus = { paused: false, hostPermission: true, storageFull: false, devtoolsTabs: [1] }

interface Scenario {
  readonly source: Source
  readonly welcomed: boolean
  readonly inDevTools: boolean
}

interface Parts {
  readonly events?: readonly CaptureEvent[]
  readonly status?: Partial<RecorderStatus>
  readonly origin?: Origin
  readonly connection?: ConnectionState
  readonly welcomed?: boolean
  readonly inDevTools?: boolean
  /** The background never answers. */
  readonly silent?: boolean
}

const build = (parts: Parts): Scenario => {
  const origin = parts.origin ?? { kind: 'live', tabId: 1 }
  return {
    welcomed: parts.welcomed ?? true,
    inDevTools: parts.inDevTools ?? true,
    source: {
      origin,
      start: (sink) => {
        sink.onConnection(parts.connection ?? 'open')
        if (parts.silent) return () => {}
        sink.onSettings(defaultSettings)
        sink.onReset(parts.events ?? [])
        if (origin.kind === 'live') sink.onStatus({ ...good, ...parts.status })
        return () => {}
      },
      note: async () => {},
      ...(origin.kind === 'live' ? { setPaused: async () => {}, clear: async () => {} } : {}),
    },
  }
}

const sample = sampleRecording(NOW).events
const healthy = sample.filter((event) => event.type !== 'entry.observed' || Number(event.entryId) < 5)

/** The sample without what only DevTools can see. */
const withoutBodies = (events: readonly CaptureEvent[]): readonly CaptureEvent[] =>
  events.map((event) => {
    if (event.type !== 'entry.observed') return event
    const { responseBody: _body, ...entry } = event.entry
    return { ...event, entry }
  })

const shifted = (events: readonly CaptureEvent[], by: number, index: number): readonly CaptureEvent[] =>
  events.flatMap((event) =>
    event.type === 'entry.observed'
      ? [
          {
            ...event,
            at: event.at - by,
            seq: event.seq + 1000 * index,
            entryId: `${index}-${event.entryId}`,
            entry: { ...event.entry, startedDateTime: event.entry.startedDateTime - by },
          },
        ]
      : [],
  )

const many = (count: number): readonly CaptureEvent[] =>
  Array.from({ length: count }, (_, index) => shifted(sample, (count - index) * 400_000, index + 1)).flat()

const pending = sample
  .filter((event) => event.type !== 'entry.observed' || event.entryId === '0')
  .map((event) =>
    event.type === 'entry.observed'
      ? { ...event, at: NOW - 4000, entry: { ...event.entry, startedDateTime: NOW - 4000 } }
      : event,
  )

const gap = (because: 'worker-stopped' | 'storage-full'): CaptureEvent => ({
  type: 'capture.gap',
  seq: 500,
  at: NOW - 200_000,
  because,
})

const scenarios: Readonly<Record<StateName, Parts>> = {
  'first-run': { welcomed: false },
  waiting: {},
  failed: { events: sample },
  healthy: { events: healthy },
  pending: { events: pending },
  likely: { events: withoutBodies(sample) },
  paused: { status: { paused: true } },
  'paused-with-attempts': { events: sample, status: { paused: true } },
  'opened-late': { events: withoutBodies(healthy), status: { devtoolsTabs: [1] } },
  'no-permission': { status: { hostPermission: false } },
  'permission-lost': { events: sample, status: { hostPermission: false } },
  'storage-full': { events: sample, status: { storageFull: true } },
  'worker-restarted': { events: [...sample, gap('worker-stopped')] },
  connecting: { silent: true, connection: 'connecting' },
  lost: { events: sample, connection: 'lost' },
  outdated: { silent: true, connection: 'outdated' },
  file: {
    events: sample,
    origin: { kind: 'file', name: 'customer-login.har', notes: ['2 of 44 entries could not be read.'] },
    inDevTools: false,
  },
  'file-without-login': { events: [], origin: { kind: 'file', name: 'page.har', notes: [] }, inDevTools: false },
  sample: { events: sample, origin: { kind: 'sample' } },
  many: { events: many(20) },
  hundreds: { events: many(150), origin: { kind: 'live', tabId: null }, inDevTools: false },
}

export const scenario = (name: string): Scenario => build(scenarios[name as StateName] ?? {})

/** The findings of the gallery are written down, so that its pictures do not depend on which rules exist. */
export const galleryAnalyze = (recording: Recording, now: number): Analysis => {
  const analysis = analyze(recording, now)
  const name = new URLSearchParams(location.search).get('state') ?? 'failed'
  const findings: Finding[] = []
  const flows = analysis.flows.map((flow): Flow => {
    const own = findingsFor(name, flow)
    findings.push(...own)
    const [root] = own.filter((finding) => finding.category === 'failure')
    return {
      ...flow,
      findings: own.map((finding) => finding.id),
      rootCause: flow.status === 'failed' ? (root?.id ?? null) : null,
      ...(flow.status === 'failed' && root ? { summary: root.title } : {}),
    }
  })
  return { ...analysis, flows, findings }
}
