import { describe, expect, it } from 'vitest'
import type { Recording } from '../../model/recording'
import {
  api,
  authorize,
  call,
  client,
  code,
  codeLogin,
  event,
  jwt,
  metadata,
  navigate,
  record,
  request,
  server,
  url,
} from '../../testing/builders'
import { normalizeExchanges } from '../exchanges/exchanges'
import { recognizeMessages } from './recognize'

const recognized = ({ events }: Recording) =>
  recognizeMessages(normalizeExchanges(events), events, {}).messages.map(({ kind, basis }) => `${kind} by ${basis}`)

describe('recognizeMessages', () => {
  it('names the messages of a login by their parameters', () => {
    expect(recognized(record(codeLogin()))).toEqual([
      'authorization_request by parameters',
      'authorization_response by metadata',
      'token_request by parameters',
    ])
  })

  it('tells by what is asked, where one URL is the endpoint for several things', () => {
    const both = metadata({ revocation_endpoint: `${server}/token`, introspection_endpoint: `${server}/token` })
    const revoke = call({ url: `${server}/token`, form: { token: 'abc', client_id: request.client_id } })
    expect(recognized(record(both, codeLogin(), revoke))).toEqual([
      'provider_metadata by path',
      'authorization_request by metadata',
      'authorization_response by metadata',
      'token_request by metadata',
      'introspection_request by metadata',
    ])
  })

  it('knows endpoints by metadata that arrives only later', () => {
    expect(recognized(record(authorize(), metadata()))).toEqual([
      'authorization_request by metadata',
      'authorization_response by metadata',
      'provider_metadata by path',
    ])
  })

  it('takes a page of the server that is told where to answer for no answer', () => {
    const answer = { code, state: request.state, iss: server }
    const handOn = (redirect_uri: string) =>
      record(
        navigate({ url: url(`${server}/authorize`, request), body: '<form></form>' }),
        navigate([
          { url: url(`${server}/go`, { redirect_uri, ...answer }) },
          { url: url(request.redirect_uri, answer) },
        ]),
      )
    expect(recognized(handOn(request.redirect_uri))).toEqual([
      'authorization_request by parameters',
      'authorization_response by metadata',
    ])
    expect(recognized(handOn('/another-page'))).toEqual([
      'authorization_request by parameters',
      'authorization_response by parameters',
      'authorization_response by metadata',
    ])
  })

  it.each<[string, Recording]>([
    ['a coupon', record(navigate({ url: 'https://shop.example/?code=COUPON&state=CA' }))],
    ['a search for errors', record(navigate({ url: 'https://docs.example/search?error=404&q=x' }))],
    [
      'a form with a token of its own',
      record(call({ url: 'https://forum.example/post', form: { token: 'csrf', text: 'hi' } })),
    ],
    [
      'an API with Basic credentials',
      record(call({ url: 'https://api.example/', status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } })),
    ],
    ['a sign-in link that carries no login', record(navigate({ url: 'https://shop.example/login?client_id=7' }))],
    ['a page that lists keys', record(call({ url: 'https://shop.example/keys', body: { keys: ['a', 'b'] } }))],
    [
      'a payment of a registered merchant',
      record(
        navigate({ url: url('https://acs.bank.example/3ds', { client_id: 'm9', redirect_uri: client, state: 'o1' }) }),
      ),
    ],
    [
      'a payment redirect',
      record(navigate({ url: 'https://pay.example/3ds?redirect_uri=https%3A%2F%2Fshop.example&amount=3' })),
    ],
    [
      'a SAML response',
      record(navigate({ url: 'https://app.example/acs', form: { SAMLResponse: 'PHg+', RelayState: 'x' } })),
    ],
  ])('does not take %s for a login', (_name, recording) => {
    expect(recognized(recording)).toEqual([])
  })

  it.each<[string, Recording, string]>([
    [
      'a fragment with a client-side route',
      record(
        navigate([
          { url: url(`${server}/authorize`, { ...request, redirect_uri: `${client}/` }) },
          { url: `${client}/#/done?code=${code}&state=${request.state}` },
        ]),
      ),
      'fragment',
    ],
    [
      'a form post',
      record(
        navigate({ url: url(`${server}/authorize`, request) }),
        navigate({ url: request.redirect_uri, form: { code, state: request.state } }),
      ),
      'form_post',
    ],
    [
      'a JARM response',
      record(
        navigate([
          { url: url(`${server}/authorize`, request) },
          {
            url: url(request.redirect_uri, {
              response: jwt({ iss: server, aud: request.client_id, code, state: request.state }),
            }),
          },
        ]),
      ),
      'jwt',
    ],
    [
      'a redirect to a program that is no browser',
      record(
        navigate({
          url: url(`${server}/authorize`, { ...request, redirect_uri: 'com.example.app:/cb' }),
          status: 302,
          location: `com.example.app:/cb?code=${code}&state=${request.state}`,
        }),
      ),
      'query',
    ],
  ])('reads the answer in %s', (_name, { events }, mode) => {
    const { messages } = recognizeMessages(normalizeExchanges(events), events, {})
    const [answer] = messages.filter((message) => message.kind === 'authorization_response')
    expect(answer?.mode).toBe(mode)
    const values = new Map(answer?.parameters.list.map(({ name, value }) => [name, value]))
    expect([values.get('code'), values.get('state')]).toEqual([code, request.state])
  })

  it('reads a pasted callback although nothing came before it', () => {
    const pasted = navigate({ url: `${client}/cb?error=access_denied` })
    expect(recognized(record(pasted))).toEqual([])
    expect(
      recognized(
        record(
          event((at) => ({ type: 'recording.started', by: 'paste', at })),
          pasted,
        ),
      ),
    ).toEqual(['authorization_response by parameters'])
  })

  it.each<[string, string | undefined, readonly string[]]>([
    ['Bearer abc', undefined, ['api_call by parameters']],
    ['dpop abc', undefined, ['api_call by parameters']],
    ['Basic dTpw', undefined, []],
    ['ApiKey 123', undefined, []],
    ['Basic dTpw', 'Bearer realm="api"', ['api_call by parameters']],
    [jwt({ sub: '1' }), undefined, ['api_call by parameters']],
    ['sometoken', undefined, []],
  ])('takes Authorization: %s, answered with %s, for %j', (authorization, challenge, messages) => {
    const recording = record(
      call({
        url: `${api}/items`,
        requestHeaders: { Authorization: authorization },
        status: challenge ? 401 : 200,
        headers: challenge ? { 'WWW-Authenticate': challenge } : {},
      }),
    )
    expect(recognized(recording)).toEqual(messages)
  })
})
