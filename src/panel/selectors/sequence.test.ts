import { describe, expect, it } from 'vitest'
import { analysis, analysisWith, failedFlow, finding, goodFlow } from '../fixtures/sample-analysis'
import { scaledGap, sequenceOf, shownStep } from './sequence'
import { exchangesById, indexValues, stepsSharing, stepsWithValue } from './value-index'

describe('sequenceOf', () => {
  const { lanes, rows } = sequenceOf(analysis, goodFlow)

  it('draws only the lanes that take part', () => {
    expect(lanes.map(({ id }) => id)).toEqual(['client', 'browser', 'authorization_server', 'resource_server'])
    expect(sequenceOf(analysis, failedFlow).lanes.map(({ id }) => id)).toEqual([
      'client',
      'browser',
      'authorization_server',
    ])
  })

  it('sends redirects through the browser and calls past it', () => {
    expect(rows.map(({ name, from, to, via }) => [name, from, to, via])).toEqual([
      ['Authorization request', 'client', 'authorization_server', true],
      ['User interaction', 'browser', 'authorization_server', false],
      ['Authorization response', 'authorization_server', 'client', true],
      ['Token request', 'client', 'authorization_server', false],
      ['API call', 'client', 'resource_server', false],
    ])
  })

  it('says what an answer brought', () => {
    expect(rows[3]?.response?.text).toBe('200 access token, ID token, refresh token')
  })

  it('counts the cookies set and sent', () => {
    expect(rows[1]?.badges.map(({ text }) => text)).toEqual(['sets 1', 'sends 1'])
  })

  it('marks the step that broke a failed attempt, and none of a good one', () => {
    const { analysis: judged, flow } = analysisWith(finding())
    expect(sequenceOf(judged, flow).rows.map(({ failedHere }) => failedHere)).toEqual([true])
    expect(rows.some(({ failedHere }) => failedHere)).toBe(false)
  })
})

describe('shownStep', () => {
  const { analysis: judged, flow } = analysisWith(finding())
  const first = flow.steps[0]?.id ?? ''

  it('is the failed step until the user chooses or closes', () => {
    expect(shownStep(judged, flow, undefined)).toBe(first)
    expect(shownStep(judged, flow, null)).toBeNull()
    expect(shownStep(analysis, goodFlow, goodFlow.steps[1]?.id)).toBe(goodFlow.steps[1]?.id)
  })

  it('ignores a choice made in another attempt', () => {
    expect(shownStep(judged, flow, 'elsewhere')).toBe(first)
  })
})

describe('shared values', () => {
  const index = indexValues(goodFlow, exchangesById(analysis))
  const ids = goodFlow.steps.map(({ id }) => id)

  it('join the steps that carry them, the nonce inside the ID token included', () => {
    expect(stepsSharing(index, ids[0] ?? '')).toEqual(
      new Map([
        [ids[2], ['state']],
        [ids[3], ['nonce', 'redirect_uri']],
      ]),
    )
  })

  it('are found by value', () => {
    expect([...stepsWithValue(index, 'b7c2f0d94e6a4f1c').keys()]).toEqual([ids[0], ids[2]])
    expect(stepsWithValue(index, 'unknown').size).toBe(0)
  })
})

it('draws a second as tall as a row and cuts long waits', () => {
  expect(scaledGap(1000)).toBe(40)
  expect(scaledGap(3_600_000)).toBe(160)
})
