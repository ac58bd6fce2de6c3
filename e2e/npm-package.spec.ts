import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test as base } from '@playwright/test'

// The npm package as somebody gets it: packed, unpacked into a project of its own, and used from there.

const root = resolve(import.meta.dirname, '..')
const execute = promisify(execFile)

const har = JSON.stringify({
  log: {
    version: '1.2',
    entries: [
      {
        startedDateTime: '2026-01-31T10:00:00.000Z',
        _resourceType: 'document',
        request: {
          method: 'GET',
          url: 'https://as.example/authorize?response_type=code&client_id=spa&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&scope=openid&state=s1',
          headers: [],
        },
        response: { status: 302, headers: [], redirectURL: 'https://app.example/cb?error=access_denied&state=s1' },
      },
    ],
  },
})

const test = base.extend<object, { project: string }>({
  project: [
    async ({}, use) => {
      const project = await mkdtemp(join(tmpdir(), 'loginscope-npm-'))
      const modules = join(project, 'node_modules')
      const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', project], {
        cwd: resolve(root, 'dist/npm'),
        shell: process.platform === 'win32',
      })
      const [packed] = JSON.parse(stdout) as { filename: string }[]
      await execute('tar', ['-xzf', packed?.filename ?? ''], { cwd: project })
      await mkdir(modules)
      await symlink(join(project, 'package'), join(modules, 'loginscope'), 'junction')
      for (const name of ['zod', '@playwright', '@types', 'undici-types', 'playwright', 'playwright-core'])
        await symlink(resolve(root, 'node_modules', name), join(project, 'node_modules', name), 'junction')
      await writeFile(join(project, 'package.json'), '{"type":"module"}')
      await writeFile(join(project, 'denied.har'), har)
      await use(project)
      await rm(project, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

test('the command line runs', async ({ project }) => {
  const manifest = JSON.parse(await readFile(join(project, 'package/package.json'), 'utf8')) as {
    bin: { loginscope: string }
    private?: boolean
  }
  expect(manifest.private).toBeUndefined()
  const failed: unknown = await execute(
    process.execPath,
    [join(project, 'package', manifest.bin.loginscope), 'analyze', 'denied.har'],
    { cwd: project },
  ).catch((reason: unknown) => reason)
  expect(failed).toMatchObject({ code: 1, stderr: '', stdout: expect.stringMatching(/denied|refused|cancel/i) })
})

test('a plain module imports the API', async ({ project }) => {
  const script = `
    import { readFileSync } from 'node:fs'
    import { analyze, endOfRecording, readHar } from 'loginscope'
    const { recording } = readHar(readFileSync('denied.har', 'utf8'))
    console.log(analyze(recording, endOfRecording(recording)).flows.map(({ status }) => status).join())`
  await writeFile(join(project, 'use.mjs'), script)
  const { stdout } = await execute(process.execPath, ['use.mjs'], { cwd: project })
  expect(stdout.trim()).toMatch(/^(?:failed|cancelled|denied)$/)
})

test('the declarations hold in a strict project, with the resolution of Node and without skipping any', async ({
  project,
}) => {
  await writeFile(
    join(project, 'use.ts'),
    `import { analyze, endOfRecording, exportAs, prepareExport, readHar, type Analysis } from 'loginscope'
     import { expect, test } from 'loginscope/playwright'
     const read = readHar('{}')
     if (!('error' in read)) {
       const analysis: Analysis = analyze(read.recording, endOfRecording(read.recording))
       const status: 'failed' | 'succeeded' | undefined = analysis.flows.flatMap(({ status }) => status === 'failed' || status === 'succeeded' ? [status] : [])[0]
       console.log(status, exportAs('html', prepareExport(read.recording, { now: 0, exportedAt: 0 })))
     }
     // @ts-expect-error a number is no recording
     readHar(1)
     test('logs in', async ({ page, login }) => {
       await page.goto('/')
       await expect(login).toHaveNoLoginFailures()
     })`,
  )
  const checked = await execute(
    process.execPath,
    [
      ...[resolve(root, 'node_modules/typescript/bin/tsc'), 'use.ts', '--noEmit', '--ignoreConfig', '--strict'],
      ...['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom', '--types', 'node'],
    ],
    { cwd: project },
  ).catch((reason: { stdout: string }) => reason)
  expect(checked.stdout).toBe('')
})

test('no browser and no React code is inside', async ({ project }) => {
  const names = (await readdir(join(project, 'package'), { recursive: true })).filter((name) => name.endsWith('.js'))
  expect(names.length).toBeGreaterThan(3)
  for (const name of names) {
    const code = await readFile(join(project, 'package', name), 'utf8')
    expect([name, /react\.|createRoot|webextension-polyfill|chrome\.runtime|browser\.runtime/.exec(code)?.[0]]).toEqual(
      [name, undefined],
    )
  }
})
