import type { EpochMs, Recording } from '../../model/recording'
import type { Origin, Source } from '../source'

/** A recording that is complete and at hand; `now` is the time to analyse it at. */
export const memorySource = (origin: Origin, recording: Recording, now: EpochMs): Source => ({
  origin,
  now,
  start: (sink) => {
    sink.onConnection('open')
    sink.onReset(recording.events)
    return () => {}
  },
})
