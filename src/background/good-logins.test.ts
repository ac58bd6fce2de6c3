import { describe, expect, it } from 'vitest'
import { analyze } from '../analyzer/analyze'
import type { GoodLogin, Settings } from '../messaging/contract'
import { codeLogin, LATER, record, wait } from '../testing/builders'
import { createGoodLogins, withGoodLogins } from './good-logins'

const login = (index: number) =>
  codeLogin({
    request: { state: `a-state-of-login-${index}`, nonce: `a-nonce-of-login-${index}` },
    response: { code: `a-long-secret-code-${index}` },
    idToken: { nonce: `a-nonce-of-login-${index}` },
  })
const two = record(login(1), wait(60_000), login(2))
const analysis = analyze(two, LATER)
const [first, second] = analysis.flows

const area = () => {
  const items = new Map<string, unknown>()
  return {
    items,
    get: async (key: string) => Object.fromEntries([[key, structuredClone(items.get(key))]]),
    set: async (changed: Record<string, unknown>) => {
      Object.entries(changed).forEach(([key, value]) => items.set(key, structuredClone(value)))
    },
  }
}
const stored = (of: ReturnType<typeof area>) => (of.items.get('good-logins') ?? []) as readonly GoodLogin[]

describe('logins that worked', () => {
  it('are kept one for each client and server, the newest, and without their secrets', () => {
    const kept = withGoodLogins([], analysis, two.events)
    expect(kept.map(({ client_id, startedAt }) => [client_id, startedAt])).toEqual([
      [second?.client_id, second?.startedAt],
    ])
    expect(JSON.stringify(kept)).not.toMatch(/a-long-secret-code/)
  })

  it('hold one attempt, which still reads as one that worked', () => {
    const [kept] = withGoodLogins([], analysis, two.events)
    const again = analyze(kept!.recording, LATER).flows
    expect(again.map(({ status, steps }) => [status, steps.length])).toEqual([['succeeded', second?.steps.length]])
  })

  it('stay the same while no newer one worked', () => {
    const kept = withGoodLogins([], analysis, two.events)
    expect(withGoodLogins(kept, { ...analysis, flows: [first!] }, two.events)).toBe(kept)
    expect(withGoodLogins(kept, { ...analysis, flows: [{ ...second!, status: 'failed' }] }, two.events)).toBe(kept)
  })

  it('are where the setting says, and nowhere else', async () => {
    const areas = { session: area(), disk: area() }
    let mode: Settings['rememberGoodLogins'] = 'never'
    const logins = createGoodLogins(areas, async () => mode)
    await logins.learn(analysis, two.events)
    expect([stored(areas.session), stored(areas.disk)]).toEqual([[], []])

    mode = 'session'
    await logins.learn(analysis, two.events)
    expect(await logins.read()).toEqual(stored(areas.session))
    expect(stored(areas.session)).toHaveLength(1)
    expect(stored(areas.disk)).toEqual([])

    mode = 'disk'
    await logins.keepIn(mode)
    expect(stored(areas.session)).toEqual([])
    expect(await logins.read()).toHaveLength(1)

    mode = 'never'
    await logins.keepIn(mode)
    expect([stored(areas.session), stored(areas.disk)]).toEqual([[], []])
  })

  it('that another version wrote differently are left out', async () => {
    const session = area()
    session.items.set('good-logins', [{ client: 'old' }, 7, null])
    expect(await createGoodLogins({ session, disk: area() }, async () => 'session').read()).toEqual([])
  })
})
