import express, { type Express, type RequestHandler, type Response } from 'express'
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload } from 'jose'
import { loopbackFetch } from './loopback-fetch'
import type { Origins } from './origins'

type Verify = (token: string) => Promise<JWTPayload>

/**
 * The API: accepts JWT access tokens of two of the authorization servers, which share their
 * signing key, for its own audience, and answers as RFC 6750
 * section 3 says. Under `/terse` the same without a word of explanation, as many real APIs do.
 */
export function createApi(origins: Origins): Express {
  const jwks = createRemoteJWKSet(new URL(`${origins.servers.main}/jwks`), { [customFetch]: loopbackFetch })
  const verify: Verify = async (token) =>
    (
      await jwtVerify(token, jwks, {
        issuer: [origins.servers.main, origins.servers['same-site']],
        audience: origins.api,
      })
    ).payload

  const api = express()
  api.disable('x-powered-by')
  api.use(cors(origins.spa, origins.shop))
  api.get('/orders', authorize(verify, 'orders:read', explain), sendOrders)
  api.get('/orders/cancelled', authorize(verify, 'orders:write', explain), sendOrders)
  api.get('/terse/orders', authorize(verify, 'orders:read', sayNothing), sendOrders)
  api.get('/terse/orders/cancelled', authorize(verify, 'orders:write', sayNothing), sendOrders)
  api.get('/basic/orders', (_request, response) => {
    response.status(401).set('WWW-Authenticate', 'Basic realm="warehouse"').json({ message: 'who are you?' })
  })
  return api
}

interface Refusal {
  readonly status: 401 | 403
  readonly error?: 'invalid_token' | 'insufficient_scope'
  readonly description?: string
  readonly scope?: string
}

type Refuse = (response: Response, refusal: Refusal) => void

function authorize(verify: Verify, scope: string, refuse: Refuse): RequestHandler {
  return async (request, response, next) => {
    const token = bearerToken(request.headers.authorization) ?? request.query['access_token']
    if (typeof token !== 'string') return refuse(response, { status: 401 })
    try {
      const { scope: granted } = await verify(token)
      if (String(granted).split(' ').includes(scope)) return next()
      refuse(response, { status: 403, error: 'insufficient_scope', description: `needs ${scope}`, scope })
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) return next(error)
      refuse(response, { status: 401, error: 'invalid_token', description: error.message.replaceAll('"', "'") })
    }
  }
}

function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1]
}

const explain: Refuse = (response, { status, error, description, scope }) => {
  const parameters = Object.entries({ realm: 'orders', error, error_description: description, scope })
  const challenge = parameters.flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]))
  response
    .status(status)
    .set('WWW-Authenticate', `Bearer ${challenge.join(', ')}`)
    .json({ error: error ?? 'unauthorized' })
}

const sayNothing: Refuse = (response, { status }) => {
  response.status(status).json({ message: status === 401 ? 'Unauthorized' : 'Forbidden' })
}

const sendOrders: RequestHandler = (_request, response) => {
  response.json({ orders: [{ id: 1, item: 'Analytical engine' }] })
}

function cors(...allowed: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.headers.origin
    if (origin && allowed.includes(origin)) {
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': 'WWW-Authenticate',
        Vary: 'Origin',
      })
    }
    if (request.method !== 'OPTIONS') return next()
    response.set({ 'Access-Control-Allow-Headers': 'Authorization', 'Access-Control-Allow-Methods': 'GET' })
    response.status(204).end()
  }
}
