import { describe, expect, it } from 'vitest'
import { rules } from '../../analyzer/rules'
import { checklist } from '../explain/checklist'
import { idealFlows } from '../explain/flows'
import { parameterExplanations } from '../explain/parameters'
import { NOW, analysis, analysisWith, failedFlow, finding, goodFlow, snapshotOf } from '../fixtures/sample-analysis'
import { checklistOf, verdictsOf } from './checklist-view'
import { comparisonOf } from './comparison'
import { lessonOf } from './learn'
import { maskBody } from './mask'
import { proseParts } from './prose'
import { flowsOfTab } from './tab-family'
import { tokenClock } from './token-clock'

describe('the checklist', () => {
  const verdicts = verdictsOf(snapshotOf(), NOW, snapshotOf().settings, analysis, goodFlow)
  const outcome = (groups: ReturnType<typeof checklistOf>, title: string) =>
    groups.flatMap(({ rows }) => rows).find((row) => row.title.startsWith(title))?.outcome

  it('has all rules judge the attempt', () => {
    expect(verdicts.length).toBe(rules.length)
  })

  it('passes what was seen to be right, and says what was not reached', () => {
    const groups = checklistOf({ ...analysis, findings: [] }, goodFlow, [])
    expect(outcome(groups, 'The state is the one')).toBe('pass')
    expect(outcome(groups, 'Signature')).toBe('not-reached')
  })

  it('fails the item of a finding', () => {
    const { analysis: judged, flow } = analysisWith(finding())
    const groups = checklistOf(judged, flow, [])
    expect(outcome(groups, 'The redirect_uri is registered')).toBe('fail')
    expect(outcome(groups, 'The code is used once')).toBe('not-reached')
  })

  it('never passes what could not be seen', () => {
    const blind = {
      ...analysis,
      findings: [],
      exchanges: analysis.exchanges.map((exchange) => ({
        ...exchange,
        responseBody: { state: 'unobserved', because: 'body-not-captured' } as const,
      })),
    }
    const groups = checklistOf(blind, goodFlow, [])
    expect(outcome(groups, 'An access token')).toBe('unseen')
    expect(outcome(groups, 'Nonce')).toBe('unseen')
  })

  it('lists only rules that exist', () => {
    const listed = checklist.flatMap(({ items }) => items.flatMap((item) => item.rules))
    const matches = (wanted: string) =>
      rules.some(({ id }) => (wanted.endsWith('-') ? id.startsWith(wanted) : id === wanted))
    expect(listed.filter((wanted) => !matches(wanted))).toEqual([])
  })
})

describe('the lesson', () => {
  it('puts what happened beside what should', () => {
    const { analysis: judged, flow } = analysisWith(finding())
    expect(lessonOf(judged, flow)?.steps.map(({ name, happened }) => [name, happened])).toEqual([
      ['Provider metadata', 'not-used'],
      ['Authorization request', 'failed'],
      ['User interaction', 'not-used'],
      ['Authorization response', 'not-reached'],
      ['Token request', 'not-reached'],
      ['Key set (JWKS)', 'not-used'],
      ['UserInfo request', 'not-used'],
      ['API call', 'not-used'],
    ])
  })

  it('shows this login’s own values', () => {
    const request = lessonOf(analysis, goodFlow)?.steps[1]
    expect(request?.values.find(({ name }) => name === 'client_id')?.value).toBe('my-spa')
  })

  it('explains every parameter it shows', () => {
    const shown = Object.values(idealFlows).flatMap((steps) => steps.flatMap((step) => step.shows))
    expect([...new Set(shown)].filter((name) => !(name in parameterExplanations) && name !== 'Authorization')).toEqual(
      [],
    )
  })
})

describe('the token clock', () => {
  it('knows who holds what, until when, and what it was used for', () => {
    const rows = tokenClock(analysis, analysis.flows, NOW)
    expect(rows.map(({ kind }) => kind)).toEqual(['Access token', 'ID token', 'Refresh token'])
    expect(rows[0]).toMatchObject({ holder: 'my-spa', audience: 'https://api.example', expired: true })
    expect(rows[0]?.uses.map(({ what }) => what)).toEqual(['shown to an API'])
  })

  it('does not call a token of a file expired', () => {
    expect(tokenClock(analysis, analysis.flows, null).some(({ expired }) => expired)).toBe(false)
  })
})

describe('the comparison', () => {
  it('chooses the login that worked and puts the cause first', () => {
    const { analysis: judged, flow } = analysisWith(finding())
    const view = comparisonOf(judged, flow, judged.flows, null)
    expect(view?.chosen).toBe(goodFlow.id)
    expect(view?.rows[0]).toMatchObject({
      place: 'Query, redirect_uri',
      isCause: true,
      other: 'http://localhost:5173/callback',
      mine: 'http://localhost:5173/callback/',
    })
  })

  it('is nothing while there is only one attempt', () => {
    expect(comparisonOf(analysis, failedFlow, [failedFlow], null)).toBeNull()
  })
})

describe('flowsOfTab', () => {
  const opened = { type: 'tab.opened', seq: 1, at: 0, tabId: 7, openerTabId: 3 } as const

  it('shows a tab its own attempts and those of its popups', () => {
    const flows = [
      { ...goodFlow, id: 'own', tabId: 3 },
      { ...goodFlow, id: 'popup', tabId: 7 },
      { ...goodFlow, id: 'other', tabId: 9 },
      { ...goodFlow, id: 'worker', tabId: -1 },
    ]
    expect(flowsOfTab(flows, [opened], 3).map(({ id }) => id)).toEqual(['own', 'popup', 'worker'])
    expect(flowsOfTab(flows, [opened], null)).toBe(flows)
  })
})

describe('proseParts', () => {
  it('sets values in backticks and bare URLs apart', () => {
    expect(proseParts('Set `a b` to https://x.example/cb.')).toEqual([
      { kind: 'text', text: 'Set ' },
      { kind: 'value', text: 'a b' },
      { kind: 'text', text: ' to ' },
      { kind: 'value', text: 'https://x.example/cb' },
      { kind: 'text', text: '.' },
    ])
  })
})

describe('maskBody', () => {
  it('hides the values of secrets in JSON and forms and leaves the rest', () => {
    expect(maskBody('{"access_token": "abcdefghijklmnopqrstuvwxyz", "token_type": "Bearer"}')).toBe(
      '{"access_token": "abcd••••••", "token_type": "Bearer"}',
    )
    expect(maskBody('code=abc&state=xyz')).toBe('code=••••••&state=xyz')
  })
})
