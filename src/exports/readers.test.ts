import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runInContext } from 'node:vm'
import Ajv from 'ajv'
import Ajv2020 from 'ajv/dist/2020.js'
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json'
import addFormats from 'ajv-formats'
import { Window } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import type { Recording } from '../model/recording'
import { corpus } from '../testing/corpus'
import { exportAs, type FormatId, leakMessage } from './formats'
import { endOfRecording, type ExportInput, prepareExport } from './prepare'
import { flowName, kindName, offsetOf, shortUrl } from './words'

// What others read the exports with: the published schemas of HAR and SARIF, and Mermaid itself.

const require = createRequire(import.meta.url)

const written = (format: FormatId, input: ExportInput): string => {
  const exported = exportAs(format, input)
  if ('leaks' in exported) throw new Error(leakMessage(exported.leaks))
  return exported.text
}

const isHar = addFormats(new Ajv({ strict: false }))
  .addMetaSchema(draft6)
  .addSchema(Object.values(require('har-schema') as Record<string, object>))
  .getSchema('har.json#')!

const isSarif = addFormats(new Ajv2020({ strict: false })).compile(
  JSON.parse(
    readFileSync(
      join(
        dirname(require.resolve('@microsoft/sarif-multitool-ts/schemas/ai-run.schema.json')),
        '../assets/sarif-2.1.0.schema.json',
      ),
      'utf8',
    ),
  ) as object,
)

interface Mermaid {
  readonly parse: (text: string) => Promise<{ readonly diagramType: string }>
  readonly mermaidAPI: {
    readonly getDiagramFromText: (
      text: string,
    ) => Promise<{ readonly db: { readonly getMessages: () => { message: string }[] } }>
  }
}

const page = new Window()
runInContext(readFileSync(require.resolve('@mermaid-js/tiny'), 'utf8'), page)
const { mermaid } = page as unknown as { mermaid: Mermaid }

/** The texts of the arrows and notes that Mermaid finds; it keeps an escaped character by its number until it draws. */
const drawn = async (diagram: string): Promise<readonly string[]> => {
  expect(await mermaid.parse(diagram)).toMatchObject({ diagramType: 'sequence' })
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(diagram)
  return db
    .getMessages()
    .map(({ message }) => message.replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCharCode(Number(code))))
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ')

const signs = "a;b #35; %%{c} <d> e:f\n->> end 'g'"

/** Two attempts whose names hold what has a meaning in a diagram. */
const signsOfMermaid: Recording = {
  events: [0, 1].map((seq) => ({
    type: 'entry.observed',
    seq,
    at: seq * 60_000,
    origin: 'file',
    entryId: String(seq),
    tabId: seq,
    entry: {
      startedDateTime: seq * 60_000,
      method: 'GET',
      url: `https://as.example/t;v=1/authorize?response_type=code&client_id=${encodeURIComponent(signs)}&state=s${seq}&redirect_uri=https%3A%2F%2Fapp.example%2Fcb`,
      status: 302,
      redirectURL: `https://app.example/cb?error=access_denied&state=s${seq}`,
      resourceType: 'main_frame',
    },
  })),
}

const logins = [...corpus, { id: 'names that hold the signs of Mermaid', recording: signsOfMermaid }]

test('there are several attempts with such names', () => {
  const input = prepareExport(signsOfMermaid, { now: 0, exportedAt: 0 })
  expect(input.analysis.flows.map(({ client_id }) => client_id)).toEqual([signs, signs])
})

describe.each(logins.map(({ id, recording }) => [id, recording] as const))('%s', (_, recording) => {
  const now = endOfRecording(recording)
  const input = prepareExport(recording, { now, exportedAt: now, source: 'a login.har' })
  const { flows, findings, exchanges } = input.analysis

  test('is a HAR', () => {
    const har = JSON.parse(written('har', input)) as { log: { entries: unknown[] } }
    expect([isHar(har), isHar.errors]).toEqual([true, null])
    expect(har.log.entries).toHaveLength(exchanges.length)
  })

  test('is a SARIF log', () => {
    const sarif = JSON.parse(written('sarif', input)) as { runs: { results: { ruleId: string }[] }[] }
    expect([isSarif(sarif), isSarif.errors]).toEqual([true, null])
    expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(findings.map(({ rule }) => rule))
  })

  test('is drawn by Mermaid with every step and cause', async () => {
    const texts = await drawn(written('mermaid', input))
    const steps = flows.flatMap((flow) =>
      flow.steps.map((step) =>
        step.outcome === 'unobserved'
          ? `${kindName(step.kind)}, not seen`
          : `${kindName(step.kind)} ${offsetOf(flow, step)} ${shortUrl(step.url)}`,
      ),
    )
    const causes = findings
      .filter(({ id }) => flows.some(({ rootCause }) => rootCause === id))
      .map(({ title }) => title)
    const names = flows.length > 1 ? flows.map(flowName) : []
    expect(texts).toEqual(expect.arrayContaining([...names, ...steps, ...causes].map(inOneLine)))
  })
})
