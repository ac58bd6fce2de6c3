import type { FailurePoint } from './failure-points'

/** Codes with which servers say that somebody refused (RFC 6749 section 4.1.2.1, and two spellings in use). */
export const deniedCodes: ReadonlySet<string> = new Set(['access_denied', 'user_denied', 'user_cancelled_login'])

const user =
  /\b(cancel|abort|declin|reject)\w*|user (has )?(denied|refused)|denied by (the )?(end-?)?user|did(n.t| not) (consent|grant)/i
const policy =
  /polic(y|ies)|\bassign|\brole|\brule|\badmin|\bblock|not (allowed|permitted|authorized|entitled|member)|conditional|permission|organi[sz]ation|tenant|\bgroup|disabled|locked|suspended|\baction\b|\bmfa|verif(y|ied)/i

/** Whether a description says that a person said no. Words only refine what the sequence already suggests. */
export const speaksOfUser = (description: string | undefined): boolean =>
  description !== undefined && user.test(description) && !policy.test(description)

/** Whether a description says that a setting decided. */
export const speaksOfPolicy = (description: string | undefined): boolean =>
  description !== undefined && policy.test(description)

/** Whether the server showed on a page of its own that the user had refused. */
export const isShownDenial = ({ kind, error, error_description }: FailurePoint): boolean =>
  kind === 'authorization_page' && deniedCodes.has(error ?? '') && speaksOfUser(error_description)
