import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/**
 * Writes a HAR of so many megabytes around one login that fails, as a busy page makes it: `tsx src/tools/large-har.ts FILE [MB]`.
 */
const [file = 'large.har', megabytes = '100'] = process.argv.slice(2)
const out = createWriteStream(file)
const start = Date.UTC(2026, 0, 31)

const entry = (index: number, url: string, type: string, status: number, more: object = {}, body = '') =>
  JSON.stringify({
    startedDateTime: new Date(start + index * 20).toISOString(),
    time: 15,
    _resourceType: type,
    request: { method: 'GET', url, headers: [{ name: 'Cookie', value: 'theme=dark' }], queryString: [], cookies: [] },
    response: { status, headers: [], content: { size: body.length, mimeType: 'text/plain', text: body }, ...more },
  })

const filler = 'const value = { "name": "a piece of a script" };\n'.repeat(700)
const total = Number(megabytes) * 1e6
const back = 'https://app.example/cb?error=invalid_scope&state=s1'
out.write('{"log":{"version":"1.2","creator":{"name":"large-har","version":"1"},"entries":[\n')
out.write(
  `${entry(0, 'https://as.example/authorize?response_type=code&client_id=spa&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&scope=nope&state=s1', 'document', 302, { redirectURL: back })},\n`,
)
out.write(`${entry(1, back, 'document', 200)}`)
for (let written = 0, index = 2; written < total; index += 1) {
  const type = ['script', 'image', 'stylesheet', 'fetch'][index % 4] ?? 'script'
  const text = `,\n${entry(index, `https://cdn.example/${type}/${index}`, type, 200, {}, type === 'fetch' ? '{"a":1}' : filler)}`
  written += text.length
  if (!out.write(text)) await once(out, 'drain')
}
out.end('\n]}}\n')
