import { rmSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { build } from 'vite'

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

export interface Gallery {
  /** Address of one state of the panel. */
  readonly url: (state: string, theme?: 'light' | 'dark') => string
  readonly close: () => void
}

/** Builds the panel outside the extension and serves it. */
export const serveGallery = async (): Promise<Gallery> => {
  // A folder of its own, since specs run side by side.
  const folder = await mkdtemp(join(tmpdir(), 'loginscope-gallery-'))
  await build({
    configFile: resolve(import.meta.dirname, 'gallery/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder },
  })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gallery')
    const file = pathname === '/' ? 'index.html' : pathname.slice(1)
    readFile(join(folder, file)).then(
      (content) => response.setHeader('content-type', types[extname(file)] ?? 'text/plain').end(content),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: (state, theme = 'light') => `http://127.0.0.1:${port}/?state=${state}&theme=${theme}`,
    close: () => {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
