import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyze } from '../analyzer/analyze'
import { readAny } from '../capture/import-any'
import { endOfRecording, prepareExport } from '../exports/prepare'
import { analysisOf, traceOf } from '../exports/trace'
import type { Recording } from '../model/recording'

/**
 * `npm run goldens` analyses the stored recordings again and writes down what is said now: look at the difference
 * before committing it. `npm run goldens -- DIR ID…` takes new ones from HAR files of e2e/lab/record-hars.ts, redacted.
 */
const folder = join(import.meta.dirname, '../testing/recordings')
const [directory, ...ids] = process.argv.slice(2)

const write = (name: string, trace: object) => writeFileSync(join(folder, name), `${JSON.stringify(trace)}\n`)

const readRecording = (path: string): Recording => {
  const read = readAny(readFileSync(path, 'utf8'))
  if ('error' in read) throw new Error(`${path}: ${read.error.message}`)
  return read.recording
}

for (const id of ids) {
  const recording = readRecording(join(directory!, `${id}.har`))
  const now = endOfRecording(recording)
  write(`${id}.json`, traceOf(prepareExport(recording, { exportedAt: now, now })))
}
if (ids.length === 0) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const recording = readRecording(join(folder, name))
    const stored = JSON.parse(readFileSync(join(folder, name), 'utf8')) as object
    write(name, { ...stored, analysis: analysisOf(analyze(recording, endOfRecording(recording))) })
  }
}
