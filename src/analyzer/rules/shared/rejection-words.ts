import type { Evidence } from '../../../model/analysis'
import { type Rejection, speaksOfClient, speaksOfRedirectUri } from '../../facts/rejection'
import { parameterEvidence, statusEvidence } from './evidence'
import { fromFirstSentence, quote, shorten } from './text'

/** RFC 9126 section 2.1: what is pushed is checked as an authorization request is. */
export const takenWhenPushed = 'the server took the same parameters when they were pushed'

/** Where the server said no: the `error` that came back, or the status of its page or of the pushed request. */
export const rejectionEvidence = ({ point }: Rejection): Evidence =>
  point.message.kind === 'authorization_response'
    ? parameterEvidence(point.message.parameters, 'error')
    : statusEvidence(point.exchange)

/** ``answered `invalid_scope`: “…”`` as a predicate of "The authorization server". */
export const rejectionText = ({ by, error, text, point }: Rejection): string => {
  const said = text.state === 'present' && text.value !== '' ? `: “${shorten(fromFirstSentence(text.value), 160)}”` : ''
  if (error !== undefined) return `answered ${quote(error)}${said}`
  return by === 'page'
    ? `showed an error page (status ${point.status})${said}`
    : `answered status ${point.status}${said}`
}

/** Whether the refusal is one of a malformed or unacceptable request, without saying of which part. */
export const isUnspecific = ({ by, error, atOnce, point, text }: Rejection): boolean => {
  const isSpecific = text.state === 'present' && (speaksOfRedirectUri(text.value) || speaksOfClient(text.value))
  if (by === 'page' && isSpecific) return false
  return (
    error === 'invalid_request' ||
    (error === undefined && by !== 'redirect' && atOnce && (point.status === 400 || point.status === 501))
  )
}
