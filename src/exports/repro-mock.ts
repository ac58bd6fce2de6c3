/**
 * The part of a generated test that is the same in all of them: one loopback server for each recorded origin, which gives the
 * recorded answers in order, with this run's `state`, `nonce`, times and origins in them, and signs the tokens anew.
 */
export const mockServer = String.raw`
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const withoutQuery = (url: string) => url.split(/[?#]/)[0]

async function startMock() {
  const origins = new Map<string, string>()
  const seen = new Map<string, string>()
  const left = [...recorded]

  const toMock = (text: string) => [...origins].reduce((all, [from, to]) => all.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to)), text)
  const fill = (text: string) =>
    [...seen].reduce((all, [name, value]) => all.replaceAll(new RegExp(name + '(?:#|%23)1', 'g'), encodeURIComponent(value)), toMock(text))
  const token = (text: string) => {
    const [head, claims] = text.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    const shift = Math.round(Date.now() / 1000) - recordedAt
    const renewed = JSON.parse(fill(claims ?? '{}'), (name, value) =>
      ['iat', 'exp', 'nbf', 'auth_time'].includes(name) ? value + shift : name === 'nonce' ? (seen.get('nonce') ?? value) : value)
    delete renewed.at_hash
    delete renewed.c_hash
    const signed = base64url({ ...JSON.parse(head ?? '{}'), alg: 'RS256' }) + '.' + base64url(renewed)
    return signed + '.' + sign('sha256', Buffer.from(signed), privateKey).toString('base64url')
  }
  const answerBody = (text: string) => {
    if (/^\s*{\s*"keys"\s*:/.test(text)) {
      const { keys } = JSON.parse(text)
      return JSON.stringify({ keys: keys.map((key: object) => ({ ...key, ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' })) })
    }
    return fill(text.replace(/eyJ[\w-]*\.[\w-]+\.[\w-]+/g, token))
  }

  const answer = (origin: string) => async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const url = new URL(request.url ?? '/', origin)
    for (const parameters of [url.searchParams, new URLSearchParams(body)])
      for (const name of ['state', 'nonce']) if (parameters.get(name)) seen.set(name, parameters.get(name)!)
    const matches = (one: Recorded) => one.method === request.method && withoutQuery(one.url) === origin + url.pathname
    const found = left.find(matches) ?? recorded.find(matches)
    if (!found) return void response.writeHead(404).end()
    if (left.includes(found)) left.splice(left.indexOf(found), 1)
    const headers = found.headers.map(([name, value]): [string, string] => [name, /^(location|access-control-allow-origin)$/.test(name) ? fill(value) : toMock(value)])
    response.writeHead(found.status, headers.flat()).end(answerBody(found.body))
  }

  const servers = await Promise.all(
    [...new Set(recorded.map(({ url }) => new URL(url).origin))].map(async (origin) => {
      const server = createServer(answer(origin))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      origins.set(origin, 'http://localhost:' + (server.address() as AddressInfo).port)
      return server
    }),
  )
  return { origins, toMock, close: () => servers.forEach((server) => server.close()) }
}

const errorIn = (body: string) => /"error"\s*:\s*"([^"]*)"/.exec(body)?.[1]

async function replay(request: APIRequestContext, mock: Awaited<ReturnType<typeof startMock>>, exchange: Recorded) {
  const response = await request.fetch(mock.toMock(exchange.url), {
    method: exchange.method,
    headers: exchange.requestHeaders,
    maxRedirects: 0,
    ...(exchange.requestBody === undefined ? {} : { data: mock.toMock(exchange.requestBody) }),
  })
  return { status: response.status(), error: errorIn(await response.text()) }
}
`
