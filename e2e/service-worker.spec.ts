import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { analyze } from '../src/analyzer/analyze'
import type { Recording } from '../src/model/recording'
import { devtoolsReady, expect, openDevTools, recordedEvents, test } from './fixtures'

// What a page's service worker answers is in no event of webRequest; only DevTools tells it, and nothing of the wire.

/** A client with a server, whose worker takes some of its URLs, and an authorization server on another name of this host. */
const startClient = async (worker: string, afterLogin: string): Promise<{ server: Server; port: number }> => {
  const server = createServer((request, response) => {
    const { host = '' } = request.headers
    const { pathname, searchParams, search } = new URL(request.url ?? '/', `http://${host}`)
    const redirect = (Location: string, headers: object = {}) => response.writeHead(302, { ...headers, Location }).end()
    const html = (body: string) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(body)
    if (pathname === '/worker.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(worker)
    else if (pathname === '/auth/login') {
      const asked = new URLSearchParams({
        client_id: 'shop-web',
        response_type: 'code',
        state: 'af0ifjsldkj7f3e9',
        redirect_uri: `http://${host}/auth/callback`,
      })
      redirect(`http://127.0.0.1:${host.split(':')[1]}/authorize?${asked}`, { 'Set-Cookie': 'st=1; Path=/' })
    } else if (pathname === '/authorize')
      html(`<form method="post" action="/decide${search}"><button>Allow</button></form>`)
    else if (pathname === '/decide')
      redirect(`${searchParams.get('redirect_uri')}?code=SplxlOBeZQQYbYS6&state=${searchParams.get('state')}`)
    else if (pathname === '/auth/callback') redirect(afterLogin, { 'Set-Cookie': 'session=1; Path=/' })
    else html('<script>navigator.serviceWorker?.register("/worker.js")</script><a href="/auth/login">Sign in</a>')
  })
  await new Promise<void>((listening) => server.listen(0, listening))
  return { server, port: (server.address() as AddressInfo).port }
}

const controlling = `
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(clients.claim()))`

const offline = `${controlling}
self.addEventListener('fetch', (event) => {
  if (!event.request.url.includes('/auth/callback')) return
  const json = { status: 503, headers: { 'Content-Type': 'application/json' } }
  event.respondWith(fetch(event.request.url).catch(() => new Response('{"error":"offline"}', json)))
})`

const shell = `${controlling}
let asked = 0
self.addEventListener('fetch', (event) => {
  if (!event.request.url.endsWith('/auth/login') || ++asked === 1) return
  event.respondWith(new Response('<div id="root"></div>', { headers: { 'Content-Type': 'text/html' } }))
})`

for (const [what, worker, afterLogin, visits, causes] of [
  [
    'the callback, whose redirect it cannot follow',
    offline,
    'shop://signed-in',
    1,
    ['service-worker-swallows-callback'],
  ],
  ['nothing, and the login goes well', offline.replace('/auth/callback', '/api/'), '/home', 1, [undefined]],
  ['where logins begin', shell, '/home', 2, [undefined, 'service-worker-swallows-callback']],
] as const) {
  test(`tells what a service worker answered: ${what}`, async ({ extension }) => {
    const { server, port } = await startClient(worker, afterLogin)
    try {
      const page = await extension.context.newPage()
      await devtoolsReady(await openDevTools(extension.context, page))
      for (let visit = 1; visit <= visits; visit += 1) {
        await page.goto(`http://localhost:${port}/`)
        await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
        await page.getByRole('link').click()
        await page.waitForLoadState()
        if (page.url().includes('/authorize')) await page.getByRole('button').click()
        await page.waitForLoadState('networkidle')
      }
      const found = async () => {
        const events = (await recordedEvents(extension)) as unknown as Recording['events']
        const { flows, findings } = analyze({ events }, Date.now() + 20_000)
        return flows.map(({ rootCause }) => findings.find(({ id }) => id === rootCause)?.rule)
      }
      await expect.poll(found).toEqual(causes)
    } finally {
      server.close()
    }
  })
}
