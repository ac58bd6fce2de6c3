import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '../../src/playwright'

// A project's own test of a login that fails; `playwright-failure.spec.ts` runs it and looks at the report.

test('Ada can log in', async ({ page, login }) => {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`)
    if (url.pathname === '/cb') return void response.end('no login')
    const back = new URLSearchParams({ error: 'invalid_scope', state: url.searchParams.get('state') ?? '' })
    response.writeHead(302, { location: `${url.searchParams.get('redirect_uri')}?${back}` }).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const asked = new URLSearchParams({
      response_type: 'code',
      client_id: 'spa',
      redirect_uri: `${origin}/cb`,
      scope: 'nope',
      state: 'a-secret-state-4711-XyZ',
    })
    await page.goto(`${origin}/authorize?${asked}`)
    await expect(login).toHaveNoLoginFailures()
  } finally {
    server.close()
  }
})
