import { randomUUID } from 'node:crypto'
import express, {
  type CookieOptions,
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from 'express'
import * as client from 'openid-client'
import { CLIENT_SECRET } from './clients'
import { htmlPage, outcomePage } from './html'
import { loopbackFetch } from './loopback-fetch'
import type { Origins, ServerName } from './origins'

/** How the web client is set up in one scenario; what is left out is as it should be. */
export interface WebSetup {
  readonly server?: ServerName
  readonly clientSecret?: string
  readonly redirectPath?: string
  /** The origin whose callback is asked for, where it is not the one the login starts at. */
  readonly redirectOrigin?: (origins: Origins) => string
  readonly parameters?: Readonly<Record<string, string>>
  readonly pkce?: 'S256' | 'plain' | 'none'
  readonly sendsStateAndNonce?: boolean
  /** The callback is a page, which hands the code to its server in calls of its own, this many at once. */
  readonly handovers?: number
  /** Attributes of the cookie that ties the callback to the login. */
  readonly loginCookie?: CookieOptions
  /** Attributes of the cookie of the signed-in session. */
  readonly sessionCookie?: CookieOptions
}

interface Login {
  readonly scenario: string
  readonly redirectUri: string
  readonly checks: client.AuthorizationCodeGrantChecks
}

const LOGIN_COOKIE = 'shop_login'
const SESSION_COOKIE = 'shop_session'

/** The confidential client: a server with a session cookie, which redeems codes itself. */
export function createWebClient(origins: Origins, setupOf: (scenario: string) => WebSetup): Express {
  const logins = new Map<string, Login>()
  const sessions = new Map<string, string>()

  const discover = (setup: WebSetup) =>
    client.discovery(
      new URL(origins.servers[setup.server ?? 'main']),
      'web',
      {},
      client.ClientSecretBasic(setup.clientSecret ?? CLIENT_SECRET),
      { execute: [client.allowInsecureRequests], [client.customFetch]: loopbackFetch as client.CustomFetch },
    )

  const startLogin = async (request: Request, response: Response) => {
    const scenario = scenarioOf(request)
    const setup = setupOf(scenario)
    const origin = setup.redirectOrigin?.(origins) ?? `http://${request.headers.host}`
    const redirectUri = origin + (setup.redirectPath ?? '/callback')
    const { parameters, checks } = await protectionsOf(setup)
    const id = randomUUID()
    logins.set(id, { scenario, redirectUri, checks })
    response.cookie(LOGIN_COOKIE, id, { httpOnly: true, sameSite: 'lax', path: '/', ...setup.loginCookie })
    response.redirect(
      client.buildAuthorizationUrl(await discover(setup), {
        scope: 'openid profile',
        redirect_uri: redirectUri,
        ...parameters,
        ...setup.parameters,
      }).href,
    )
  }

  const loginOf = (request: Request) => logins.get(cookie(request, LOGIN_COOKIE) ?? '')

  /** The same for a script: it gets no session but the name, and the error as JSON. */
  const takeCode = async (request: Request, response: Response) => {
    const login = loginOf(request)
    if (!login) throw new Error('no login in progress')
    const callback = new URL(login.redirectUri)
    callback.search = new URLSearchParams(request.body as Record<string, string>).toString()
    const tokens = await client.authorizationCodeGrant(await discover(setupOf(login.scenario)), callback, login.checks)
    response.json({ name: tokens.claims()?.['name'] })
  }

  const finishLogin = async (request: Request, response: Response) => {
    const login = loginOf(request)
    const { handovers } = setupOf(login?.scenario ?? '')
    if (handovers !== undefined) {
      response.send(handoverPage(handovers))
      return
    }
    if (!login) {
      response
        .status(400)
        .send(outcomePage('Web shop', 'Sign-in failed: there is no login in progress in this browser'))
      return
    }
    const setup = setupOf(login.scenario)
    const callback = new URL(request.originalUrl, login.redirectUri)
    for (const [name, value] of Object.entries((request.body ?? {}) as Record<string, string>)) {
      callback.searchParams.set(name, value)
    }
    const tokens = await client.authorizationCodeGrant(await discover(setup), callback, login.checks)
    const session = randomUUID()
    sessions.set(session, String(tokens.claims()?.['name']))
    response.clearCookie(LOGIN_COOKIE, { path: '/', ...setup.loginCookie })
    response.cookie(SESSION_COOKIE, session, { httpOnly: true, sameSite: 'lax', path: '/', ...setup.sessionCookie })
    response.redirect(`/account?scenario=${login.scenario}`)
  }

  const showAccount = (request: Request, response: Response) => {
    const name = sessions.get(cookie(request, SESSION_COOKIE) ?? '')
    if (name) response.send(outcomePage('Web shop', `Signed in as ${name}`))
    else response.redirect(`/login?scenario=${scenarioOf(request)}`)
  }

  const web = express()
  web.disable('x-powered-by')
  web.get('/login', startLogin)
  web.get('/callback', finishLogin)
  web.post('/callback', express.urlencoded({ extended: false }), finishLogin)
  web.post('/api/session', express.json(), (request, response) =>
    takeCode(request, response).catch((error: Error) => {
      const reason = error instanceof client.ResponseBodyError ? error.error : 'failed'
      response.status(error instanceof client.ResponseBodyError ? 400 : 500).json({ error: reason })
    }),
  )
  web.get('/account', showAccount)
  web.use((request, response) => {
    response.status(404).send(outcomePage('Web shop', `Not found: ${request.path}`))
  })
  web.use(reportFailure)
  return web
}

/** Shows the last answer that came, as pages do whose effect runs twice. */
function handoverPage(count: number): string {
  const script = `
const answer = Object.fromEntries(new URLSearchParams(location.search))
const handOver = async () => {
  const response = await fetch('/api/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(answer),
  })
  const { name, error } = await response.json()
  document.querySelector('[role=status]').textContent = name ? 'Signed in as ' + name : 'Sign-in failed: ' + error
}
const run = async () => {
  for (let call = 0; call < ${count}; call++) await handOver()
  document.documentElement.dataset.scenarioEnded = ''
}
run()`
  return htmlPage({
    title: 'Web shop',
    body: `<h1>Web shop</h1>\n<p role="status">Signing in …</p>\n<script>${script}</script>`,
  })
}

async function protectionsOf({ pkce = 'S256', sendsStateAndNonce = true }: WebSetup) {
  const parameters: Record<string, string> = {}
  const checks: client.AuthorizationCodeGrantChecks = { idTokenExpected: true }
  if (pkce !== 'none') {
    checks.pkceCodeVerifier = client.randomPKCECodeVerifier()
    parameters['code_challenge_method'] = pkce
    parameters['code_challenge'] =
      pkce === 'plain' ? checks.pkceCodeVerifier : await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier)
  }
  if (sendsStateAndNonce) {
    parameters['state'] = checks.expectedState = client.randomState()
    parameters['nonce'] = checks.expectedNonce = client.randomNonce()
  }
  return { parameters, checks }
}

/** What the user did or the browser brought is told with status 400; what went wrong behind the scenes is a bare 500. */
const reportFailure: ErrorRequestHandler = (error: Error, _request, response, _next) => {
  const refusal = error instanceof client.AuthorizationResponseError ? error.error : checkFailure(error)
  if (refusal) response.status(400).send(outcomePage('Web shop', `Sign-in failed: ${refusal}`))
  else response.status(500).send(outcomePage('Web shop', 'Internal server error'))
}

function checkFailure(error: Error): string | undefined {
  const { message = '' } = (error.cause ?? {}) as Partial<Error>
  return message.includes('response parameter') ? message : undefined
}

function scenarioOf(request: Request): string {
  return String(request.query['scenario'] ?? 'web-healthy')
}

function cookie(request: Request, name: string): string | undefined {
  return new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1]
}
