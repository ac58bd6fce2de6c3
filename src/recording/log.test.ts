import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewCaptureEvent } from '../model/recording'
import { openLog } from './log'
import { memoryArea } from './memory'
import { sessionStorage } from './session-storage'

const tabClosed = (tabId: number): NewCaptureEvent => ({ type: 'tab.closed', at: tabId, tabId })

const requestStarted = (requestId: string, at = 0): NewCaptureEvent => ({
  type: 'request.started',
  requestId,
  at,
  url: 'https://login.example/token',
  method: 'POST',
  resourceType: 'xmlhttprequest',
  tabId: 1,
  frameId: 0,
  parentFrameId: -1,
})

const bodyArrived = (requestId: string, length: number): NewCaptureEvent => ({
  type: 'response.body',
  requestId,
  at: 1,
  url: 'https://login.example/token',
  body: { kind: 'text', text: 'x'.repeat(length) },
})

const open = async (area = memoryArea(), options: Parameters<typeof openLog>[2] = {}) => {
  const storage = sessionStorage(area)
  return { area, log: openLog(storage, await storage.read(), { now: () => 99, ...options }) }
}

describe('the log', () => {
  it('numbers events and keeps their order', async () => {
    const { log } = await open()
    log.append([tabClosed(7), tabClosed(8)])
    log.append([tabClosed(9)])
    expect(log.events().map(({ seq, at }) => [seq, at])).toEqual([
      [0, 7],
      [1, 8],
      [2, 9],
    ])
  })

  it('is the same after a restart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(9), { maxLength: 30 }), { maxLength: 6 }), async (batches) => {
        const { area, log } = await open()
        for (const batch of batches) {
          log.append(batch.map(tabClosed))
          await log.flush()
        }
        const { log: again } = await open(area)
        expect(again.events()).toEqual(log.events())
        expect(again.meta()).toEqual(log.meta())
      }),
      { numRuns: 30 },
    )
  })

  it('goes on numbering after a restart, even when everything was cleared before', async () => {
    const { area, log } = await open()
    log.append([tabClosed(1), tabClosed(2)])
    log.clear()
    await log.flush()
    const { log: again } = await open(area)
    expect(again.events()).toEqual([])
    expect(again.append([tabClosed(3)]).map(({ seq }) => seq)).toEqual([2])
    expect(again.meta().generation).toBe(1)
  })

  it('forgets only what it is told to', async () => {
    const { area, log } = await open()
    log.append([tabClosed(1), tabClosed(2), tabClosed(1)])
    log.clear((event) => 'tabId' in event && event.tabId === 1)
    await log.flush()
    const { log: again } = await open(area)
    expect(again.events().map(({ seq }) => seq)).toEqual([1])
  })

  it('leaves nothing behind when cleared', async () => {
    const { area, log } = await open()
    log.append(Array.from({ length: 100 }, (_, index) => tabClosed(index)))
    await log.flush()
    log.clear()
    await log.flush()
    expect(area.keys()).toEqual(['rec/meta'])
  })

  it('writes batches together', async () => {
    const area = memoryArea()
    let writes = 0
    const counting = { ...area, set: (items: Record<string, unknown>) => (writes++, area.set(items)) }
    const storage = sessionStorage(counting)
    const log = openLog(storage, await storage.read(), { delayMs: 1 })
    for (let index = 0; index < 50; index++) log.append([tabClosed(index)])
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(writes).toBe(1)
  })

  it('remembers what is held and whether it is paused', async () => {
    const { area, log } = await open()
    log.setHeld([tabClosed(5)])
    log.setPaused(true)
    await log.flush()
    const stored = await sessionStorage(area).read()
    expect(stored.held).toEqual([tabClosed(5)])
    expect(stored.meta.paused).toBe(true)
  })

  it('starts empty when the stored log is of another version', async () => {
    const { area, log } = await open()
    log.append([tabClosed(1)])
    await log.flush()
    await area.set({ 'rec/meta': { version: 2, nextSeq: 1, generation: 0, paused: false } })
    const { log: again } = await open(area)
    expect(again.events()).toEqual([])
  })
})

describe('a full log', () => {
  it('drops the oldest bodies first and says so', async () => {
    let shortened = 0
    const { log } = await open(memoryArea(), { budget: 5000, onShortened: () => shortened++ })
    log.append([requestStarted('1'), bodyArrived('1', 2000), requestStarted('2'), bodyArrived('2', 2000)])
    expect(log.events().map((event) => (event.type === 'response.body' ? event.body.kind : event.type))).toEqual([
      'request.started',
      'text',
      'request.started',
      'text',
    ])
    log.append([bodyArrived('3', 2000)])
    expect(log.events().map((event) => (event.type === 'response.body' ? event.body.kind : event.type))).toEqual([
      'request.started',
      'lost',
      'request.started',
      'lost',
      'text',
      'capture.gap',
    ])
    expect(shortened).toBe(1)
    expect(log.isFull()).toBe(true)
  })

  it('drops the oldest exchanges whole when bodies are not enough', async () => {
    const { log } = await open(memoryArea(), { budget: 2000 })
    for (let index = 0; index < 12; index++)
      log.append([requestStarted(String(index), index), { ...bodyArrived(String(index), 1), at: index }])
    const ids = log.events().flatMap((event) => ('requestId' in event ? [event.requestId] : []))
    expect(ids.at(-1)).toBe('11')
    expect(ids).not.toContain('0')
    for (const id of new Set(ids)) expect(ids.filter((other) => other === id)).toHaveLength(2)
    expect(log.events().filter(({ type }) => type === 'capture.gap').length).toBeGreaterThan(0)
  })

  it('survives a storage that has less room than the budget', async () => {
    const { area, log } = await open(memoryArea(4000), { budget: 100_000 })
    for (let index = 0; index < 30; index++) log.append([requestStarted(String(index), index)])
    await log.flush()
    const { log: again } = await open(area)
    expect(again.events().at(-1)).toEqual(log.events().at(-1))
    expect(log.isFull()).toBe(true)
  })
})
