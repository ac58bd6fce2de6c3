import { expect, it } from 'vitest'
import { analysis, failedFlow, goodFlow } from '../fixtures/sample-analysis'
import { searchValues } from './search'

const search = (query: string) => searchValues(analysis, [goodFlow, failedFlow], query)

it('finds a pasted state in every step that carries it', () => {
  expect(search('b7c2f0d94e6a4f1c').map(({ place, part }) => `${place}: ${part}`)).toEqual([
    'step 1, Authorization request: Query, state',
    'step 2, User interaction: Response header, Location',
    'step 3, Authorization response: Query, state',
  ])
})

it('finds the words of an error page', () => {
  expect(search('Invalid parameter: redirect_uri')).toMatchObject([{ flowId: failedFlow.id, part: 'Response body' }])
})

it('finds a claim inside a token', () => {
  expect(search('ada@sample.example').map(({ part }) => part)).toContain('ID token claim, email')
})

it('finds a percent-encoded URL and a token pasted with its scheme', () => {
  expect(search('http%3A%2F%2Flocalhost%3A5173%2Fcallback%2F').map(({ flowId }) => flowId)).toContain(failedFlow.id)
  const token = analysis.exchanges
    .flatMap(({ requestHeaders }) => (requestHeaders.state === 'present' ? requestHeaders.value : []))
    .find(({ name }) => name === 'Authorization')
  expect(search(token?.value ?? '').map(({ part }) => part)).toContain('Request header, Authorization')
})

it('shows no secret in an excerpt', () => {
  const hits = search('9f1c7e02-5b3d-4a86-b1de-7c0a2f94e831')
  expect(hits.length).toBeGreaterThan(1)
  expect(hits.filter(({ excerpt }) => excerpt.includes('9f1c7e02-5b3d'))).toEqual([])
})

it('does not search for what is too short to mean something', () => {
  expect(search('id')).toEqual([])
})
