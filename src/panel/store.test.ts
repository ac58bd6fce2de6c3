import { describe, expect, it, vi } from 'vitest'
import { analyze } from '../analyzer/analyze'
import { defaultSettings } from '../messaging/contract'
import type { CaptureEvent } from '../model/recording'
import { NOW, recording } from './fixtures/sample-analysis'
import type { Source, SourceSink } from './source'
import { memorySource } from './sources/memory'
import { createStore } from './store'

const liveSource = () => {
  const sinks: SourceSink[] = []
  const stop = vi.fn()
  const source: Source = {
    origin: { kind: 'live', tabId: 1 },
    start: (sink) => {
      sinks.push(sink)
      return stop
    },
    note: async () => {},
  }
  return { source, stop, sink: () => sinks.at(-1)! }
}

const manualClock = () => {
  const tasks: (() => void)[] = []
  return {
    schedule: (task: () => void) => {
      tasks.push(task)
      return () => {
        const index = tasks.indexOf(task)
        if (index >= 0) tasks.splice(index, 1)
      }
    },
    run: () => tasks.splice(0).forEach((task) => task()),
    waiting: () => tasks.length,
  }
}

/** A clock on which the looks that an analysis asks for never come. */
const withoutRevisits =
  ({ schedule }: ReturnType<typeof manualClock>) =>
  (task: () => void, delayMs: number) =>
    delayMs < 1000 ? schedule(task) : () => {}

const part = (from: number, to: number): readonly CaptureEvent[] => recording.events.slice(from, to)

describe('the store', () => {
  it('analyses once for all events of a moment', () => {
    const live = liveSource()
    const clock = manualClock()
    const spy = vi.fn(analyze)
    const store = createStore(live.source, { analyze: spy, now: () => NOW, schedule: clock.schedule })
    live.sink().onEvents(part(0, 3))
    live.sink().onEvents(part(3, 7))
    clock.run()
    expect(spy).toHaveBeenCalledTimes(1)
    expect(store.getSnapshot().analysis.flows.map(({ status }) => status)).toEqual(['succeeded', 'failed'])
  })

  it('glances at what was added and looks again when nothing more comes', () => {
    const live = liveSource()
    const clock = manualClock()
    const whole = vi.fn(analyze)
    const glance = vi.fn(analyze)
    createStore(live.source, { analyze: whole, glance, now: () => NOW, schedule: withoutRevisits(clock) })
    const looks = () => [whole.mock.calls.length, glance.mock.calls.length]
    live.sink().onReset(part(0, 3))
    clock.run()
    expect(looks()).toEqual([1, 0])
    live.sink().onEvents(part(3, 7))
    clock.run()
    expect(looks()).toEqual([1, 1])
    clock.run()
    expect(looks()).toEqual([2, 1])
    live.sink().onReset(part(0, 2))
    clock.run()
    expect(looks()).toEqual([3, 1])
  })

  it('looks at the whole log now and then while events never stop', () => {
    vi.useFakeTimers()
    try {
      const live = liveSource()
      const whole = vi.fn(analyze)
      const store = createStore(live.source, { analyze: whole, glance: analyze.bind(null), now: () => NOW })
      live.sink().onReset(part(0, 1))
      vi.advanceTimersByTime(300)
      expect(whole).toHaveBeenCalledTimes(1)
      for (let waited = 0; waited < 3000; waited += 300) {
        live.sink().onEvents(part(1, 2))
        vi.advanceTimersByTime(300)
      }
      expect(whole).toHaveBeenCalledTimes(2)
      store.close()
    } finally {
      vi.useRealTimers()
    }
  })

  it('analyses again when other endpoints are named', () => {
    const live = liveSource()
    const clock = manualClock()
    const whole = vi.fn(analyze)
    createStore(live.source, { analyze: whole, now: () => NOW, schedule: withoutRevisits(clock) })
    live.sink().onReset(part(0, 3))
    clock.run()
    live.sink().onSettings({ ...defaultSettings, extraEndpoints: [{ url: 'https://a.example/t', kind: 'token' }] })
    clock.run()
    expect(whole.mock.calls.at(-1)?.[2]?.extraEndpoints).toHaveLength(1)
    live.sink().onSettings({
      ...defaultSettings,
      theme: 'dark',
      extraEndpoints: [{ url: 'https://a.example/t', kind: 'token' }],
    })
    clock.run()
    expect(whole).toHaveBeenCalledTimes(2)
  })

  it('keeps the same snapshot until something changes', () => {
    const live = liveSource()
    const store = createStore(live.source, { analyze, now: () => NOW, schedule: manualClock().schedule })
    expect(store.getSnapshot()).toBe(store.getSnapshot())
  })

  it('analyses again while time alone may change the answer, and stops when it cannot any more', () => {
    const live = liveSource()
    const clock = manualClock()
    let now = NOW - 6 * 60_000 + 2000
    createStore(live.source, { analyze, now: () => now, schedule: clock.schedule })
    live.sink().onEvents(part(0, 6))
    clock.run()
    expect(clock.waiting()).toBe(1)
    now += 60 * 60_000
    clock.run()
    expect(clock.waiting()).toBe(0)
  })

  it('leaves a source for a file and hears no more of it', () => {
    const live = liveSource()
    const clock = manualClock()
    const store = createStore(live.source, { analyze, now: () => NOW, schedule: clock.schedule })
    const old = live.sink()
    store.open(memorySource({ kind: 'file', name: 'a.har', notes: [] }, recording, NOW))
    expect(live.stop).toHaveBeenCalledOnce()
    old.onEvents(part(0, 1))
    clock.run()
    expect(store.getSnapshot()).toMatchObject({ origin: { kind: 'file' }, events: recording.events })
  })

  it('knows that nothing was recorded only after the recorder has said so', () => {
    const live = liveSource()
    const store = createStore(live.source, { analyze, now: () => NOW, schedule: manualClock().schedule })
    expect(store.getSnapshot().loaded).toBe(false)
    live.sink().onStatus({ paused: false, hostPermission: true, storageFull: false, devtoolsTabs: [] })
    expect(store.getSnapshot().loaded).toBe(true)
  })
})
