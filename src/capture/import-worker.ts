import { readAny } from './import-any'
import type { ImportOrder, ImportReport } from './import-in-worker'

const scope = globalThis as unknown as {
  onmessage: (message: MessageEvent<ImportOrder>) => void
  postMessage: (report: ImportReport) => void
}

const textOf = async (file: Blob, onBytes: (bytes: number) => void): Promise<string> => {
  const reader = file.stream().getReader()
  const decoder = new TextDecoder()
  const pieces: string[] = []
  let bytes = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(decoder.decode(read.value, { stream: true }))
    bytes += read.value.length
    onBytes(bytes)
  }
  return pieces.join('') + decoder.decode()
}

const STEP = 0.02

scope.onmessage = ({ data: { file, at } }) => {
  let told = 0
  textOf(file, (bytes) => {
    const share = bytes / file.size
    if (share < told + STEP) return
    told = share
    scope.postMessage({ share })
  })
    .then((text) => scope.postMessage({ imported: readAny(text, { at }) }))
    .catch((error: unknown) =>
      scope.postMessage({ imported: { error: { message: `The file could not be read: ${String(error)}` } } }),
    )
}
