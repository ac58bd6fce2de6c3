import { describe, expect, it } from 'vitest'
import type { RecorderStatus } from '../messaging/contract'
import type { Analysis, Finding, Flow } from '../model/analysis'
import type { CaptureEvent, NewCaptureEvent } from '../model/recording'
import { memoryArea } from '../recording/memory'
import { sessionStorage } from '../recording/session-storage'
import { badgeFor } from './badge'
import { noticesFor } from './notify'
import { createRecorder } from './recorder'
import { readSettings, writeSettings } from './settings'
import { summarizeTab, unsettledFailures } from './summary'

const status: RecorderStatus = { paused: false, hostPermission: true, storageFull: false, devtoolsTabs: [] }

const request = (requestId: string, url: string, at: number, tabId = 1): NewCaptureEvent => ({
  type: 'request.started',
  requestId,
  at,
  url,
  method: 'GET',
  resourceType: 'main_frame',
  tabId,
  frameId: 0,
  parentFrameId: -1,
})
const authorization = 'https://login.example/authorize?client_id=spa&response_type=code'
const callback = 'https://app.example/callback?code=1&state=2'

const start = (area = memoryArea()) => {
  const told: CaptureEvent[] = []
  const clears: number[] = []
  const recorder = createRecorder({
    storage: sessionStorage(area),
    settings: Promise.resolve({ recordOnly: [], ignore: [], extraEndpoints: [] }),
    userAgent: 'test',
    now: () => 5,
    onAppended: (events) => told.push(...events),
    onCleared: () => clears.push(told.length),
  })
  return { area, recorder, told, clears }
}

const urlsOf = (events: readonly CaptureEvent[]) => events.map((event) => ('url' in event ? event.url : event.type))

describe('the recorder', () => {
  it('takes events that arrive before the log is restored, after what the log had', async () => {
    const { area, recorder } = start()
    recorder.offer(request('1', authorization, 10))
    await recorder.settled()

    const { recorder: restarted } = start(area)
    restarted.offer(request('2', callback, 20))
    await restarted.settled()
    expect(urlsOf(restarted.events())).toEqual(['recording.started', authorization, callback])
    expect(restarted.events().map(({ seq }) => seq)).toEqual([0, 1, 2])
  })

  it('records nothing while paused, also after a restart, and leaves a gap', async () => {
    const { area, recorder } = start()
    await recorder.setPaused(true)
    recorder.offer(request('1', authorization, 10))
    await recorder.settled()
    const { recorder: restarted } = start(area)
    restarted.offer(request('2', callback, 20))
    await restarted.settled()
    expect(restarted.events().map(({ type }) => type)).toEqual(['recording.started', 'capture.gap'])
    await restarted.setPaused(false)
    restarted.offer(request('3', callback, 30))
    expect(urlsOf(restarted.events())).toEqual(['recording.started', 'capture.gap', callback])
  })

  it('clears one tab and leaves the others', async () => {
    const { recorder, clears } = start()
    recorder.offer(request('1', authorization, 10, 1))
    recorder.offer(request('2', callback, 20, 2))
    recorder.offer({ type: 'request.completed', requestId: '1', url: authorization, at: 30, status: 200 })
    await recorder.clear(1)
    expect(urlsOf(recorder.events())).toEqual(['recording.started', callback])
    expect(clears).toHaveLength(1)
  })

  it('begins anew when everything is cleared', async () => {
    const { recorder } = start()
    recorder.offer(request('1', authorization, 10))
    await recorder.clear()
    expect(recorder.events().map(({ type }) => type)).toEqual(['recording.started'])
  })
})

const flow = (id: string, change: Partial<Flow>): Flow => ({
  id,
  kind: 'authorization_code',
  status: 'failed',
  startedAt: 0,
  tabId: 1,
  client_id: 'spa',
  steps: [],
  links: [],
  rootCause: null,
  findings: [],
  summary: `summary of ${id}`,
  ...change,
})
const analysisOf = (flows: Flow[], findings: Finding[] = []): Analysis => ({
  flows,
  findings,
  exchanges: [],
  crashed: [],
})

