import { z } from 'zod'
import { type AttemptNote, type AttemptNotes as Notes, withNote } from '../model/attempt-notes'
import { createTurns } from './in-turn'
import type { SettingsArea } from './settings'

const key = 'attempt-notes'

const storedNotes = z
  .record(
    z.string(),
    z.object({
      name: z.string().exactOptional(),
      pinned: z.boolean().exactOptional(),
      deleted: z.boolean().exactOptional(),
    }),
  )
  .catch({})

export interface AttemptNotes {
  readonly read: () => Promise<Notes>
  /** Rejects when there is no room. */
  readonly write: (flowId: string, change: AttemptNote) => Promise<void>
  /** Forgets the notes on attempts that are no longer recorded. */
  readonly keepOnly: (flowIds: ReadonlySet<string>) => Promise<void>
}

/** What the user noted about attempts, where the recording is: it outlives the worker and ends with the browser. */
export const createAttemptNotes = (area: SettingsArea, onChanged: (notes: Notes) => void): AttemptNotes => {
  const inTurn = createTurns()
  const read = async () => storedNotes.parse((await area.get(key))[key])
  const change = (next: (notes: Notes) => Notes) =>
    inTurn(async () => {
      const notes = next(await read())
      await area.set({ [key]: notes })
      onChanged(notes)
    })
  return {
    read: () => inTurn(read),
    write: (flowId, note) => change((notes) => withNote(notes, flowId, note)),
    keepOnly: (flowIds) =>
      change((notes) => Object.fromEntries(Object.entries(notes).filter(([flowId]) => flowIds.has(flowId)))),
  }
}
