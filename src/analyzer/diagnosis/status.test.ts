import { describe, expect, it } from 'vitest'
import {
  LATER,
  type HopSpec,
  api,
  authorize,
  call,
  client,
  jwt,
  metadata,
  record,
  redeem,
  request,
  server,
} from '../../testing/builders'
import { analyze } from '../analyze'

const described = (answer: Partial<HopSpec>) =>
  call({ url: `${api}/.well-known/oauth-protected-resource`, ...answer }, { initiator: client })

describe('the status of a look for metadata', () => {
  it.each([
    ['answered', [described({ body: { resource: api } })], [['succeeded', ['ok']]]],
    ['never answered', [described({ error: 'net::ERR_NAME_NOT_RESOLVED' })], [['abandoned', ['failed']]]],
    ['not there', [described({ status: 404 })], [['abandoned', ['ok']]]],
    ['under way', [described({ status: null })], [['pending', ['unobserved']]]],
    [
      'answered elsewhere',
      [described({ error: 'net::ERR_NAME_NOT_RESOLVED' }), metadata()],
      [
        ['abandoned', ['failed']],
        ['succeeded', ['ok']],
      ],
    ],
  ])('is told by its answer: %s', (_, happenings, told) => {
    const recording = record(...happenings)
    const { flows } = analyze(recording, recording.events.at(-1)!.at)
    expect(flows.map(({ status, steps }) => [status, steps.map(({ outcome }) => outcome)])).toEqual(told)
    expect(analyze(recording, LATER).flows.map(({ kind }) => kind)).toEqual(told.map(() => 'discovery'))
  })
})

describe('a call that is answered with a DPoP nonce', () => {
  const asked = (exposed: string, requestHeaders: Record<string, string>): Partial<HopSpec> => ({
    status: 400,
    requestHeaders,
    headers: { 'DPoP-Nonce': 'n1', 'Access-Control-Allow-Origin': client, 'Access-Control-Expose-Headers': exposed },
  })
  const proof = { DPoP: jwt({ htm: 'POST' }), Origin: client }
  const withNonce = { DPoP: jwt({ htm: 'POST', nonce: 'n1' }), Origin: client }
  const push = (answer: Partial<HopSpec>) =>
    call({ url: `${server}/par`, form: { ...request }, ...answer }, { initiator: client })
  const exchanged = (answer: Partial<HopSpec>) => redeem({ tokenCall: { body: undefined, ...answer } })

  it.each([
    ['a pushed request, which the page may repeat', [push(asked('DPoP-Nonce', proof))], 'pending'],
    ['a pushed request, whose nonce the page cannot read', [push(asked('', proof))], 'failed'],
    ['a pushed request that has the nonce', [push(asked('DPoP-Nonce', withNonce))], 'failed'],
    ['a token request, which the page may repeat', [authorize(), exchanged(asked('DPoP-Nonce', proof))], 'pending'],
    ['a token request, whose nonce the page cannot read', [authorize(), exchanged(asked('', proof))], 'failed'],
    ['a token request that has the nonce', [authorize(), exchanged(asked('DPoP-Nonce', withNonce))], 'failed'],
  ])('has not failed while it can be repeated: %s', (_, happenings, told) => {
    const recording = record(...happenings)
    const statusAt = (now: number) => analyze(recording, now).flows.map(({ status }) => status)
    expect(statusAt(recording.events.at(-1)!.at)).toEqual([told])
    expect(statusAt(LATER)).toEqual(['failed'])
  })
})

it('waits for the call of a page that just got its code, and no longer', () => {
  const login = record(authorize())
  const end = login.events.at(-1)!.at
  const statuses = [end, end + 15_000, end + 15_001].map((now) => analyze(login, now).flows.map(({ status }) => status))
  expect(statuses).toEqual([['pending'], ['pending'], ['delivered']])
})

it('calls no access a success that the API refused every time', () => {
  const refused = call(
    {
      url: `${api}/mcp`,
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer', 'Access-Control-Allow-Origin': client },
    },
    { initiator: client },
  )
  const { flows } = analyze(record(refused), LATER)
  expect(flows.map(({ kind, status, summary }) => [kind, status, summary])).toEqual([
    ['api_access', 'abandoned', 'The API did not allow the access.'],
  ])
})
