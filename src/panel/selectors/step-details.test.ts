import { describe, expect, it } from 'vitest'
import type { StepKind } from '../../model/analysis'
import { unobserved } from '../../model/observed'
import { analysis, analysisWith, failedFlow, finding, goodFlow } from '../fixtures/sample-analysis'
import { locatorKey, stepDetails, tabOfLocator } from './step-details'

const stepOf = (kind: StepKind) => goodFlow.steps.find((step) => step.kind === kind)?.id ?? ''
const details = (kind: StepKind) => {
  const found = stepDetails(analysis, goodFlow, stepOf(kind))
  if (!found) throw new Error(`no ${kind}`)
  return found
}
const parameter = (kind: StepKind, name: string) =>
  details(kind)
    .parameters.flatMap((group) => group.rows)
    .find((row) => row.name === name)

describe('stepDetails', () => {
  it('explains a parameter and finds the steps that carry the same value', () => {
    expect(parameter('token_request', 'redirect_uri')).toMatchObject({
      value: 'http://localhost:5173/callback',
      secret: false,
      sameIn: [{ stepNumber: 1 }],
      reference: { title: 'RFC 6749 section 3.1.2' },
    })
  })

  it('marks secrets and labels equal ones alike', () => {
    expect(parameter('token_request', 'code')).toMatchObject({ secret: true, valueLabel: 'code#1' })
    expect(parameter('authorization_response', 'code')).toMatchObject({ secret: true, valueLabel: 'code#1' })
  })

  it('says of an answer that the browser withheld that opening DevTools would not show it', () => {
    const id = stepOf('token_request')
    const exchangeId = goodFlow.steps.find((step) => step.id === id)?.exchangeId
    const withheld = stepDetails(
      {
        ...analysis,
        exchanges: analysis.exchanges.map((exchange) =>
          exchange.id === exchangeId
            ? { ...exchange, error: 'net::ERR_FAILED', responseBody: unobserved('body-not-captured') }
            : exchange,
        ),
      },
      goodFlow,
      id,
    )
    expect(withheld?.status).toBe('200 net::ERR_FAILED')
    expect(withheld?.bodies[1]?.empty).toMatch(/^The browser withheld the answer from the page \(net::ERR_FAILED\)/)
  })

  it('says of a field that was never recorded that it was not', () => {
    expect(parameter('user_interaction', 'password')).toMatchObject({ withheld: true, decoded: [] })
  })

  it('decodes tokens and tells lifetimes from the call', () => {
    const [access, id] = details('token_request').tokens
    expect(access?.title).toBe('Access token')
    expect(id?.title).toBe('ID token')
    expect(id?.claims.find(({ name }) => name === 'exp')?.meaning).toContain('valid for another 5 min at this call')
    expect(id?.signature.text).toBe('Signed with RS256; not checked')
  })

  it('shows the result of a signature check', () => {
    const exchangeId = goodFlow.steps.find((step) => step.kind === 'token_request')?.exchangeId ?? ''
    const found = stepDetails(
      analysis,
      goodFlow,
      stepOf('token_request'),
      new Map([[`${exchangeId}/id_token`, 'invalid']]),
    )
    expect(found?.tokens.find(({ title }) => title === 'ID token')?.signature.tone).toBe('failed')
  })

  it('tells the fate of a cookie that was set', () => {
    expect(details('authorization_request').cookies.set).toMatchObject([
      { name: 'AUTH_SESSION_ID', fate: 'Sent back in step 2' },
    ])
    expect(details('user_interaction').cookies.sent).toMatchObject([{ name: 'AUTH_SESSION_ID', fate: 'Set in step 1' }])
  })

  it('puts the verdict of a finding at the parameter its evidence names, and nowhere else', () => {
    const { analysis: judged, flow } = analysisWith(finding())
    const rows = stepDetails(judged, flow, failedFlow.steps[0]?.id ?? '')?.parameters.flatMap((group) => group.rows)
    expect(rows?.filter(({ verdict }) => verdict !== null).map(({ name }) => name)).toEqual(['redirect_uri'])
  })

  it('gives the reason for what was not visible', () => {
    const unseen = {
      ...goodFlow,
      steps: [{ ...goodFlow.steps[0]!, id: 's', exchangeId: 'none', outcome: 'unobserved' as const, notes: ['Why.'] }],
    }
    expect(stepDetails(analysis, unseen, 's')).toMatchObject({ notes: ['Why.'], parameters: [] })
  })

  it('knows no step of another attempt', () => {
    expect(stepDetails(analysis, goodFlow, 'other')).toBeNull()
  })
})

describe('a locator', () => {
  it.each([
    ['request.query', 'state', 'parameters'],
    ['id_token.claims', 'nonce', 'tokens'],
    ['request.cookies', 'sid', 'cookies'],
    ['response.headers', 'www-authenticate', 'headers'],
    ['response.status', undefined, 'timing'],
    ['response.body', undefined, 'body'],
    ['response.body', 'error', 'parameters'],
  ] as const)('in %s %s is shown under %s', (part, name, tab) => {
    const where = { exchangeId: 'e', part, ...(name === undefined ? {} : { parameter: name }) }
    expect(tabOfLocator(where)).toBe(tab)
  })

  it('names the row it points to', () => {
    expect(locatorKey({ exchangeId: 'e', part: 'request.query', parameter: 'state' })).toBe('request.query/state')
  })
})