describe('the summary of a tab', () => {
  it('counts the attempts of the tab alone and tells its latest failure with the cause', () => {
    const finding = { id: 'f1', title: 'Cause' } as Finding
    const analysis = analysisOf(
      [
        flow('a', { startedAt: 1, rootCause: 'f1' }),
        flow('b', { startedAt: 2, status: 'pending' }),
        flow('c', { startedAt: 3, tabId: 2 }),
      ],
      [finding],
    )
    expect(summarizeTab(analysis, 1, status)).toEqual({
      tabId: 1,
      failed: 1,
      succeeded: 0,
      delivered: 0,
      pending: 1,
      latest: { flowId: 'a', status: 'failed', summary: 'summary of a', client_id: 'spa', finding },
      status,
    })
  })

  it('tells the other failures too, newest first', () => {
    const analysis = analysisOf([flow('a', { startedAt: 1 }), flow('b', { startedAt: 3 }), flow('c', { startedAt: 2 })])
    const { latest, others } = summarizeTab(analysis, 1, status)
    expect([latest?.flowId, ...(others ?? []).map(({ flowId }) => flowId)]).toEqual(['b', 'c', 'a'])
  })

  it('has no latest attempt where there was none', () => {
    expect(summarizeTab(analysisOf([]), 1, status)).toEqual({
      tabId: 1,
      failed: 0,
      succeeded: 0,
      delivered: 0,
      pending: 0,
      status,
    })
  })

  it('tells of the login, not of the metadata that is read beside it', () => {
    const login = flow('a', { startedAt: 1, status: 'succeeded' })
    const reading = flow('b', { startedAt: 2, status: 'abandoned', kind: 'discovery' })
    expect(summarizeTab(analysisOf([login, reading]), 1, status).latest?.flowId).toBe('a')
    expect(summarizeTab(analysisOf([reading]), 1, status).latest?.flowId).toBe('b')
    const read: Flow = { ...reading, status: 'succeeded' }
    expect(unsettledFailures(analysisOf([{ ...login, status: 'failed' }, read]), 1)).toEqual(['a'])
    expect(unsettledFailures(analysisOf([{ ...login, status: 'failed', kind: 'discovery' }, read]), 1)).toEqual([])
  })

  it('takes a failure as settled when the same client succeeded afterwards', () => {
    const failed = flow('a', { startedAt: 1 })
    const other = flow('b', { startedAt: 2, client_id: 'shop', status: 'succeeded' })
    const same = flow('c', { startedAt: 3, status: 'succeeded' })
    expect(unsettledFailures(analysisOf([failed, other]), 1)).toEqual(['a'])
    expect(unsettledFailures(analysisOf([failed, other, same]), 1)).toEqual([])
    expect(unsettledFailures(analysisOf([failed, { ...same, status: 'delivered' }]), 1)).toEqual([])
    expect(summarizeTab(analysisOf([failed, other, same]), 1, status).latest?.flowId).toBe('c')
  })
})

describe('the badge', () => {
  it.each([
    [0, status, '', 'Loginscope'],
    [1, status, '1', 'Loginscope: 1 login attempt failed'],
    [120, status, '99+', 'Loginscope: 120 login attempts failed'],
    [0, { ...status, paused: true }, '', 'Loginscope: recording is paused'],
    [2, { ...status, paused: true }, '2', 'Loginscope: 2 login attempts failed, recording is paused'],
    [0, { ...status, hostPermission: false }, '!', 'Loginscope: not permitted to see requests'],
  ] as const)('for %i failures', (failures, state, text, title) => {
    const badge = badgeFor(failures, state)
    expect([badge.text, badge.title]).toEqual([text, title])
  })

  it('is grey while nothing is recorded', () => {
    expect(badgeFor(0, { ...status, paused: true }).icon).toBe('paused')
    expect(badgeFor(1, status)).toMatchObject({ icon: 'recording', color: '#c5221f' })
  })
})

describe('notices', () => {
  it('tell each failure once, by its cause where that is known', () => {
    const finding = { id: 'f1', title: 'Cause' } as Finding
    const analysis = analysisOf(
      [flow('a', { rootCause: 'f1' }), flow('b', {}), flow('c', { status: 'succeeded' }), flow('d', {})],
      [finding],
    )
    expect(noticesFor(analysis, new Set(['d']))).toEqual([
      { flowId: 'a', title: 'Login failed: spa', message: 'Cause' },
      { flowId: 'b', title: 'Login failed: spa', message: 'summary of b' },
    ])
  })
})

describe('settings', () => {
  it('fall back field by field when what is stored cannot be read', async () => {
    const area = memoryArea()
    const local = { get: () => area.get(null), set: area.set }
    await area.set({ settings: { theme: 'purple', ignore: ['*.ads.example'] } })
    expect(await readSettings(local)).toMatchObject({ theme: 'auto', ignore: ['*.ads.example'] })
    expect(await writeSettings(local, { theme: 'dark' })).toMatchObject({ theme: 'dark', ignore: ['*.ads.example'] })
    expect(await readSettings(local)).toMatchObject({ theme: 'dark', ignore: ['*.ads.example'] })
  })
})
