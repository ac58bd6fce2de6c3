import { createHash } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FaultyGateway } from './origins'

/**
 * A gateway in front of a real authorization server that alters exactly one thing, either in the authorization request
 * on its way in or in the answer of the token endpoint on its way out.
 */
export function faultyGateway(fault: FaultyGateway, server: RequestListener): RequestListener {
  const alterRequest = AUTHORIZATION_REQUEST_FAULTS[fault]
  const alterAnswer = TOKEN_ANSWER_FAULTS[fault]
  return (request, response) => {
    const path = request.url?.split('?')[0]
    if (alterRequest && path === '/auth') request.url = alterQuery(request.url ?? '', alterRequest)
    if (alterAnswer && path === '/token') alterAnswer(request, response)
    if (!response.writableEnded) server(request, response)
  }
}

type AlterQuery = (query: URLSearchParams) => void

const AUTHORIZATION_REQUEST_FAULTS: Partial<Record<FaultyGateway, AlterQuery>> = {
  'altered-state': (query) => query.set('state', (query.get('state') ?? '').slice(0, 8)),
  'dropped-state': (query) => query.delete('state'),
  'mixed-up-nonce': (query) => query.set('nonce', 'nonce-of-another-login'),
  'accepts-plain': (query) => {
    if (query.get('code_challenge_method') !== 'plain') return
    query.set(
      'code_challenge',
      createHash('sha256')
        .update(query.get('code_challenge') ?? '')
        .digest('base64url'),
    )
    query.set('code_challenge_method', 'S256')
  },
}

function alterQuery(url: string, alter: AlterQuery): string {
  const altered = new URL(url, 'http://gateway.localhost')
  alter(altered.searchParams)
  return altered.pathname + altered.search
}

type AlterAnswer = (request: IncomingMessage, response: ServerResponse) => void

const TOKEN_ANSWER_FAULTS: Partial<Record<FaultyGateway, AlterAnswer>> = {
  'token-html': replaceBody('text/html; charset=utf-8', () => '<!doctype html><title>Intranet</title><h1>Welcome</h1>'),
  'token-empty': replaceBody('application/json', () => ''),
  'token-form-encoded': replaceBody('application/x-www-form-urlencoded', (body) =>
    new URLSearchParams(JSON.parse(body) as Record<string, string>).toString(),
  ),
  'token-without-access-token': replaceBody('application/json', (body) => without(body, 'access_token')),
  'token-without-token-type': replaceBody('application/json', (body) => without(body, 'token_type')),
  'token-error-200': replaceBody('application/json', () =>
    JSON.stringify({ error: 'temporarily_unavailable', error_description: 'Down for maintenance' }),
  ),
  'token-405': refuse(405, { Allow: 'GET' }),
  'token-503': refuse(503, { 'Retry-After': '120' }),
  'token-without-cors': (_request, response) => {
    const setHeader = response.setHeader.bind(response)
    response.setHeader = (name, value) =>
      /^access-control-/i.test(name) ? response : setHeader(name, value as string | string[])
  },
  'token-refuses-preflight': (request, response) => {
    if (request.method === 'OPTIONS') response.writeHead(403).end()
  },
}

function refuse(status: number, headers: Record<string, string>): AlterAnswer {
  return (request, response) => {
    if (request.method === 'OPTIONS') return
    response
      .writeHead(status, { ...headers, 'Content-Type': 'text/plain', 'Access-Control-Allow-Origin': '*' })
      .end(`${status} from the gateway\n`)
  }
}

/** The status stays 200 and the other headers stay too; only the body and its type change. */
function replaceBody(contentType: string, alter: (body: string) => string): AlterAnswer {
  return (request, response) => {
    if (request.method === 'OPTIONS') return
    const end = response.end.bind(response)
    response.end = ((chunk?: string | Buffer) => {
      const body = alter(String(chunk ?? ''))
      response.setHeader('Content-Type', contentType)
      response.setHeader('Content-Length', Buffer.byteLength(body))
      return end(body)
    }) as typeof response.end
  }
}

function without(body: string, member: string): string {
  const { [member]: _, ...rest } = JSON.parse(body) as Record<string, unknown>
  return JSON.stringify(rest)
}
