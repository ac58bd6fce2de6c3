import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

/** The repository's root folder. */
export const root = resolve(import.meta.dirname, '../..')

export interface Outcome {
  readonly name: string
  readonly ok: boolean
  /** Standard output and standard error, as they came. */
  readonly output: string
  readonly seconds: number
}

/** Runs a program of node_modules, or any other, and gathers what it prints. Never rejects. */
export const run = (name: string, command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
  new Promise((done) => {
    const [program = '', ...args] = command
    const started = performance.now()
    const chunks: Buffer[] = []
    const finish = (ok: boolean) =>
      done({
        name,
        ok,
        output: Buffer.concat(chunks).toString(),
        seconds: (performance.now() - started) / 1000,
      })
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    })
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => {
      chunks.push(Buffer.from(String(error)))
      finish(false)
    })
    child.on('close', (code) => finish(code === 0))
  })

/** `npx`, without its look-up in the registry. */
export const local = (binary: string, ...args: string[]): string[] => [
  resolve(root, 'node_modules/.bin', binary),
  ...args,
]
