import { describe, expect, it } from 'vitest'
import type { CaptureEvent } from '../../model/recording'
import { NOW, analysis, failedFlow, goodFlow, snapshotOf } from '../fixtures/sample-analysis'
import { emptyState, lateDevTools, noticesOf } from './panel-state'

const status = { paused: false, hostPermission: true, storageFull: false, devtoolsTabs: [1] }

describe('emptyState', () => {
  it('is none while an attempt is shown', () => {
    expect(emptyState(snapshotOf(), analysis.flows, [goodFlow], true)).toBeNull()
  })

  it.each([
    ['filtered', snapshotOf(), analysis.flows, true],
    ['first-run', snapshotOf(), [], false],
    ['waiting', snapshotOf(), [], true],
    ['paused', snapshotOf({ status: { ...status, paused: true } }), [], true],
    ['no-permission', snapshotOf({ status: { ...status, hostPermission: false, paused: true } }), [], true],
    ['connecting', snapshotOf({ loaded: false }), [], true],
    ['lost', snapshotOf({ connection: 'lost', loaded: false }), [], true],
    ['outdated', snapshotOf({ connection: 'outdated', loaded: false }), [], true],
    ['no-login-in-file', snapshotOf({ origin: { kind: 'file', name: 'a.har', notes: [] } }), [], true],
  ] as const)('is %s', (state, snapshot, all, welcomed) => {
    expect(emptyState(snapshot, all, [], welcomed)).toBe(state)
  })
})

describe('noticesOf', () => {
  const keys = (change: Parameters<typeof snapshotOf>[0]) => noticesOf(snapshotOf(change), true).map(({ key }) => key)
  const incomplete: CaptureEvent = { type: 'capture.gap', seq: 99, at: NOW, because: 'import-incomplete' }

  it('has nothing to say when all is well', () => {
    expect(keys({})).toEqual([])
  })

  it.each([
    ['lost', { connection: 'lost' }],
    ['paused', { status: { ...status, paused: true } }],
    ['permission', { status: { ...status, hostPermission: false } }],
    ['full', { status: { ...status, storageFull: true } }],
    ['sample', { origin: { kind: 'sample' } }],
    ['file', { origin: { kind: 'file', name: 'a.har', notes: [] } }],
    ['outdated', { connection: 'outdated' }],
    ['incomplete', { events: [incomplete] }],
    ['crashed', { analysis: { ...analysis, crashed: [{ rule: 'r', message: 'm' }] } }],
  ] as const)('tells of %s', (key, change) => {
    expect(keys(change)).toEqual([key])
  })
})

describe('lateDevTools', () => {
  const blind = snapshotOf({
    analysis: {
      ...analysis,
      exchanges: analysis.exchanges.map((exchange) => ({
        ...exchange,
        responseBody: { state: 'unobserved', because: 'body-not-captured' } as const,
      })),
    },
  })

  it('says how to see the answers that were missed', () => {
    expect(lateDevTools(blind, goodFlow)).toContain('Preserve log')
    expect(lateDevTools({ ...blind, status: { ...status, devtoolsTabs: [] } }, goodFlow)).toContain(
      'DevTools was closed',
    )
  })

  it('is silent when nothing was missed, and for files', () => {
    expect(lateDevTools(snapshotOf(), goodFlow)).toBeNull()
    expect(lateDevTools(blind, failedFlow)).toBeNull()
    expect(lateDevTools({ ...blind, origin: { kind: 'sample' } }, goodFlow)).toBeNull()
  })
})
