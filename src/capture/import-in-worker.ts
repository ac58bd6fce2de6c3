import type { EpochMs } from '../model/recording'
import type { Imported } from './import-any'

export interface ImportOrder {
  readonly file: Blob
  /** The time a pasted text counts as seen. */
  readonly at: EpochMs
}

export type ImportReport =
  /** How much of the file has been read, 0 to 1; what was read is taken apart after that. */
  { readonly share: number } | { readonly imported: Imported }

export interface ImportControl {
  readonly at: EpochMs
  readonly onProgress: (share: number) => void
  /** Ends the worker, whatever it is doing. */
  readonly signal: AbortSignal
}

/** Reads a file off the main thread; `undefined` when it was cancelled. Never rejects. */
export const importInWorker = (file: Blob, { at, onProgress, signal }: ImportControl): Promise<Imported | undefined> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' })
    const end = (imported: Imported | undefined) => {
      worker.terminate()
      resolve(imported)
    }
    worker.onmessage = ({ data }: MessageEvent<ImportReport>) =>
      'imported' in data ? end(data.imported) : onProgress(data.share)
    worker.onerror = ({ message }) => end({ error: { message: `The file could not be read: ${message}` } })
    signal.addEventListener('abort', () => end(undefined))
    worker.postMessage({ file, at } satisfies ImportOrder)
  })
