// Plain Node, since nothing is installed yet on a fresh clone: packages, and with `--browser` a Chromium.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { delimiter } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const windows = process.platform === 'win32'

const run = (command, ...args) => spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows }).status === 0

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(resolve(folder, name)))

const stop = (message) => {
  console.error(message)
  process.exit(1)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  stop(`Loginscope needs Node 20.19 or newer; this is ${process.versions.node}.`)

// npm writes this file last, so it tells a finished installation from one that was broken off.
if (!existsSync(resolve(root, 'node_modules/.package-lock.json'))) {
  console.log('Installing packages …')
  if (!run('npm', 'ci', '--no-audit', '--no-fund')) stop('npm ci failed: see above. The network is needed once.')
}

const asRoot = () => {
  if (process.getuid?.() === 0) return []
  return onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo'] : undefined
}

const installWithApt = (name) => {
  const prefix = onPath('apt-get') ? asRoot() : undefined
  if (!prefix) return false
  const apt = (...args) => run(...prefix, 'apt-get', '-y', '-q', ...args)
  // A list of packages that is months old names browsers that are.
  apt('update')
  return apt('install', '--no-install-recommends', name)
}

const finder = process.argv.includes('--test-browser') ? 'findTestBrowser' : 'findAnyBrowser'
const { register } = await import('tsx/esm/api')
const unregister = register()
const browsers = await import('./find-browser.ts')
await unregister()

if (!browsers[finder]()) {
  console.log('Installing Chromium …')
  installWithApt('chromium')
  if (!browsers[finder]() && !run('npx', 'playwright', 'install', '--with-deps', 'chromium'))
    run('npx', 'playwright', 'install', 'chromium')
  if (!browsers[finder]())
    stop('No Chromium could be installed. Install one and run this again, or set CHROMIUM to the path of its program.')
}

// Firefox is tested where there is one; without it those tests say that they were skipped.
if (process.argv.includes('--test-browser') && !browsers.findFirefox()) {
  console.log('Installing Firefox …')
  installWithApt('firefox-esr')
}
