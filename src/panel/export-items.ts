import { writeCurl } from '../exports/curl'
import { type FormatId, exportAs, exportFormats, leakMessage } from '../exports/formats'
import { endOfRecording, prepareExport } from '../exports/prepare'
import type { EpochMs, Recording } from '../model/recording'
import type { IconName } from '../ui/icon'
import type { MenuItem } from '../ui/menu'
import { plural } from './selectors/words'
import type { Snapshot } from './store'

export interface ExportTools {
  readonly now: () => EpochMs
  readonly save: (text: string, fileName: string, mimeType: string) => void
  readonly copy: (text: string) => Promise<boolean>
  readonly say: (text: string) => void
  readonly askForSecrets: () => void
}

/** What the menu offers, in its order: whole recordings first, then views of the shown attempt. */
const offered: readonly { readonly format: FormatId; readonly of: 'recording' | 'attempt'; readonly note: string }[] = [
  { format: 'json', of: 'recording', note: 'Everything, to open in Loginscope again' },
  { format: 'har', of: 'recording', note: 'Everything, for other tools' },
  { format: 'html', of: 'attempt', note: 'This attempt, to send to somebody' },
  { format: 'markdown', of: 'attempt', note: 'This attempt, for an issue' },
  { format: 'mermaid', of: 'attempt', note: 'This attempt as a sequence diagram' },
  { format: 'repro', of: 'attempt', note: 'This attempt as a Playwright test' },
  { format: 'sarif', of: 'recording', note: 'The findings, for code scanning' },
]

/** The input of an export: of a file with the file's own end as the time, as the command line does. */
const inputOf = (
  snapshot: Snapshot,
  tools: Pick<ExportTools, 'now'>,
  flowId: string | null,
  secrets: 'redact' | 'keep',
) => {
  const recording: Recording = { events: snapshot.events }
  return prepareExport(recording, {
    exportedAt: tools.now(),
    now: snapshot.origin.kind === 'live' ? tools.now() : endOfRecording(recording),
    secrets,
    ...(flowId === null ? {} : { flowId }),
    ...(snapshot.origin.kind === 'file' ? { source: snapshot.origin.name } : {}),
  })
}

const receiptWords = (receipt: Readonly<Record<string, number>>): string =>
  plural(
    Object.values(receipt).reduce((sum, count) => sum + count, 0),
    'value was replaced by a label',
    'values were replaced by labels',
  )

/** Writes one format and hands it over; a leak found by the proof stops it. */
export const runExport = (
  snapshot: Snapshot,
  format: FormatId,
  flowId: string | null,
  secrets: 'redact' | 'keep',
  tools: Pick<ExportTools, 'now' | 'save' | 'say'>,
): void => {
  const input = inputOf(snapshot, tools, flowId, secrets)
  const exported = exportAs(format, input)
  if ('leaks' in exported) return tools.say(leakMessage(exported.leaks))
  tools.save(exported.text, exported.fileName, exported.mimeType)
  tools.say(
    input.redaction.mode === 'redacted'
      ? `Saved ${exported.fileName}. ${receiptWords(input.redaction.receipt)}.`
      : `Saved ${exported.fileName}, with all its secrets.`,
  )
}

const copyMarkdown = (snapshot: Snapshot, flowId: string, tools: ExportTools): void => {
  const exported = exportAs('markdown', inputOf(snapshot, tools, flowId, 'redact'))
  if ('leaks' in exported) return tools.say(leakMessage(exported.leaks))
  void tools
    .copy(exported.text)
    .then((done) => tools.say(done ? 'Report copied, without secrets.' : 'The browser did not allow copying.'))
}

/** What the export menu offers for the shown recording and attempt. */
export const exportItems = (snapshot: Snapshot, flowId: string | null, tools: ExportTools): readonly MenuItem[] => {
  if (snapshot.events.length === 0) return []
  const item = (id: string, label: string, note: string, icon: IconName, onChoose: () => void): MenuItem => ({
    id,
    label,
    note,
    icon,
    onChoose,
  })
  return [
    ...(flowId === null
      ? []
      : [
          item('copy-markdown', 'Copy as Markdown', 'This attempt, without secrets', 'copy', () =>
            copyMarkdown(snapshot, flowId, tools),
          ),
        ]),
    ...offered
      .filter(({ of }) => of === 'recording' || flowId !== null)
      .map(({ format, of, note }) =>
        item(format, exportFormats[format].name, note, 'export', () =>
          runExport(snapshot, format, of === 'attempt' ? flowId : null, 'redact', tools),
        ),
      ),
    item(
      'secrets',
      'Trace with secrets…',
      'Only for people you would give your password',
      'warning',
      tools.askForSecrets,
    ),
  ]
}

/** One request as a curl command; without its secrets these are shell variables to fill in. */
export const curlOf = (
  snapshot: Snapshot,
  exchangeId: string,
  secrets: 'redact' | 'keep',
  now: () => EpochMs,
): string => {
  const { analysis } = inputOf(snapshot, { now }, null, secrets)
  const exchange = analysis.exchanges.find((candidate) => candidate.id === exchangeId)
  return exchange ? writeCurl(exchange) : ''
}
