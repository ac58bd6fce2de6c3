import { describe, expect, it, vi } from 'vitest'
import type { CaptureEvent } from '../model/recording'
import { createCaller } from './caller'
import { type Channel, memoryChannelPair } from './channel'
import { connect, followRecording } from './connection'
import { defaultSettings, type RecorderStatus } from './contract'
import { type Handlers, serve } from './handler'
import { parsePortName, portName } from './wire'

const status: RecorderStatus = { paused: false, hostPermission: true, storageFull: false, devtoolsTabs: [] }

const tabClosed = (seq: number): CaptureEvent => ({ type: 'tab.closed', seq, at: seq, tabId: seq })

const handlersFor = (overrides: Partial<Handlers> = {}): Handlers => ({
  'recording.read': () => ({ events: [], status, generation: 0 }),
  'recording.clear': () => null,
  'recording.pause': () => null,
  'devtools.entry': () => null,
  'tab.summary': ({ tabId }) => ({ tabId, failed: 0, succeeded: 0, delivered: 0, pending: 0, status }),
  'logins.good': () => [],
  'notes.read': () => ({}),
  'notes.write': () => null,
  'settings.read': () => defaultSettings,
  'settings.write': (change) => ({ ...defaultSettings, ...change }),
  'panel.open': () => null,
  ...overrides,
})

/** A background that may be stopped, and opened again through `open`. */
const fakeBackground = (handlers: Handlers) => {
  const served: { tell: ReturnType<typeof serve>['tell']; close: () => void }[] = []
  const open = (): Channel => {
    const [near, far] = memoryChannelPair()
    served.push({ ...serve(far, handlers), close: far.close })
    return near
  }
  return { open, latest: () => served.at(-1)! }
}

describe('caller and handler', () => {
  it('answers a call with what the handler returns', async () => {
    const [near, far] = memoryChannelPair()
    serve(far, handlersFor())
    const answer = await createCaller(near).call('settings.write', { theme: 'dark' })
    expect(answer).toEqual({ ...defaultSettings, theme: 'dark' })
  })

  it('carries the message of a handler that throws', async () => {
    const [near, far] = memoryChannelPair()
    serve(
      far,
      handlersFor({
        'recording.clear': () => {
          throw new TypeError('no such tab')
        },
      }),
    )
    await expect(createCaller(near).call('recording.clear', {})).rejects.toMatchObject({
      message: 'no such tab',
      code: 'failed',
    })
  })

  it('refuses a call it does not know', async () => {
    const [near, far] = memoryChannelPair()
    serve(far, handlersFor())
    const unknown = createCaller(near).call('toString' as 'recording.clear', {})
    await expect(unknown).rejects.toMatchObject({ code: 'unknown-call' })
  })

  it('rejects what is under way when the channel closes', async () => {
    const [near, far] = memoryChannelPair()
    const pending = createCaller(near).call('settings.read', null)
    far.close()
    await expect(pending).rejects.toMatchObject({ code: 'disconnected' })
  })

  it('gives up after the timeout', async () => {
    const [near] = memoryChannelPair()
    const pending = createCaller(near).call('settings.read', null, { timeoutMs: 5 })
    await expect(pending).rejects.toMatchObject({ code: 'timeout' })
  })

  it('stops waiting when aborted', async () => {
    const [near] = memoryChannelPair()
    const controller = new AbortController()
    const pending = createCaller(near).call('settings.read', null, { signal: controller.signal })
    controller.abort()
    await expect(pending).rejects.toMatchObject({ code: 'aborted' })
  })

  it('tells news to the caller', async () => {
    const [near, far] = memoryChannelPair()
    const { tell } = serve(far, handlersFor())
    const news = new Promise((resolve) => createCaller(near).onNews(resolve))
    tell({ type: 'log.cleared' })
    expect(await news).toEqual({ type: 'log.cleared' })
  })

  it('asks a view of another version to reopen', async () => {
    const [near, far] = memoryChannelPair()
    const pending = createCaller(near).call('settings.read', null)
    far.post({ kind: 'refused', version: 2 })
    await expect(pending).rejects.toMatchObject({ code: 'version' })
  })
})

