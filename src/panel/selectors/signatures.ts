import type { CaptureEvent } from '../../model/recording'
import type { SignatureResult } from './step-details'

/** Results of signature checks by `exchangeId/parameter`; the newest counts. */
export const signaturesOf = (events: readonly CaptureEvent[]): ReadonlyMap<string, SignatureResult> =>
  new Map(
    events.flatMap((event) =>
      event.type === 'jws.verified' ? [[`${event.exchangeId}/${event.parameter}`, event.result] as const] : [],
    ),
  )
