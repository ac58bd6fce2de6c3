import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const targets = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['chrome', 'firefox', 'cli']

for (const target of targets) {
  if (target === 'cli' && !existsSync(resolve(root, 'src/cli/loginscope.ts'))) continue
  await build({ root, mode: target, logLevel: 'warn' })
  console.log(`built dist/${target}`)
}
