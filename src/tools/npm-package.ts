import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { local, root, run } from './run'

const target = resolve(root, 'dist/npm')
/** As `tsconfig.types.json` says. */
const emitted = resolve(root, 'node_modules/.cache/loginscope-types')

/** What `dist/npm` is published as; everything but zod's types and Playwright is bundled. */
const manifest = {
  name: packageJson.name,
  version: packageJson.version,
  description: packageJson.description,
  license: packageJson.license,
  keywords: ['oauth', 'openid-connect', 'oidc', 'login', 'har', 'debugging', 'playwright'],
  type: 'module',
  engines: packageJson.engines,
  bin: { loginscope: 'loginscope.js' },
  exports: {
    '.': { types: './types/index.d.ts', default: './index.js' },
    './playwright': { types: './types/playwright/index.d.ts', default: './playwright.js' },
    './package.json': './package.json',
  },
  dependencies: { zod: packageJson.dependencies.zod },
  // The first with `tracing.startHar`: a HAR that is written when the context closes comes too late for an assertion.
  peerDependencies: { '@playwright/test': '>=1.60' },
  peerDependenciesMeta: { '@playwright/test': { optional: true } },
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

const specifiers = /(?<=\bfrom |\bimport\()(['"])(\.[^'"]*)\1/g

/** Copies the declarations that an entry needs; Node's resolution wants the file names in full. */
const copyDeclarations = async (path: string, done: Set<string>): Promise<void> => {
  if (done.has(path)) return
  done.add(path)
  const source = await readFile(path, 'utf8')
  const full = new Map<string, string>()
  for (const [, , specifier = ''] of source.matchAll(specifiers)) {
    const base = resolve(dirname(path), specifier)
    const isFile = await exists(`${base}.d.ts`)
    await copyDeclarations(isFile ? `${base}.d.ts` : join(base, 'index.d.ts'), done)
    full.set(specifier, isFile ? `${specifier}.js` : `${specifier.replace(/\/$/, '')}/index.js`)
  }
  const copy = join(target, 'types', relative(emitted, path))
  await mkdir(dirname(copy), { recursive: true })
  await writeFile(
    copy,
    source.replace(specifiers, (_, quote: string, specifier: string) => `${quote}${full.get(specifier)}${quote}`),
  )
}

/** Adds the declarations, `package.json` and the texts to the bundles in `dist/npm`. */
export const finishNpmPackage = async (): Promise<void> => {
  await rm(emitted, { recursive: true, force: true })
  const { ok, output } = await run('declarations', local('tsc', '-p', 'tsconfig.types.json'))
  if (!ok) throw new Error(output)
  const done = new Set<string>()
  for (const entry of ['index.d.ts', 'playwright/index.d.ts']) await copyDeclarations(join(emitted, entry), done)
  await writeFile(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await cp(resolve(root, 'LICENSE'), join(target, 'LICENSE'))
  await cp(resolve(root, 'docs/npm.md'), join(target, 'README.md'))
}
