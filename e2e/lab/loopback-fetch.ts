import http from 'node:http'

/**
 * `fetch` for the servers of the lab: browsers resolve every `*.localhost` name to the loopback by themselves (RFC 6761
 * section 6.3), the resolver of the operating system often does not.
 */
export function loopbackFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input)
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers)),
        lookup: (_host, { all }, done) =>
          all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => resolve(toResponse(response, Buffer.concat(chunks))))
      },
    )
    request.on('error', reject)
    request.end(init.body == null ? undefined : String(init.body))
  })
}

function toResponse(message: http.IncomingMessage, body: Buffer): Response {
  const status = message.statusCode ?? 500
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) headers.set(name, String(value))
  const bodyAllowed = status !== 204 && status !== 304
  return new Response(bodyAllowed ? new Uint8Array(body) : null, { status, headers })
}
