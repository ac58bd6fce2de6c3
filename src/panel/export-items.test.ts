import { expect, it, vi } from 'vitest'
import { NOW, analysis, failedFlow, snapshotOf } from './fixtures/sample-analysis'
import { curlOf, exportItems, runExport } from './export-items'

const tools = () => ({
  now: () => NOW,
  save: vi.fn(),
  copy: vi.fn(async () => true),
  say: vi.fn(),
  askForSecrets: vi.fn(),
})
const secret = '9f1c7e02-5b3d-4a86-b1de-7c0a2f94e831'

it('saves a trace without secrets and says how many were replaced', () => {
  const used = tools()
  runExport(snapshotOf(), 'json', null, 'redact', used)
  const [text, fileName, mimeType] = used.save.mock.calls[0] ?? []
  expect(text).not.toContain(secret)
  expect(fileName).toMatch(/\.loginscope\.json$/)
  expect(mimeType).toBe('application/json')
  expect(used.say).toHaveBeenCalledWith(expect.stringMatching(/values were replaced by labels\.$/))
})

it('keeps secrets only when asked for exactly that', () => {
  const used = tools()
  runExport(snapshotOf(), 'json', null, 'keep', used)
  expect(used.save.mock.calls[0]?.[0]).toContain(secret)
  expect(exportItems(snapshotOf(), failedFlow.id, used).at(-1)?.onChoose).toBe(used.askForSecrets)
})

it('offers nothing while nothing is recorded, and no view of an attempt without one', () => {
  const ids = (flowId: string | null, events = snapshotOf().events) =>
    exportItems(snapshotOf({ events }), flowId, tools()).map(({ id }) => id)
  expect(ids(failedFlow.id, [])).toEqual([])
  expect(ids(null)).toEqual(['json', 'har', 'sarif', 'secrets'])
})

it('writes a request as curl, with its secrets only when asked', () => {
  const exchangeId = analysis.exchanges.find(({ url }) => url.endsWith('/token'))?.id ?? ''
  expect(curlOf(snapshotOf(), exchangeId, 'redact', () => NOW)).not.toContain(secret)
  expect(curlOf(snapshotOf(), exchangeId, 'keep', () => NOW)).toContain(secret)
})
