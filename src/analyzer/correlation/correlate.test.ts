import { describe, expect, it } from 'vitest'
import type { Recording } from '../../model/recording'
import {
  all,
  api,
  authorize,
  call,
  client,
  code,
  codeLogin,
  event,
  handover,
  idTokenClaims,
  jwt,
  LATER,
  metadata,
  navigate,
  record,
  redeem,
  request,
  server,
  serverLogin,
  tokenError,
  url,
  wait,
} from '../../testing/builders'
import { openCases } from '../analyze'

const attempts = (recording: Recording) =>
  openCases(recording, LATER).cases.map(({ attempt }) => ({
    kind: attempt.kind,
    messages: attempt.messages.map(({ kind }) => kind),
    by: attempt.links.map(({ by }) => by),
  }))

describe('correlateAttempts', () => {
  it('joins a login by state and code', () => {
    expect(attempts(record(metadata(), codeLogin()))).toEqual([
      {
        kind: 'authorization_code',
        messages: ['provider_metadata', 'authorization_request', 'authorization_response', 'token_request'],
        by: ['state', 'code', 'issuer'],
      },
    ])
  })

  it('keeps two logins apart that run at the same time in two tabs', () => {
    const second = { request: { state: 'second' }, response: { code: 'other-code' }, place: { tab: 2 } }
    expect(
      attempts(record(authorize(), authorize(second), redeem(second), redeem())).map(({ messages }) => messages),
    ).toEqual([
      ['authorization_request', 'authorization_response', 'token_request'],
      ['authorization_request', 'authorization_response', 'token_request'],
    ])
  })

  it('counts what a worker sends to the tab of its page', () => {
    const page = event((at) => ({
      type: 'navigation.committed',
      how: 'load',
      at,
      tabId: 7,
      frameId: 0,
      parentFrameId: -1,
      url: `${client}/`,
    }))
    const refused = (initiator: string) =>
      call({ url: `${api}/items`, requestHeaders: { Authorization: 'Bearer x' }, status: 401 }, { tab: -1, initiator })
    const tabs = (initiator: string) =>
      openCases(record(page, refused(initiator)), LATER).cases.map(({ attempt }) => attempt.tabId)
    expect(tabs(client)).toEqual([7])
    expect(tabs('https://other.example')).toEqual([-1])
  })

  it('puts two redemptions of one code into one attempt', () => {
    const [only, ...more] = attempts(record(codeLogin(), redeem({ tokenCall: tokenError('invalid_grant') })))
    expect(only?.messages.filter((kind) => kind === 'token_request')).toHaveLength(2)
    expect(more).toEqual([])
  })

  it('joins the call by which a page hands its code to a server of the client, whatever it calls it', () => {
    const call = handover({ url: `${api}/login`, json: { authCode: code } })
    const other = handover({ json: { coupon: 'SAVE10' } })
    expect(attempts(record(authorize(), call, other))).toEqual([
      {
        kind: 'authorization_code',
        messages: ['authorization_request', 'authorization_response', 'code_handover'],
        by: ['state', 'code'],
      },
    ])
  })

  it('finds the answer with another state by the redirect chain', () => {
    const [only, ...more] = attempts(record(authorize({ response: { state: 'tampered' } })))
    expect(only?.by).toContain('redirect chain')
    expect(more).toEqual([])
  })

  it('shows the client’s own hop before the request and its pages after the callback', () => {
    expect(attempts(record(serverLogin()))[0]?.messages).toEqual([
      'login_start',
      'authorization_request',
      'authorization_response',
      'after_callback',
    ])
  })

  it('takes the server’s pages for the user’s way, not for more logins', () => {
    const recording = record(
      navigate([
        { url: url(`${server}/authorize`, request) },
        { url: `${server}/login?client_id=shop-web&state=${request.state}` },
      ]),
      wait(4000),
      navigate([
        { url: `${server}/login`, method: 'POST', form: { username: 'u' } },
        { url: url(request.redirect_uri, { code, state: request.state }) },
      ]),
    )
    expect(attempts(recording)).toEqual([
      {
        kind: 'authorization_code',
        messages: ['authorization_request', 'user_interaction', 'user_interaction', 'authorization_response'],
        by: expect.arrayContaining(['state']),
      },
    ])
  })

  it('follows a popup to the tab that opened it', () => {
    const recording = record(
      event((at) => ({ type: 'tab.opened', tabId: 9, openerTabId: 1, at })),
      codeLogin({ place: { tab: 9 } }),
    )
    const [popup] = openCases(recording, LATER).cases
    expect(popup?.attempt.tabId).toBe(1)
  })

  it('joins a pushed request by its request_uri and reads its parameters', () => {
    const recording = record(
      call({
        url: `${server}/par`,
        form: { ...request },
        status: 201,
        body: { request_uri: 'urn:ietf:params:oauth:request_uri:1', expires_in: 60 },
      }),
      navigate([
        {
          url: url(`${server}/authorize`, {
            client_id: request.client_id,
            request_uri: 'urn:ietf:params:oauth:request_uri:1',
          }),
        },
        { url: url(request.redirect_uri, { code, state: request.state }) },
      ]),
    )
    const { cases } = openCases(recording, LATER)
    expect(cases).toHaveLength(1)
    expect(cases[0]?.asked('code_challenge')).toEqual({ state: 'present', value: request.code_challenge })
  })

  it('joins a pushed request that was repeated with a DPoP nonce, and whose answers were not read', () => {
    const push = (status: number, more = {}) => call({ url: `${server}/par`, form: { ...request, ...more }, status })
    const go = (request_uri: string) =>
      navigate([
        { url: url(`${server}/authorize`, { client_id: request.client_id, request_uri }) },
        { url: `${server}/login`, body: '<form></form>' },
      ])
    const answered = navigate({ url: url(request.redirect_uri, { code, state: request.state }) })
    const login = ['pushed_authorization_request', 'pushed_authorization_request', 'authorization_request']
    const other = { state: 'other', code_challenge: 'other' }
    expect(
      attempts(record(push(400), push(201), go('urn:a'), wait(3000), go('urn:a'), answered, redeem())).map(
        ({ messages, by }) => [messages, by],
      ),
    ).toEqual([
      [
        [
          ...login,
          'user_interaction',
          'authorization_request',
          'user_interaction',
          'authorization_response',
          'token_request',
        ],
        ['repeated call', 'request_uri', 'state', 'state', 'code', 'tab and time', 'tab and time'],
      ],
    ])
    expect(attempts(record(push(400), push(201, other), go('urn:a'))).map(({ messages }) => messages)).toEqual([
      ['pushed_authorization_request'],
      ['pushed_authorization_request', 'authorization_request', 'user_interaction'],
    ])
    expect(attempts(record(push(201), go('urn:a'), go('urn:b'))).map(({ messages }) => messages)).toEqual([
      ['pushed_authorization_request', 'authorization_request', 'user_interaction'],
      ['authorization_request', 'user_interaction'],
    ])
    expect(attempts(record(push(400), go('urn:a'))).map(({ messages }) => messages)).toEqual([
      ['pushed_authorization_request'],
      ['authorization_request', 'user_interaction'],
    ])
  })

  it('leaves healthy calls with the login and opens an access of its own where the API refuses', () => {
    const bearer = { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }
    const healthy = call({ url: `${api}/a`, requestHeaders: bearer })
    const refused = call({ url: `${api}/b`, requestHeaders: bearer, status: 403 })
    expect(attempts(record(codeLogin(), healthy)).map(({ kind }) => kind)).toEqual(['authorization_code'])
    const { cases } = openCases(record(codeLogin(), healthy, refused), LATER)
    expect(cases.map(({ attempt }) => [attempt.kind, attempt.parent])).toEqual([
      ['authorization_code', undefined],
      ['api_access', cases[0]?.attempt.id],
    ])
  })

  it.each([
    ['its audience', { aud: ['shop-web'] }, 'shop-web'],
    ['the party it was issued to', { aud: ['shop-web', 'https://api.example'], azp: 'shop-web' }, 'shop-web'],
    ['nobody, of several audiences', { aud: ['shop-web', 'https://api.example'] }, undefined],
  ])('knows the client of a logout by the ID token that it hints with: %s', (_, claims, client_id) => {
    const { cases } = openCases(
      record(
        codeLogin(),
        navigate({
          url: url(`${server}/logout`, { id_token_hint: jwt({ ...idTokenClaims, azp: undefined, ...claims }) }),
        }),
      ),
      LATER,
    )
    expect(cases.map((file) => [file.attempt.kind, file.client_id])).toEqual([
      ['authorization_code', 'shop-web'],
      ['logout', client_id],
    ])
    expect(cases[0]?.attempt.after).toEqual([])
  })

  it('names the attempt that is repeated, and what a newer one replaced', () => {
    const again = all(wait(1000), codeLogin({ request: { state: 'again' }, response: { code: 'c2' } }))
    const { cases } = openCases(
      record(navigate({ url: url(`${server}/authorize`, request) }, { initiator: client }), again),
      LATER,
    )
    const [first, second] = cases.map(({ attempt }) => attempt)
    expect(second?.retryOf).toBe(first?.id)
    expect(first?.supersededBy).toBe(second?.id)
  })
})
