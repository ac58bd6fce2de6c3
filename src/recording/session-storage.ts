import { z } from 'zod'
import type { CaptureEvent, NewCaptureEvent } from '../model/recording'
import { type LogChange, type LogStorage, type StoredLog, emptyMeta } from './log'

/** The part of `storage.session` that is used: in memory, gone with the browser, out of reach of web pages. */
export interface SessionArea {
  readonly get: (keys: null) => Promise<Record<string, unknown>>
  readonly set: (items: Record<string, unknown>) => Promise<void>
  readonly remove: (keys: string[]) => Promise<void>
}

const formatVersion = 1
const prefix = 'rec/'
const metaKey = 'rec/meta'
const heldKey = 'rec/held'

// What was written is our own; only its outline is checked, so that a log of another version is not misread.
const storedMeta = z.object({
  version: z.literal(formatVersion),
  nextSeq: z.number(),
  generation: z.number(),
  paused: z.boolean(),
})
const storedChunk = z.array(z.looseObject({ type: z.string(), seq: z.number(), at: z.number() }))
const storedHeld = z.array(z.looseObject({ type: z.string(), at: z.number() }))

const read = (items: Record<string, unknown>): StoredLog => {
  const meta = storedMeta.safeParse(items[metaKey])
  const isOtherVersion = items[metaKey] !== undefined && !meta.success
  if (isOtherVersion) return { chunks: new Map(), held: [], meta: emptyMeta }
  const chunks = Object.entries(items).flatMap(([key, value]): [number, readonly CaptureEvent[]][] => {
    const number = Number(key.slice(prefix.length))
    const chunk = key.startsWith(prefix) && Number.isInteger(number) ? storedChunk.safeParse(value) : undefined
    return chunk?.success ? [[number, chunk.data as unknown as CaptureEvent[]]] : []
  })
  const held = storedHeld.safeParse(items[heldKey])
  return {
    chunks: new Map(chunks),
    held: held.success ? (held.data as unknown as NewCaptureEvent[]) : [],
    meta: meta.success
      ? { nextSeq: meta.data.nextSeq, generation: meta.data.generation, paused: meta.data.paused }
      : emptyMeta,
  }
}

const write = async (area: SessionArea, { chunks, held, meta }: LogChange): Promise<void> => {
  const full = [...chunks].filter(([, events]) => events !== undefined)
  const gone = [...chunks].filter(([, events]) => events === undefined)
  // Room is made before it is taken.
  if (gone.length > 0) await area.remove(gone.map(([number]) => `${prefix}${number}`))
  await area.set({
    [metaKey]: { version: formatVersion, ...meta },
    ...(held ? { [heldKey]: held } : {}),
    ...Object.fromEntries(full.map(([number, events]) => [`${prefix}${number}`, events])),
  })
}

export const sessionStorage = (area: SessionArea): LogStorage => ({
  read: async () => read(await area.get(null)),
  write: (change) => write(area, change),
})
