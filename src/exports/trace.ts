import { version } from './version'
import type { Analysis, Flow } from '../model/analysis'
import { TRACE_VERSION, type Trace } from '../trace/schema'
import type { ExportInput } from './prepare'

export const generator = { name: 'loginscope', version }

/** The trace of `docs/trace.schema.json`: the log, and what the analysis says of it. */
export const traceOf = (input: ExportInput): Trace => ({
  format: 'loginscope-trace',
  version: TRACE_VERSION,
  generator,
  exportedAt: input.exportedAt,
  redaction:
    input.redaction.mode === 'none' ? input.redaction : { mode: 'redacted', receipt: { ...input.redaction.receipt } },
  recording: { events: [...input.recording.events] } as Trace['recording'],
  analysis: analysisOf(input.analysis),
})

export const writeTrace = (input: ExportInput): string => `${JSON.stringify(traceOf(input), null, 2)}\n`

/** Analysis as exported: times as text, and nothing that serves only the views. The two types differ in `readonly` alone. */
export const analysisOf = ({ flows, findings }: Analysis): Trace['analysis'] =>
  ({ flows: flows.map(flowOf), findings }) as unknown as Trace['analysis']

const flowOf = ({ startedAt, endedAt, tabId: _, steps, ...flow }: Flow) => ({
  ...flow,
  // The format's four outcomes say whether something failed; that the end was not seen stands beside them.
  ...(flow.status === 'delivered' ? { status: 'succeeded', endSeen: false } : {}),
  startedAt: isoTime(startedAt),
  ...(endedAt === undefined ? {} : { endedAt: isoTime(endedAt) }),
  steps: steps.map((step) => ({ ...step, at: isoTime(step.at) })),
})

export const isoTime = (time: number): string => new Date(time).toISOString()
