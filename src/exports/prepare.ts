import { analyze } from '../analyzer/analyze'
import type { Analysis, Finding, Flow } from '../model/analysis'
import type { CaptureEvent, EpochMs, Recording } from '../model/recording'
import { keepSecrets, type Leak, redact, type Redacted } from '../redaction/redact'

/** A recording made fit for export, with the analysis a reader of the export will get. Every exporter starts from this. */
export interface ExportInput {
  readonly recording: Redacted<Recording>
  readonly analysis: Analysis
  readonly redaction:
    { readonly mode: 'redacted'; readonly receipt: Readonly<Record<string, number>> } | { readonly mode: 'none' }
  /** ISO 8601. */
  readonly exportedAt: string
  /** The one attempt a view of a single attempt shows; all when absent. */
  readonly flowId?: string
  /** Name of the file the recording came from. */
  readonly source?: string
  readonly prove: (output: string) => readonly Leak[]
  readonly scrub: (output: string) => string
}

export interface PrepareOptions {
  readonly exportedAt: EpochMs
  /** When the analysis is made; see {@link endOfRecording} for files. */
  readonly now: EpochMs
  /** `keep` only where the user asked for exactly that. */
  readonly secrets?: 'redact' | 'keep'
  readonly personal?: 'label' | 'keep'
  readonly flowId?: string
  readonly source?: string
}

/** Redacts, then analyses what is left: an export holds nothing that was not derived from the redacted recording. */
export const prepareExport = (recording: Recording, options: PrepareOptions): ExportInput => {
  const { secrets = 'redact', personal = 'label', exportedAt, now, flowId, source } = options
  const shared = {
    exportedAt: new Date(exportedAt).toISOString(),
    ...(flowId === undefined ? {} : { flowId }),
    ...(source === undefined ? {} : { source }),
  }
  if (secrets === 'keep') {
    const kept = keepSecrets(recording)
    return {
      ...shared,
      recording: kept,
      analysis: analyze(kept, now),
      redaction: { mode: 'none' },
      prove: () => [],
      scrub: (output) => output,
    }
  }
  const { recording: redacted, receipt, prove, scrub } = redact(recording, { personal })
  return {
    ...shared,
    recording: redacted,
    analysis: analyze(redacted, now),
    redaction: { mode: 'redacted', receipt },
    prove,
    scrub,
  }
}

/**
 * The time at which a finished recording is analysed: an hour after its last event, when nothing in it can still be pending.
 * Depends on the recording alone, so that a file gives the same analysis whenever it is opened.
 */
export const endOfRecording = ({ events }: Recording): EpochMs =>
  events.reduce((latest, event) => Math.max(latest, lastTimeOf(event)), 0) + 3_600_000

const lastTimeOf = (event: CaptureEvent): EpochMs =>
  event.type === 'entry.observed' ? Math.max(event.at, event.entry.startedDateTime + (event.entry.time ?? 0)) : event.at

/** The attempts an export shows, oldest first. */
export const flowsOf = ({ analysis, flowId }: ExportInput): readonly Flow[] =>
  flowId === undefined ? analysis.flows : analysis.flows.filter((flow) => flow.id === flowId)

export const findingOf = (analysis: Analysis, id: string | null): Finding | undefined =>
  id === null ? undefined : analysis.findings.find((finding) => finding.id === id)

/** Findings of one attempt, the root cause first, then by category and severity. */
export const findingsOf = (analysis: Analysis, flow: Flow): readonly Finding[] => {
  const order = ['failure', 'risk', 'conformance', 'info']
  return analysis.findings
    .filter((finding) => finding.flow === flow.id)
    .toSorted(
      (a, b) =>
        Number(b.id === flow.rootCause) - Number(a.id === flow.rootCause) ||
        order.indexOf(a.category) - order.indexOf(b.category),
    )
}
