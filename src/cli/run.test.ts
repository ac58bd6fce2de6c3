import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from './run'

let folder = ''

const entry = (request: object, response: object) => ({
  startedDateTime: '2026-01-31T12:00:00.000Z',
  time: 5,
  request,
  response,
})
const headers = [{ name: 'Content-Type', value: 'application/json' }]
const har = (error: boolean) =>
  JSON.stringify({
    log: {
      entries: [
        entry(
          {
            method: 'POST',
            url: 'https://as.example/token',
            headers: [],
            postData: {
              mimeType: 'application/x-www-form-urlencoded',
              text: 'grant_type=client_credentials&client_id=job&client_secret=s3cret-0123456789',
            },
          },
          error
            ? { status: 401, headers, content: { size: 1, text: '{"error":"invalid_client"}' } }
            : {
                status: 200,
                headers,
                content: { size: 1, text: '{"access_token":"t0ken-0123456789","token_type":"Bearer"}' },
              },
        ),
      ],
    },
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loginscope-cli-'))
  await writeFile(join(folder, 'bad.har'), har(true))
  await writeFile(join(folder, 'good.har'), har(false))
  await writeFile(join(folder, 'broken.json'), '{\n  "log": tru')
})

afterAll(() => rm(folder, { recursive: true }))

const run = async (args: readonly string[], input = '') => {
  const out: string[] = []
  const err: string[] = []
  const status = await runCommandLine(
    args.map((arg) => arg.replace('%', folder)),
    {
      stdin: async () => input,
      stdout: (text) => void out.push(text),
      stderr: (text) => void err.push(text),
      colors: false,
      progress: false,
      now: () => Date.UTC(2026, 1, 1),
    },
  )
  return { status, out: out.join(''), err: err.join('') }
}

describe('analyze', () => {
  test('prints the diagnosis and exits with 1 when a login failed', async () => {
    const { status, out, err } = await run(['analyze', '%/bad.har'])
    expect([status, err]).toEqual([1, ''])
    expect(out).toMatch(/^✖ job → https:\/\/as\.example {2}client credentials, failed/)
    expect(out).toContain('Fix ')
    expect(out).not.toContain('s3cret-0123456789')
  })

  test('exits with 0 when none did, and whenever --fail-on never says so', async () => {
    expect((await run(['analyze', '%/good.har'])).status).toBe(0)
    expect((await run(['analyze', '%/bad.har', '--fail-on', 'never'])).status).toBe(0)
  })

  test('takes globs and several files; JSON is then a list in their order', async () => {
    const traces = JSON.parse((await run(['analyze', '%/good.har', '%/bad.har', '--format', 'json'])).out) as {
      analysis: { flows: { status: string }[] }
    }[]
    expect(traces.map(({ analysis }) => analysis.flows.map(({ status }) => status))).toEqual([
      ['succeeded'],
      ['failed'],
    ])
    const { out } = await run(['analyze', '%/*.har'])
    expect(out.match(/^# .*$/gm)).toEqual(['# bad.har', '# good.har'])
    expect((await run(['analyze', '%/*.nothing'])).err).toContain('no file matches')
  })

  test('reads standard input, and anything that can be pasted there', async () => {
    const { out, status } = await run(['analyze', '-'], 'https://app.example/cb?error=access_denied&state=s')
    expect([status, out]).toEqual([1, expect.stringContaining('failed')])
  })

  test('reads its own traces to the same answer', async () => {
    const trace = (await run(['analyze', '%/bad.har', '--format', 'json'])).out
    expect((await run(['analyze', '-'], trace)).out).toBe((await run(['analyze', '%/bad.har'])).out)
  })

  test('writes to a file', async () => {
    const { out, status } = await run(['analyze', '%/bad.har', '--format', 'sarif', '--output', '%/out.sarif'])
    expect([out, status]).toEqual(['', 1])
    expect(JSON.parse(await readFile(join(folder, 'out.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
  })

  test('keeps secrets only when asked to', async () => {
    expect((await run(['analyze', '%/bad.har', '--format', 'json', '--keep-secrets'])).out).toContain(
      's3cret-0123456789',
    )
  })
})

describe('mistakes give one line on standard error and exit status 2', () => {
  test.each([
    [['analyze'], 'loginscope: expected a file to analyze; see --help\n'],
    [[], 'loginscope: expected "analyze FILE…"; see --help\n'],
    [['explode'], 'loginscope: expected "analyze FILE…", got "explode"; see --help\n'],
    [['analyze', '--nonsense'], "loginscope: Unknown option '--nonsense'; see --help\n"],
    [
      ['analyze', 'x', '--format', 'pdf'],
      'loginscope: --format is one of text, json, markdown, mermaid, sarif, html, har, repro, not "pdf"\n',
    ],
    [['analyze', '%/none.har'], 'loginscope: %/none.har: no such file\n'],
    [['analyze', '%'], 'loginscope: %: is a directory, expected a file\n'],
    [['analyze', '%/broken.json'], 'loginscope: %/broken.json:2:10: This is not valid JSON: found "t"\n'],
    [
      ['analyze', '%/bad.har', '--output', '%/no/such/place'],
      /^loginscope: cannot write .*no\/such\/place: ENOENT.*\n$/,
    ],
    [
      ['analyze', '%/bad.har', '%/good.har', '--format', 'html'],
      'loginscope: --format html takes one file at a time\n',
    ],
    [
      ['analyze', '%/bad.har', '%/good.har', '--format', 'mermaid'],
      'loginscope: --format mermaid takes one file at a time\n',
    ],
    [['--explain', 'nothing'], 'loginscope: no rule is called "nothing"; see --list-rules\n'],
  ])('%j', async (args, message) => {
    const { status, out, err } = await run(args)
    expect([status, out]).toEqual([2, ''])
    if (typeof message === 'string') expect(err).toBe(message.replace('%', folder))
    else expect(err).toMatch(message)
  })
})

describe('rules', () => {
  test('are listed by id with category and title', async () => {
    const { out, status } = await run(['--list-rules'])
    expect(status).toBe(0)
    expect(out).toMatch(/^code-redeemed-twice {2,}failure {2,}\S/m)
  })

  test('are explained', async () => {
    const { out } = await run(['--explain', 'code-redeemed-twice'])
    expect(out).toContain('code-redeemed-twice · failure · error · Client')
    expect(out).toMatch(/https:\/\/\S+/)
  })
})

test('help and version are no failure', async () => {
  expect((await run(['--help'])).out).toMatch(/^Usage: loginscope analyze FILE/)
  expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})