describe('port names', () => {
  it.each([{ role: 'panel' }, { role: 'popup' }, { role: 'options' }, { role: 'devtools', tabId: 12 }] as const)(
    'read back as they were written: $role',
    (peer) => expect(parsePortName(portName(peer))).toEqual(peer),
  )

  it('tells another version from a stranger', () => {
    expect(parsePortName('loginscope/999/panel')).toEqual({ otherVersion: 999 })
    expect(parsePortName('somebody-else')).toBeUndefined()
    expect(parsePortName('loginscope/1/devtools/x')).toBeUndefined()
  })
})

describe('a connection', () => {
  it('tells those who ask late that it is open', async () => {
    const connection = connect(fakeBackground(handlersFor()).open)
    await connection.call('settings.read', null)
    let opened = 0
    connection.onOpen(() => opened++)
    expect(opened).toBe(1)
    connection.close()
  })

  it('says so when the extension is gone', async () => {
    const connection = connect(
      () => {
        throw new Error('Extension context invalidated.')
      },
      { retryMs: 1 },
    )
    const gone = vi.fn()
    connection.onGone(gone)
    await expect(connection.call('settings.read', null)).rejects.toMatchObject({ code: 'disconnected' })
    expect(gone).toHaveBeenCalledOnce()
  })
})

describe('following the log', () => {
  const logOf = (events: CaptureEvent[]) => {
    const log = { events, generation: 0 }
    const background = fakeBackground(
      handlersFor({
        'recording.read': ({ afterSeq }) => ({
          events: log.events.filter((event) => event.seq > afterSeq),
          status,
          generation: log.generation,
        }),
      }),
    )
    const told: number[] = []
    const resets: number[][] = []
    const connection = connect(background.open, { retryMs: 1 })
    followRecording(connection, {
      onEvents: (events) => told.push(...events.map((event) => event.seq)),
      onReset: (events) => resets.push(events.map((event) => event.seq)),
      onStatus: () => undefined,
    })
    return { log, background, told, resets, connection }
  }

  it('reads what is there, then what is appended', async () => {
    const { background, told, connection } = logOf([tabClosed(0), tabClosed(1)])
    await vi.waitFor(() => expect(told).toEqual([0, 1]))
    background.latest().tell({ type: 'log.appended', events: [tabClosed(2)] })
    await vi.waitFor(() => expect(told).toEqual([0, 1, 2]))
    connection.close()
  })

  it('goes on where it stopped when the background was restarted', async () => {
    const { log, background, told, connection } = logOf([tabClosed(0)])
    await vi.waitFor(() => expect(told).toEqual([0]))
    background.latest().close()
    log.events.push(tabClosed(1), tabClosed(2))
    await vi.waitFor(() => expect(told).toEqual([0, 1, 2]))
    connection.close()
  })

  it('reads again when news left a hole', async () => {
    const { log, background, told, connection } = logOf([tabClosed(0)])
    await vi.waitFor(() => expect(told).toEqual([0]))
    log.events.push(tabClosed(1), tabClosed(2))
    background.latest().tell({ type: 'log.appended', events: [tabClosed(2)] })
    await vi.waitFor(() => expect(told).toEqual([0, 1, 2]))
    connection.close()
  })

  it('starts over when the log was cleared', async () => {
    const { log, background, told, resets, connection } = logOf([tabClosed(0), tabClosed(1)])
    await vi.waitFor(() => expect(told).toEqual([0, 1]))
    log.events = [tabClosed(7)]
    log.generation = 1
    background.latest().tell({ type: 'log.cleared' })
    await vi.waitFor(() => expect(resets).toEqual([[7]]))
    expect(told).toEqual([0, 1])
    connection.close()
  })
})
