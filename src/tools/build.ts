import { build } from 'vite'
import { finishNpmPackage } from './npm-package'
import { root } from './run'

const targets = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['chrome', 'firefox', 'cli', 'npm']

for (const target of targets) {
  await build({ root, mode: target, logLevel: 'warn' })
  if (target === 'npm') await finishNpmPackage()
  console.log(`built dist/${target}`)
}
