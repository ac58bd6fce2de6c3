/**
 * The API of the `loginscope` package: why a login failed, from a recording of it. Runs in Node and in browsers; holds no browser,
 * React or network code.
 *
 * ```ts
 * import { analyze, endOfRecording, readHar } from 'loginscope'
 *
 * const read = readHar(await readFile('login.har', 'utf8'))
 * if ('error' in read) throw new Error(read.error.message)
 * const { flows, findings } = analyze(read.recording, endOfRecording(read.recording))
 * ```
 */
export { analyze, type AnalyzeOptions } from './analyzer/analyze'
export { type Imported, readHar } from './capture/har-import'
export { type ImportOptions, readAny } from './capture/import-any'
export type { ImportError, Place } from './capture/import-json'
export { compareFlows, type Comparison, type Difference } from './exports/compare'
export { writeCurl } from './exports/curl'
export { exportAs, type Exported, exportFormats, type FormatId, leakMessage } from './exports/formats'
export { endOfRecording, type ExportInput, prepareExport, type PrepareOptions } from './exports/prepare'
export { traceOf } from './exports/trace'
export { type Leak, redact, type Redacted, type RedactionOptions, type RedactionResult } from './redaction/redact'
export { type Trace, TRACE_VERSION, traceSchema } from './trace/schema'
export type * from './model/analysis'
export type * from './model/exchange'
export type * from './model/observed'
export type * from './model/recording'
