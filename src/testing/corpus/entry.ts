import type { Owner } from '../../model/analysis'
import type { Recording } from '../../model/recording'

/** The parts of a login that the accuracy table counts by. */
export type Area =
  | 'authorization request'
  | 'authorization response'
  | 'callback'
  | 'token endpoint'
  | 'ID token'
  | 'refresh'
  | 'silent renewal'
  | 'popup'
  | 'API'
  | 'discovery'
  | 'logout'
  | 'device and others'
  | 'infrastructure'
  | 'healthy'

/** A login as it was reported somewhere, rebuilt from what the report says was on the wire. */
export interface CorpusEntry {
  readonly id: string
  readonly area: Area
  /** One sentence: what was seen. */
  readonly title: string
  /** Where it was reported: a URL, or the specification that the healthy behaviour follows. */
  readonly source: string
  readonly recording: Recording
  readonly expected: {
    /** The root cause of the flow that failed, or `null`: nobody may be accused. */
    readonly rootCause: string | null
    readonly owner?: Owner
    /** What the summary of the fix has to hold. */
    readonly fix?: string
    /** Where nothing decides between several: the rule that names the likeliest. */
    readonly likeliest?: string
    /** Rules that must not be a finding of category failure, unless the root cause explains it. */
    readonly not?: readonly string[]
    /** Why only provider data can recognise this: the one reason for a diagnosis to depend on names. */
    readonly byProvider?: string
    /** Where nobody failed: the rule whose remark the developer came for. */
    readonly says?: string
  }
}
