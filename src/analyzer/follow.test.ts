import { expect, it } from 'vitest'
import { codeLogin, LATER, record, wait } from '../testing/builders'
import { analyze } from './analyze'
import { createFollower } from './follow'

const login = (index: number) =>
  codeLogin({
    request: { state: `state-${index}`, nonce: `nonce-${index}` },
    response: { code: `code-${index}` },
    idToken: { nonce: `nonce-${index}` },
  })

// Apart by more than a retry, so that the first one is over for good.
const both = record(login(1), wait(15 * 60_000), login(2))
const first = record(login(1))

it('says of a log that has grown what a fresh analysis says, and keeps what is over', () => {
  const follower = createFollower()
  const before = follower.whole(first, LATER)
  const after = follower.glance(both, LATER)
  expect(after).toEqual(analyze(both, LATER))
  expect(after.flows[0]).toBe(before.flows[0])
})

it('judges an attempt anew that got another message', () => {
  const cut = { events: both.events.slice(0, -4) }
  const follower = createFollower()
  expect(follower.whole(cut, LATER)).not.toEqual(analyze(both, LATER))
  expect(follower.glance(both, LATER)).toEqual(analyze(both, LATER))
})

it('judges everything anew in a whole analysis', () => {
  const follower = createFollower()
  const before = follower.whole(both, LATER)
  expect(follower.whole(both, LATER).flows[0]).not.toBe(before.flows[0])
})

it('keeps an exchange to which nothing was added, and no other', () => {
  const cut = { events: both.events.slice(0, -1) }
  const follower = createFollower()
  const before = follower.whole(cut, LATER).exchanges
  const after = follower.glance(both, LATER).exchanges
  expect(after).toEqual(analyze(both, LATER).exchanges)
  expect(after.filter((exchange, index) => exchange !== before[index])).toEqual([after.at(-1)])
})
