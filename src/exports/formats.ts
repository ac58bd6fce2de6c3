import type { Leak } from '../redaction/redact'
import { writeHar } from './har'
import { writeHtml } from './html'
import { writeMarkdown } from './markdown'
import { writeMermaid } from './mermaid'
import { type ExportInput, flowsOf } from './prepare'
import { writeRepro } from './repro'
import { writeSarif } from './sarif'
import { writeText } from './text'
import { writeTrace } from './trace'
import { fileNameOf } from './words'

export interface ExportFormat {
  /** For a menu. */
  readonly name: string
  readonly extension: string
  readonly mimeType: string
  readonly write: (input: ExportInput) => string
  /** Read on the spot, and handed to nobody: a word that may be a secret is replaced, where other formats would be refused. */
  readonly isForReading?: boolean
}

export const exportFormats = {
  json: { name: 'Trace', extension: 'loginscope.json', mimeType: 'application/json', write: writeTrace },
  har: { name: 'HAR', extension: 'har', mimeType: 'application/json', write: writeHar },
  markdown: { name: 'Markdown report', extension: 'md', mimeType: 'text/markdown', write: writeMarkdown },
  html: { name: 'HTML report', extension: 'html', mimeType: 'text/html', write: writeHtml },
  mermaid: { name: 'Mermaid diagram', extension: 'mmd', mimeType: 'text/vnd.mermaid', write: writeMermaid },
  sarif: { name: 'SARIF', extension: 'sarif', mimeType: 'application/sarif+json', write: writeSarif },
  repro: { name: 'Playwright reproduction', extension: 'spec.ts', mimeType: 'text/typescript', write: writeRepro },
  text: {
    name: 'Text',
    extension: 'txt',
    mimeType: 'text/plain',
    write: (input) => writeText(input),
    isForReading: true,
  },
} as const satisfies Readonly<Record<string, ExportFormat>>

export type FormatId = keyof typeof exportFormats

export type Exported =
  | { readonly text: string; readonly fileName: string; readonly mimeType: string }
  /** A secret was found in what would have been handed over, so nothing is. */
  | { readonly leaks: readonly Leak[] }

/** Writes one format and searches the result for every secret of the recording before handing it over. */
export const exportAs = (format: FormatId, input: ExportInput): Exported => {
  const { write, extension, mimeType, isForReading }: ExportFormat = exportFormats[format]
  const text = isForReading ? input.scrub(write(input)) : write(input)
  const leaks = input.prove(text)
  if (leaks.length > 0) return { leaks }
  return { text, fileName: fileNameOf(flowsOf(input), input.exportedAt, extension), mimeType }
}

/** One sentence for the user: the export stopped, and where the secret was found. */
export const leakMessage = (leaks: readonly Leak[]): string => {
  const [first] = leaks
  if (!first) return ''
  const more = leaks.length > 1 ? ` and ${leaks.length - 1} more` : ''
  return `Nothing was exported: ${first.label} was still in the result (line ${first.line}, column ${first.column}, ${first.encoding})${more}. Please report this.`
}
