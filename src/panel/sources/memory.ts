import type { Recording } from '../../model/recording'
import type { Origin, Source } from '../source'

/** A recording that is complete and at hand. */
export const memorySource = (origin: Origin, recording: Recording): Source => ({
  origin,
  start: (sink) => {
    sink.onConnection('open')
    sink.onReset(recording.events)
    return () => {}
  },
})
