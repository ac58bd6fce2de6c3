import type {
  Candidate,
  Category,
  Confidence,
  Evidence,
  Fix,
  Owner,
  Reference,
  RuledOut,
  Severity,
} from '../../model/analysis'
import type { BlindSpot } from '../../model/observed'
import type { CaseFile } from '../facts/case-file'
import type { FailureKind } from '../facts/failure-points'

/**
 * How deep a rule looks. `mechanism`: both ends of the fault are on the wire and were compared. `statement`: the server
 * named its reason. `symptom`: something went wrong and the rule can only say what. A deeper finding explains the others.
 */
export type Depth = 'mechanism' | 'statement' | 'symptom'

/** A failure that a rule can be the reason of: a kind of failure point, with the `error` code when only that one. */
export type Explained = FailureKind | `${FailureKind}:${string}`

export interface Rule {
  /** The file's name: a noun phrase of the failing state. */
  readonly id: string
  /** The failing fact in a few words. */
  readonly title: string
  readonly category: Category
  readonly severity: Severity
  /** Whom it asks to act, unless a failure says otherwise. */
  readonly owner: Owner
  readonly depth: Depth
  /** The failures this can be the reason of; look-alikes share one, and rule each other out. */
  readonly explains: readonly Explained[]
  /**
   * The protocol obliges every client to refuse here, so the login failed even when nothing else shows it, unless the
   * recording shows the client going on.
   */
  readonly clientMustReject?: boolean
  /** For the documentation: what is looked at, why it matters, how it is told apart, when it stays silent. */
  readonly what: string
  readonly why: string
  readonly toldApart: string
  readonly silentWhen: string
  readonly references: readonly [Reference, ...Reference[]]
  /** Rows of the signature catalogue that this rule answers. */
  readonly covers: readonly string[]
  check(file: CaseFile): Verdict
}

export type Verdict =
  | { readonly verdict: 'pass'; readonly because?: string }
  | { readonly verdict: 'not-applicable' }
  | { readonly verdict: 'indeterminate'; readonly because: BlindSpot | string; readonly check?: string }
  | { readonly verdict: 'fail'; readonly failures: readonly [Failure, ...Failure[]] }

/** The verdict of one rule on one attempt. */
export interface Judged {
  readonly rule: Rule
  readonly verdict: Verdict
}

/** One occurrence. What is left out comes from the rule. */
export interface Failure {
  readonly title?: string
  readonly cause: string
  /** The first points to where it happened; the finding's place in the chain is the earliest of them. */
  readonly evidence: readonly [Evidence, ...Evidence[]]
  readonly fix: Fix
  readonly confidence: Confidence
  readonly owner?: Owner
  readonly severity?: Severity
  readonly category?: Category
  readonly depth?: Depth
  readonly candidates?: readonly Candidate[]
  /** What the occurrence itself rules out, beside the rules that could explain it too. */
  readonly ruledOut?: readonly RuledOut[]
  readonly notObservable?: readonly string[]
  readonly references?: readonly Reference[]
  /** The value that a provider's console wants, when the fix is made there. */
  readonly consoleValue?: string
}

export const defineRule = (rule: Rule): Rule => rule

export const notApplicable: Verdict = { verdict: 'not-applicable' }

/** `because` is shown under "ruled out" when a look-alike turns out to be the cause. */
export const pass = (because?: string): Verdict => ({ verdict: 'pass', ...(because !== undefined && { because }) })

/** `check` is the one observation that would decide. */
export const indeterminate = (because: BlindSpot | string, check?: string): Verdict => ({
  verdict: 'indeterminate',
  because,
  ...(check !== undefined && { check }),
})

export const fail = (...failures: readonly [Failure, ...Failure[]]): Verdict => ({ verdict: 'fail', failures })
