import { expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze'
import type { ObservedEntry, Recording } from '../model/recording'
import { compareFlows } from './compare'
import { endOfRecording } from './prepare'

interface Login {
  readonly at: number
  readonly scope?: string
  readonly redirect_uri?: string
  readonly secret: string
  readonly answer: Partial<ObservedEntry>
  readonly pkce?: boolean
}

const loginOf = ({
  at,
  scope = 'openid',
  redirect_uri = 'https://app.example/cb',
  secret,
  answer,
  pkce = true,
}: Login): readonly ObservedEntry[] => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'spa',
    redirect_uri,
    scope,
    state: `state-${secret}`,
    ...(pkce ? { code_challenge: `challenge-${secret}`, code_challenge_method: 'S256' } : {}),
  })
  const callback = `${redirect_uri}?code=code-${secret}&state=state-${secret}`
  return [
    {
      startedDateTime: at,
      method: 'GET',
      url: `https://as.example/authorize?${query}`,
      status: 302,
      redirectURL: callback,
      responseHeaders: [],
      resourceType: 'main_frame',
    },
    {
      startedDateTime: at + 10,
      method: 'GET',
      url: callback,
      status: 200,
      responseHeaders: [],
      resourceType: 'main_frame',
    },
    {
      startedDateTime: at + 20,
      method: 'POST',
      url: 'https://as.example/token',
      requestHeaders: [],
      requestBody: {
        kind: 'text',
        text: `grant_type=authorization_code&code=code-${secret}&client_id=spa&redirect_uri=${encodeURIComponent(redirect_uri)}`,
      },
      responseHeaders: [{ name: 'content-type', value: 'application/json' }],
      resourceType: 'xmlhttprequest',
      ...answer,
    },
  ]
}

const good = {
  status: 200,
  responseBody: { kind: 'text', text: '{"access_token":"a","token_type":"Bearer"}' },
} as const
const bad = { status: 400, responseBody: { kind: 'text', text: '{"error":"invalid_scope"}' } } as const

const compare = (first: Login, second: Login) => {
  const analysisOf = (login: Login) => {
    const entries = loginOf(login)
    const recording: Recording = {
      events: entries.map((entry, seq) => ({
        type: 'entry.observed',
        seq,
        at: entry.startedDateTime,
        origin: 'file',
        entryId: String(seq),
        tabId: 0,
        entry,
      })),
    }
    return analyze(recording, endOfRecording(recording))
  }
  const [a, b] = [analysisOf(first), analysisOf(second)]
  const [flowA, flowB] = [a.flows[0], b.flows[0]]
  if (!flowA || !flowB) throw new Error('no flow')
  return compareFlows(flowA, flowB, a, b)
}

test('two good logins do not differ, although every value of theirs does', () => {
  const { differences, rows, summary } = compare(
    { at: 1e12, secret: 'one', answer: good },
    { at: 2e12, secret: 'other', answer: good },
  )
  expect(differences).toEqual([])
  expect(rows.map(({ a, b }) => [a?.kind, b?.kind])).toEqual([
    ['authorization_request', 'authorization_request'],
    ['authorization_response', 'authorization_response'],
    ['token_request', 'token_request'],
  ])
  expect(summary).toMatch(/^Both attempts sent and received the same/)
})

test('what was sent differently comes first, what came of it last', () => {
  const { differences, summary } = compare(
    { at: 1e12, secret: 'one', answer: good, scope: 'openid offline_access' },
    { at: 2e12, secret: 'other', answer: bad },
  )
  expect(summary).toBe(
    'Authorization request: the login that worked sent scope=openid offline_access; the one that failed sent scope=openid.',
  )
  expect(differences.map(({ part, name, kind }) => [part, name, kind])).toEqual([
    ['request.query', 'scope', 'different'],
    ['response.status', 'status', 'result'],
    ['response.body', 'access_token', 'result'],
    ['response.body', 'token_type', 'result'],
    ['response.body', 'error', 'result'],
  ])
})

test('a value that is new in every login counts only when it is missing', () => {
  const { differences } = compare(
    { at: 1e12, secret: 'one', answer: good },
    { at: 2e12, secret: 'other', answer: good, pkce: false },
  )
  expect(differences.map(({ name, sentence }) => [name, sentence])).toEqual([
    [
      'code_challenge',
      'Authorization request: the first login sent code_challenge; the second sent no code_challenge.',
    ],
    [
      'code_challenge_method',
      'Authorization request: the first login sent code_challenge_method=S256; the second sent no code_challenge_method.',
    ],
  ])
})
