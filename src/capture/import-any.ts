import type { CaptureEvent, EpochMs } from '../model/recording'
import { modernize } from '../trace/modernize'
import { readEvent, TRACE_VERSION, traceEnvelope } from '../trace/schema'
import { type Imported, readHar } from './har-import'
import { parseJson, salvageArray, withoutByteOrderMark } from './import-json'
import { isSamlTracer, readSamlTracer } from './import-saml-tracer'
import { readPaste } from './paste'

export type { Imported } from './har-import'

export interface ImportOptions {
  /** The time a pasted text counts as seen; files carry their own times. */
  readonly at?: EpochMs
}

const expected =
  'Expected a HAR file, a Loginscope trace, a SAML-tracer export, a URL, a curl command, a JWT or a token response'

/** Recognises what was given and reads it: any supported file, or anything of a login that was pasted. Never throws. */
export const readAny = (text: string, { at = 0 }: ImportOptions = {}): Imported => {
  const source = withoutByteOrderMark(text).trim()
  if (source === '') return { error: { message: `This is empty. ${expected}.` } }
  const pasted = readPaste(source, at)
  if (pasted) return recordingOfPaste(pasted.entry, pasted.what, at)
  if (!/^[[{]/.test(source))
    return { error: { message: `This is none of the known formats. ${expected}.`, place: { line: 1, column: 1 } } }

  const parsed = parseJson(text)
  if ('error' in parsed) return looksLikeTrace(text) ? readDamagedTrace(text, parsed.error) : readHar(text)
  const { value } = parsed
  if (typeof value !== 'object' || value === null) return { error: { message: `${expected}.` } }
  if ('format' in value && value.format === 'loginscope-trace') return readTrace(value)
  if (isTraceList(value)) return joinTraces(value)
  if (isSamlTracer(value)) return readSamlTracer(value)
  if ('log' in value) return readHar(value)
  return { error: { message: `This JSON is none of the known formats. ${expected}.` } }
}

const recordingOfPaste = (
  entry: Extract<CaptureEvent, { type: 'entry.observed' }>['entry'],
  what: string,
  at: EpochMs,
): Imported => ({
  recording: {
    events: [
      { type: 'recording.started', seq: 0, at, by: 'paste' },
      { type: 'entry.observed', seq: 1, at, origin: 'file', entryId: '0', tabId: 0, entry },
    ],
  },
  notes: [
    `Read as a pasted ${what === 'url' ? 'URL' : what === 'jwt' ? 'JWT' : what}: whatever else belongs to this login was not seen.`,
  ],
})

const looksLikeTrace = (text: string): boolean => /"format"\s*:\s*"loginscope-trace"/.test(text.slice(0, 2000))

const isTraceList = (value: object): value is readonly object[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item: unknown) => typeof item === 'object' && item !== null && 'format' in item)

const readTrace = (value: object): Imported => {
  const modern = modernize(value)
  if ('newer' in modern)
    return {
      error: {
        message: `This trace has version ${modern.newer}; this Loginscope reads versions up to ${TRACE_VERSION}. Update Loginscope to open it`,
      },
    }
  const envelope = 'trace' in modern ? traceEnvelope.safeParse(modern.trace) : undefined
  if (!envelope?.success)
    return { error: { message: 'This is not a Loginscope trace: it has no list at recording.events' } }
  return readEvents(envelope.data.recording.events)
}

const readEvents = (raw: readonly unknown[]): Imported => {
  const events = raw.flatMap((item) => readEvent(item) ?? [])
  const skipped = raw.length - events.length
  return {
    recording: { events },
    notes: skipped > 0 ? [`${skipped} of ${raw.length} events skipped: they do not have the shape of the format.`] : [],
  }
}

/** Several files analysed together are exported as a list; events keep apart by their ids, and are numbered anew. */
const joinTraces = (traces: readonly object[]): Imported => {
  const notes: string[] = []
  const events: CaptureEvent[] = []
  for (const [index, trace] of traces.entries()) {
    const read = readTrace(trace)
    if ('error' in read) return read
    notes.push(...read.notes)
    const offset = events.length
    for (const [position, event] of read.recording.events.entries()) {
      const seq = offset + position
      events.push(
        event.type === 'entry.observed' ? { ...event, seq, entryId: `${index}-${event.entryId}` } : { ...event, seq },
      )
    }
  }
  return { recording: { events }, notes }
}

const readDamagedTrace = (
  text: string,
  error: { message: string; place?: { line: number; column: number } },
): Imported => {
  const events = salvageArray(text, 'events') ?? []
  const read = readEvents(events)
  if ('error' in read || read.recording.events.length === 0) return { error }
  const { line, column } = error.place ?? { line: 1, column: 1 }
  const note = `The file breaks off or is damaged at line ${line}, column ${column}; the ${read.recording.events.length} events before that were read.`
  const last = read.recording.events.at(-1)
  const gap: CaptureEvent = {
    type: 'capture.gap',
    seq: (last?.seq ?? 0) + 1,
    at: last?.at ?? 0,
    because: 'import-incomplete',
    detail: 'the file breaks off',
  }
  return { recording: { events: [...read.recording.events, gap] }, notes: [note, ...read.notes] }
}
