// @vitest-environment happy-dom
import { act } from 'react'
import { type Root, createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { analyze } from '../analyzer/analyze'
import { App, type Host } from './app'
import { CallError } from '../messaging/wire'
import { NOW, recording } from './fixtures/sample-analysis'
import type { Source, SourceSink } from './source'
import { memorySource } from './sources/memory'
import { type Store, createStore } from './store'

;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true

// Nothing is laid out here; without a width the panel would think it is narrow.
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { get: () => 1200 })

let root: Root
let sink: SourceSink
let store: Store
let container: HTMLElement

const live: Source = {
  origin: { kind: 'live', tabId: null },
  start: (given) => {
    sink = given
    return () => {}
  },
  note: vi.fn(async () => {}),
  setPaused: vi.fn(async () => {}),
  clear: vi.fn(async () => {}),
}

const host: Host = {
  inDevTools: true,
  live: () => live,
  sample: () => memorySource({ kind: 'sample' }, recording, NOW),
  read: () => ({ error: 'This is none of the known formats.' }),
  readFile: async () => ({ error: 'This is none of the known formats.' }),
  now: () => NOW,
  openSettings: () => {},
  requestPermission: () => {},
  firstFlow: null,
  exportFirst: false,
  remember: { get: () => 'yes', set: () => {} },
}

const settle = (change: () => void) =>
  act(async () => {
    change()
    await new Promise((done) => setTimeout(done, 5))
  })

const find = (selector: string): HTMLElement => {
  const found = container.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`nothing matches ${selector}`)
  return found
}
const texts = (selector: string) =>
  [...container.querySelectorAll(selector)].map((element) => element.textContent ?? '')
const attempts = '[role=listbox][aria-label="Login attempts"] > [role=option]'
const selected = () => find(`${attempts}[aria-selected=true]`).textContent
const button = (name: string) =>
  [...container.querySelectorAll<HTMLElement>('button')].find(
    (element) => (element.getAttribute('aria-label') ?? element.textContent) === name,
  )

beforeEach(async () => {
  container = document.createElement('div')
  document.body.append(container)
  store = createStore(live, {
    analyze,
    now: () => NOW,
    // Without the pause that spares a slow machine: a test does not wait for it.
    schedule: (task, delayMs) => {
      const timer = setTimeout(task, delayMs < 5000 ? 0 : delayMs)
      return () => clearTimeout(timer)
    },
  })
  root = createRoot(container)
  await settle(() => root.render(<App store={store} host={host} />))
  await settle(() => sink.onStatus({ paused: false, hostPermission: true, storageFull: false, devtoolsTabs: [] }))
})

afterEach(async () => {
  vi.clearAllMocks()
  await settle(() => root.unmount())
  store.close()
  container.remove()
})

describe('the panel', () => {
  it('says what to do while nothing is recorded', () => {
    expect(texts('h2')).toEqual(['Recording. No login seen yet'])
  })

  it('shows the failed login without a click, with its failed step open', async () => {
    await settle(() => sink.onEvents(recording.events))
    expect(selected()).toContain('12:03:00')
    expect(texts('[aria-label="Step details"] h3')).toEqual(['1 Authorization request'])
  })

  it('stays on the attempt the user chose while another one streams in', async () => {
    await settle(() => sink.onEvents(recording.events.slice(0, 6)))
    await settle(() => find(attempts).click())
    await settle(() => sink.onEvents(recording.events.slice(6)))
    expect(texts(attempts).length).toBe(2)
    expect(selected()).toContain('11:59:00')
  })

  it('masks secrets until asked, and then shows the value everywhere', async () => {
    const code = '9f1c7e02-5b3d-4a86-b1de-7c0a2f94e831'
    await settle(() => sink.onEvents(recording.events.slice(0, 6)))
    await settle(() => container.querySelectorAll<HTMLElement>('[aria-label="Steps"] > [role=option]')[3]?.click())
    expect(container.textContent).not.toContain(code)
    await settle(() => button('Show code')?.click())
    expect(container.textContent).toContain(code)
  })

  it('pauses and clears through the source', async () => {
    await settle(() => button('Recording')?.click())
    expect(live.setPaused).toHaveBeenCalledWith(true)
    await settle(() => button('Clear')?.click())
    expect(live.clear).toHaveBeenCalledOnce()
  })

  it('notes pins and deletions with the source, and shows what it says', async () => {
    await settle(() => sink.onEvents(recording.events))
    await settle(() => button('Attempt actions')?.click())
    await settle(() => button('Pin to the top')?.click())
    const flowId = vi.mocked(live.note).mock.lastCall?.[0] ?? ''
    expect(live.note).toHaveBeenLastCalledWith(flowId, { pinned: true })
    await settle(() => sink.onNotes({ [flowId]: { name: 'the slash' } }))
    expect(selected()).toContain('the slash')
    await settle(() => button('Attempt actions')?.click())
    await settle(() => button('Delete from the list')?.click())
    expect(live.note).toHaveBeenLastCalledWith(flowId, { deleted: true })
    await settle(() => sink.onNotes({ [flowId]: { deleted: true } }))
    expect(texts(attempts)).toHaveLength(1)
  })

  it('says that there was no room for a note', async () => {
    await settle(() => sink.onEvents(recording.events))
    vi.mocked(live.note).mockRejectedValueOnce(new CallError('quota exceeded', 'failed'))
    await settle(() => button('Attempt actions')?.click())
    await settle(() => button('Pin to the top')?.click())
    expect(texts('.toast')).toEqual(['Pin did not work: the recorder could not store it.'])
  })

  it('keeps notes on a file while the file is open', async () => {
    await settle(() => button('Open a sample login')?.click())
    await settle(() => button('Attempt actions')?.click())
    await settle(() => button('Delete from the list')?.click())
    expect(texts(attempts)).toHaveLength(1)
    expect(live.note).not.toHaveBeenCalled()
  })

  it('asks a recorder again that did not answer', async () => {
    await settle(() => store.open(live))
    await settle(() => sink.onConnection('lost'))
    expect(texts('h2')).toEqual(['The recorder does not answer'])
    await settle(() => button('Ask again')?.click())
    expect(texts('h2')).toEqual(['Reading what was recorded'])
    await settle(() => sink.onEvents(recording.events))
    expect(texts(attempts).length).toBe(2)
  })

  it('opens the sample and comes back', async () => {
    await settle(() => button('Open a sample login')?.click())
    expect(texts(attempts).length).toBe(2)
    await settle(() => button('Close the sample')?.click())
    await settle(() => sink.onStatus({ paused: false, hostPermission: true, storageFull: false, devtoolsTabs: [] }))
    expect(texts('h2')).toEqual(['Recording. No login seen yet'])
  })
})
