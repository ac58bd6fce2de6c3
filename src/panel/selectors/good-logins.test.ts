import { expect, it } from 'vitest'
import { analyze } from '../../analyzer/analyze'
import type { GoodLogin } from '../../messaging/contract'
import { NOW, goodFlow, recording } from '../fixtures/sample-analysis'
import { sampleRecording } from '../sources/sample'
import { comparisonOf, goodLoginAt } from './comparison'
import { rememberedFor } from './good-logins'

const onlyFailed = {
  events: recording.events.filter((event) => event.type !== 'entry.observed' || event.entryId === '5'),
}
const analysis = analyze(onlyFailed, NOW)
const [failed] = analysis.flows
if (!failed) throw new Error('the sample has no login that failed')

const earlier = NOW - 86_400_000
const login: GoodLogin = {
  client_id: 'my-spa',
  server: 'https://login.example',
  kind: 'authorization_code',
  startedAt: earlier,
  recording: sampleRecording(earlier),
}

it('offers the remembered login of the same client and server when an attempt fails', () => {
  const remembered = rememberedFor([login], analysis, failed)
  expect(goodLoginAt(analysis, failed, analysis.flows, [])).toBeNull()
  expect(goodLoginAt(analysis, failed, analysis.flows, remembered)).toMatch(/^\d\d:\d\d:\d\d$/)
  const view = comparisonOf(analysis, failed, analysis.flows, null, remembered)
  expect(view?.choices.map(({ words }) => words)).toEqual([
    expect.stringMatching(/^Succeeded: my-spa, .*, remembered$/),
  ])
  expect(view?.rows.find(({ place }) => place === 'Query, redirect_uri')).toMatchObject({
    other: 'http://localhost:5173/callback',
    mine: 'http://localhost:5173/callback/',
  })
})

it('offers no login of another client or server, nor one that is shown already', () => {
  expect(rememberedFor([{ ...login, client_id: 'other' }], analysis, failed)).toEqual([])
  expect(rememberedFor([{ ...login, server: 'https://other.example' }], analysis, failed)).toEqual([])
  const whole = analyze(recording, NOW)
  expect(rememberedFor([{ ...login, startedAt: goodFlow.startedAt }], whole, failed)).toEqual([])
})
