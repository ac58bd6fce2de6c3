import { type AttemptNotes, withNote } from '../../model/attempt-notes'
import type { EpochMs, Recording } from '../../model/recording'
import type { Origin, Source, SourceSink } from '../source'

/** A recording that is complete and at hand; `now` is the time to analyse it at. */
export const memorySource = (origin: Origin, recording: Recording, now: EpochMs): Source => {
  let notes: AttemptNotes = {}
  let current: SourceSink | undefined
  return {
    origin,
    now,
    start: (sink) => {
      current = sink
      sink.onConnection('open')
      sink.onReset(recording.events)
      return () => {}
    },
    note: async (flowId, change) => {
      notes = withNote(notes, flowId, change)
      current?.onNotes(notes)
    },
  }
}
