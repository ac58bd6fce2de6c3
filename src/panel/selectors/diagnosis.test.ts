import { describe, expect, it } from 'vitest'
import { analysis, analysisWith, failedFlow, finding, goodFlow } from '../fixtures/sample-analysis'
import { diagnosisOf } from './diagnosis'
import { fixText } from './fix-text'

describe('diagnosisOf', () => {
  it('leads with the root cause and puts other failures under it as symptoms', () => {
    const symptom = finding({ id: 'f2', title: 'invalid_grant' })
    const risk = finding({ id: 'f3', category: 'risk', title: 'No PKCE' })
    const { analysis: judged, flow } = analysisWith(finding(), symptom, risk)
    const diagnosis = diagnosisOf(judged, flow)
    expect(diagnosis.heading).toBe('redirect_uri is not registered')
    expect(diagnosis.symptoms.map(({ id }) => id)).toEqual(['f2'])
    expect(diagnosis.others.map(({ id }) => id)).toEqual(['f3'])
  })

  it('points each piece of evidence to its step, and compares by character where that explains it', () => {
    const { analysis: judged, flow } = analysisWith(finding())
    const card = diagnosisOf(judged, flow).rootCause
    expect(card?.evidence[0]).toMatchObject({
      place: 'step 1, Authorization request',
      part: 'Query',
      stepId: failedFlow.steps[0]?.id,
      flowId: failedFlow.id,
    })
    expect(card?.comparison?.difference?.words).toBe('differ by a trailing slash')
  })

  it('leads to the other attempt when the evidence is there', () => {
    const exchangeId = goodFlow.steps[0]?.exchangeId ?? ''
    const { analysis: judged, flow } = analysisWith(
      finding({ evidence: [{ label: 'redirect_uri', where: { exchangeId, part: 'request.query' } }] }),
    )
    expect(diagnosisOf(judged, flow).rootCause?.evidence[0]).toMatchObject({
      place: 'another attempt, step 1, Authorization request',
      flowId: goodFlow.id,
    })
  })

  it('does not compare a sentence with a value', () => {
    const where = { exchangeId: failedFlow.steps[0]?.exchangeId ?? '', part: 'response.headers' } as const
    const { analysis: judged, flow } = analysisWith(
      finding({ evidence: [{ label: 'x', where, actual: 'not in the answer', expected: 'https://a.example' }] }),
    )
    expect(diagnosisOf(judged, flow).rootCause?.comparison).toBeNull()
  })

  it('says of a login that worked what it was, without a cause', () => {
    const diagnosis = diagnosisOf({ ...analysis, findings: [] }, goodFlow)
    expect(diagnosis.rootCause).toBeNull()
    expect(diagnosis.sentence).toBe('`my-spa` at Keycloak: authorization code, 5 steps in 14.3 s. Nothing failed.')
  })
})

describe('fixText', () => {
  it('is plain text with numbered steps and the console path', () => {
    expect(
      fixText({
        summary: 'Send `a`.',
        steps: ['First `b`.', 'Then c.'],
        console: { provider: 'Keycloak', path: ['Clients', 'my-spa'], value: 'v' },
      }),
    ).toBe('Send a.\n1. First b.\n2. Then c.\nKeycloak: Clients › my-spa: v')
  })
})
