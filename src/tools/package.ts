import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Zippable, zipSync } from 'fflate'
import { glob } from 'tinyglobby'
import packageJson from '../../package.json' with { type: 'json' }
import { root } from './run'

/** The oldest time a zip can hold: the same sources give the same bytes on any day. */
const mtime = new Date(1980, 0, 2)

const zipFolder = async (folder: string): Promise<Uint8Array> => {
  const paths = (await glob('**/*', { cwd: folder, onlyFiles: true })).sort()
  const files: Zippable = {}
  for (const path of paths) files[path] = [await readFile(join(folder, path)), { mtime, level: 9 }]
  return zipSync(files)
}

const target = resolve(root, 'dist/packages')
await mkdir(target, { recursive: true })
for (const browser of ['chrome', 'firefox']) {
  const name = `loginscope-${packageJson.version}-${browser}.zip`
  await writeFile(join(target, name), await zipFolder(resolve(root, 'dist', browser)))
  console.log(`wrote dist/packages/${name}`)
}
