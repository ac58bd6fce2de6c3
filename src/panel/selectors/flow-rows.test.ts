import { describe, expect, it } from 'vitest'
import type { Flow } from '../../model/analysis'
import { analysis, analysisWith, failedFlow, finding, goodFlow } from '../fixtures/sample-analysis'
import { defaultFlow, flowRow, matchesFilter, orderedFlows, readQuery } from './flow-rows'

const ids = (flows: readonly Flow[]) => flows.map(({ id }) => id)

describe('orderedFlows', () => {
  it('puts the newest first', () => {
    expect(ids(orderedFlows(analysis.flows, {}))).toEqual([failedFlow.id, goodFlow.id])
  })

  it('puts pinned attempts before newer ones and leaves deleted ones out', () => {
    expect(ids(orderedFlows(analysis.flows, { [goodFlow.id]: { pinned: true } }))).toEqual([goodFlow.id, failedFlow.id])
    expect(ids(orderedFlows(analysis.flows, { [goodFlow.id]: { deleted: true } }))).toEqual([failedFlow.id])
  })
})

describe('defaultFlow', () => {
  it('is the newest attempt when it failed', () => {
    expect(defaultFlow(analysis.flows)?.id).toBe(failedFlow.id)
  })

  it('is the newest when a later login of the same client has made the failure good', () => {
    const later = { ...goodFlow, id: 'later', startedAt: failedFlow.startedAt + 1 }
    expect(defaultFlow([...analysis.flows, later])?.id).toBe('later')
  })

  it('is the older failure while only another client has logged in since', () => {
    const other = { ...goodFlow, id: 'other', client_id: 'other', startedAt: failedFlow.startedAt + 1 }
    expect(defaultFlow([...analysis.flows, other])?.id).toBe(failedFlow.id)
  })

  it('is nothing when there is nothing', () => {
    expect(defaultFlow([])).toBeUndefined()
  })
})

describe('flowRow', () => {
  it('tells client, server, outcome and length', () => {
    expect(flowRow(analysis, goodFlow, {})).toMatchObject({
      title: 'my-spa',
      statusWord: 'Succeeded',
      detail: 'Authorization code · 14.3 s · 5 steps',
    })
  })

  it('shows the name the user gave', () => {
    expect(flowRow(analysis, goodFlow, { [goodFlow.id]: { name: 'mine' } }).title).toBe('mine')
  })
})

describe('matchesFilter', () => {
  const { analysis: judged, flow } = analysisWith(finding())
  const matches = (query: string, outcome: 'all' | 'failed' | 'succeeded' | 'risk' = 'all') =>
    matchesFilter(judged, flow, {}, query, outcome)

  it('reads qualifiers apart from text', () => {
    expect(readQuery('is:failed owner:client my text')).toEqual({ text: 'my text', is: 'failed', owner: 'client' })
  })

  it.each(['', 'MY-SPA', 'not registered', 'is:failed', 'owner:authorization_server', 'rule:redirect', 'client:spa'])(
    'keeps the failed attempt for “%s”',
    (query) => expect(matches(query)).toBe(true),
  )

  it.each(['nothing like it', 'is:succeeded', 'owner:client', 'rule:state', 'client:other'])(
    'hides it for “%s”',
    (query) => expect(matches(query)).toBe(false),
  )

  it('filters by outcome', () => {
    expect(matches('', 'failed')).toBe(true)
    expect(matches('', 'succeeded')).toBe(false)
    expect(matches('', 'risk')).toBe(false)
  })
})
