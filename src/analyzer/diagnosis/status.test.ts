import { describe, expect, it } from 'vitest'
import { LATER, type HopSpec, api, call, client, metadata, record } from '../../testing/builders'
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
