import { expect, it } from 'vitest'
import { authorize, codeLogin, errorRedirect, handover, LATER, record, serverLogin } from '../../testing/builders'
import { analyze } from '../analyze'

const stepsOf = (recording: Parameters<typeof analyze>[0], now = LATER) =>
  analyze(recording, now).flows.map(({ steps }) => steps.map(({ kind, outcome }) => `${kind} ${outcome}`))

const start = ['login_start ok', 'authorization_request ok']

it('shows the redemption that a server of the client makes where it belongs', () => {
  const login = record(serverLogin())
  expect(stepsOf(login)).toEqual([
    [...start, 'authorization_response ok', 'token_request unobserved', 'after_callback ok'],
  ])
  const [unseen] = analyze(login, LATER).flows[0]!.steps.filter(({ outcome }) => outcome === 'unobserved')
  expect(unseen).toMatchObject({ exchangeId: '', url: '', notes: [expect.stringContaining('from server to server')] })
  expect(stepsOf(record(authorize(), handover()))).toEqual([
    ['authorization_request ok', 'authorization_response ok', 'code_handover ok', 'token_request unobserved'],
  ])
})

it('does not know whether a callback that failed came to it', () => {
  const login = record(serverLogin({ callback: { status: 500, body: '<html><h1>Server error</h1></html>' } }))
  expect(stepsOf(login)).toEqual([[...start, 'authorization_response failed', 'token_request unobserved']])
  expect(analyze(login, LATER).flows[0]!.steps.at(-1)!.notes).toEqual([expect.stringMatching(/^Whether the client/)])
})

it('adds nothing to a login of a page, to one under way and to one that got no code', () => {
  const page = ['authorization_request ok', 'authorization_response ok']
  expect(stepsOf(record(codeLogin()))).toEqual([[...page, 'token_request ok']])
  const arrived = record(authorize())
  expect(stepsOf(arrived, arrived.events.at(-1)!.at)).toEqual([page])
  const toProgram = record(authorize({ request: { redirect_uri: 'myapp://callback' } }))
  expect(stepsOf(toProgram).flat().join()).not.toContain('unobserved')
  expect(stepsOf(record(errorRedirect('access_denied')))).toEqual([
    ['authorization_request ok', 'authorization_response failed'],
  ])
})
