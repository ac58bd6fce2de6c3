/** What the user did to one attempt of the list. A name is the user's own text: it stays with the recorder and is never exported. */
export interface AttemptNote {
  readonly name?: string
  readonly pinned?: boolean
  readonly deleted?: boolean
}

/** Notes by the id of the flow; kept apart from the analysis, which is recomputed. */
export type AttemptNotes = Readonly<Record<string, AttemptNote>>

/** The notes after one was changed; an empty name gives the attempt its own name back. */
export const withNote = (notes: AttemptNotes, flowId: string, change: AttemptNote): AttemptNotes => {
  const { name = '', pinned = false, deleted = false } = { ...notes[flowId], ...change }
  const note = {
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(pinned ? { pinned } : {}),
    ...(deleted ? { deleted } : {}),
  }
  const { [flowId]: _before, ...others } = notes
  return Object.keys(note).length === 0 ? others : { ...others, [flowId]: note }
}
