import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Analysis } from '../model/analysis'
import type { CaptureEvent, Recording } from '../model/recording'
import { call, LATER, navigate, record, START } from '../testing/builders'
import { corpus } from '../testing/corpus'
import { analyze } from './analyze'

/** What must not change: who failed, why, and who has to act. */
const gist = ({ flows, findings }: Analysis) =>
  flows.map(({ id, kind, status, rootCause, findings: mine }) => ({
    id,
    kind,
    status,
    rootCause,
    findings: [...mine].sort(),
    owners: findings
      .filter(({ flow }) => flow === id)
      .map(({ id: finding, owner }) => `${finding} ${owner}`)
      .sort(),
  }))

const renumber = (events: readonly CaptureEvent[]): Recording => ({
  events: events.map((event, seq) => ({ ...event, seq })),
})

const failures = ({ findings }: Analysis) => findings.filter(({ category }) => category === 'failure')

const healthy = corpus.filter(({ expected }) => expected.rootCause === null)

describe('analyze', () => {
  it('gives the same answer in whatever order the events arrive', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corpus), fc.integer({ min: 1, max: 2 ** 31 - 2 }), ({ recording }, seed) => {
        let random = seed
        const shuffled = recording.events
          .map((event) => ({ event, key: (random = (random * 48271) % 2147483647) }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event)
        expect(gist(analyze(renumber(shuffled), LATER))).toEqual(gist(analyze(recording, LATER)))
      }),
      { numRuns: 150 },
    )
  })

  it.each(healthy.map((entry) => [entry.id, entry] as const))(
    'accuses nobody when one event of %s is missing',
    (_id, { recording }) => {
      for (const [index, missing] of recording.events.entries()) {
        const rest = renumber(recording.events.filter((_, other) => other !== index))
        expect(failures(analyze(rest, LATER)), `without ${missing.type}`).toEqual([])
      }
    },
  )

  it('does not get surer by seeing less', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corpus), fc.nat(), ({ recording }, random) => {
        const index = random % recording.events.length
        const before = analyze(recording, LATER)
        const after = analyze(renumber(recording.events.filter((_, other) => other !== index)), LATER)
        for (const finding of failures(after)) {
          const same = before.findings.find(({ id }) => id === finding.id)
          if (same?.confidence === 'likely') expect(finding.confidence, finding.id).toBe('likely')
        }
      }),
      { numRuns: 250 },
    )
  })

  it('is not moved by unrelated traffic', () => {
    const noise = record(
      navigate({ url: 'https://news.example/?code=SUMMER&state=CA', body: '<html></html>' }, { tab: 7 }),
      call({ url: 'https://stats.example/collect', json: { token: 'x', event: 'view' }, body: {} }, { tab: 7 }),
      call(
        { url: 'https://shop.example/api/cart', form: { code: 'COUPON' }, status: 422, body: { error: 'expired' } },
        { tab: 7 },
      ),
    ).events.slice(1)
    fc.assert(
      fc.property(fc.constantFrom(...corpus), fc.integer({ min: -5000, max: 60_000 }), ({ recording }, shift) => {
        const extra = noise.map((event) => ({
          ...event,
          at: event.at + shift,
          ...('requestId' in event && { requestId: `noise-${event.requestId}` }),
        })) as CaptureEvent[]
        const mixed = renumber([...recording.events, ...extra])
        expect(gist(analyze(mixed, LATER))).toEqual(gist(analyze(recording, LATER)))
      }),
      { numRuns: 100 },
    )
  })

  it('survives any events whatsoever', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constantFrom('', '%', 'x:y', 'https://a/?code=%zz&state&=', 'https://[', 'data:,x'),
    )
    const header = fc.record({
      name: fc.constantFrom('authorization', 'location', 'set-cookie', 'cookie', 'www-authenticate', 'date', 'dpop'),
      value: anything,
    })
    const body = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: fc.oneof(anything, fc.json()) }),
      fc.record({
        kind: fc.constant('form' as const),
        fields: fc.array(
          fc.record({ name: fc.constantFrom('code', 'grant_type', 'state', 'client_id'), value: anything }),
        ),
      }),
    )
    const base = { at: fc.integer({ min: START, max: LATER }), requestId: fc.constantFrom('1', '2'), url: anything }
    const event = fc.oneof(
      fc.record({
        ...base,
        type: fc.constant('request.started' as const),
        method: fc.constantFrom('GET', 'POST', 'OPTIONS'),
        resourceType: fc.constantFrom('main_frame' as const, 'xmlhttprequest' as const),
        tabId: fc.constantFrom(1, -1),
        frameId: fc.nat(2),
        parentFrameId: fc.integer({ min: -1, max: 1 }),
        body,
      }),
      fc.record({ ...base, type: fc.constant('request.headers' as const), headers: fc.array(header) }),
      fc.record({
        ...base,
        type: fc.constant('response.headers' as const),
        status: fc.integer({ min: 0, max: 600 }),
        headers: fc.array(header),
      }),
      fc.record({
        ...base,
        type: fc.constant('request.redirected' as const),
        status: fc.constant(302),
        redirectUrl: anything,
      }),
      fc.record({ ...base, type: fc.constant('request.failed' as const), error: anything }),
      fc.record({ ...base, type: fc.constant('response.body' as const), body }),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const { crashed } = analyze(renumber(events as CaptureEvent[]), LATER)
        expect(crashed).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
