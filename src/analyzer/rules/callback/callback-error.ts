import type { Candidate } from '../../../model/analysis'
import { blindSpotText } from '../../../model/observed'
import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { isOnlyPhpNotices } from '../../../model/php-notices'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { bodyText } from '../../recognition/readers'
import { missingStatuses } from './callback-not-found'
import { type Failure, defineRule, fail, notApplicable } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { afterColon, namedError, pageText } from '../shared/page-text'
import { rfc } from '../shared/references'
import { serverSideCauses } from '../shared/server-side-causes'
import { duration, quote } from '../shared/text'

export const callbackError = defineRule({
  id: 'callback-error',
  title: 'The callback answered with an error',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['callback_error'],
  what: 'The status (and the page, when it was seen) with which the client’s server answered the authorization response.',
  why: 'The authorization server did its part. What the client’s server does next, redeeming the code above all, passes by no browser.',
  toldApart:
    'Lost cookies, an altered state and missing routes are seen and have rules of their own; what remains is listed in the order of likelihood, with a way to check each; where the page names one of them, the others are out.',
  silentWhen: 'The callback went well, its route does not exist, or its page redeemed the code itself.',
  references: [rfc(6749, '4.1.3')],
  covers: ['server-session-not-shared', 'one-time-link-consumed-by-scanner'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'callback_error')
    return point && !missingStatuses.has(point.status ?? 0) ? fail(failure(file, point)) : notApplicable
  },
})

const failure = (file: CaseFile, point: FailurePoint): Failure => {
  const { exchange, status = 0 } = point
  const text = pageText(exchange)
  const took = exchange.endedAt === undefined ? 0 : exchange.endedAt - exchange.startedAt
  const causes = serverSideCauses(file, point, { said: namedError(exchange) ?? point.error, text: text ?? '', took })
  const where = quote(`${exchange.method || 'GET'} ${withoutQuery(exchange.url)}`)
  const isHandover = point.message.kind === 'code_handover'
  return {
    // A page with a good status tells of a failure only by what it shows.
    confidence: status >= 400 ? 'certain' : 'likely',
    title:
      causes.title ??
      (causes.session !== undefined
        ? `The login arrived; the page after it failed (${status})`
        : titleOf(isBroken(exchange) ? 500 : status)),
    ...((causes.isNamed || causes.session !== undefined) && { depth: 'statement' as const }),
    cause:
      (isHandover
        ? `The page handed its code to ${where}, which answered ${status}`
        : causes.session !== undefined
          ? `The callback took the answer and set ${quote(causes.session)}; ${where}, to which it led, came with that cookie and answered ${status}`
          : `The answer of the authorization server arrived, and ${where} answered ${status}`) +
      (took >= 5000 ? ` after ${duration(took)}` : '') +
      `${afterColon(text)}. ` +
      (causes.named ??
        (causes.session !== undefined
          ? `The redemption of the code was over by then. ${reasonsOf(causes.candidates)}`
          : undefined) ??
        `What went wrong happened inside the client’s server or on its way to the authorization server, where no browser sees it. ${reasonsOf(causes.candidates)}`),
    evidence: [
      statusEvidence(exchange),
      ...(text === undefined ? [] : [exchangeEvidence(exchange, 'response.body', { label: 'page', actual: text })]),
    ],
    fix: causes.fix,
    candidates: causes.candidates,
    ruledOut: causes.ruledOut,
    notObservable: [
      blindSpotText['server-to-server'],
      ...(text === undefined ? ['The text of the error page: its body was not captured.'] : []),
    ],
  }
}

/** A script that stopped half-way refused nothing, whatever its status. */
const isBroken = ({ responseBody }: HttpExchange): boolean => isOnlyPhpNotices(valueOf(bodyText(responseBody)) ?? '')

const titleOf = (status: number): string => {
  if (status >= 502 && status <= 504) return 'The server behind the callback did not answer'
  if (status === 429) return 'The callback was called too often'
  return status >= 500 ? 'The callback failed on the client’s server' : 'The client’s server refused the answer'
}

/** Nothing tells them apart from outside, so none is called the reason. */
const reasonsOf = (candidates: readonly Candidate[]): string =>
  candidates.length === 1
    ? `Most likely: ${lower(candidates[0]!.title)}.`
    : `The usual reasons, the most frequent first: ${candidates
        .slice(0, 3)
        .map(({ title }) => lower(title))
        .join('; ')}.`

const lower = (text: string) => text[0]!.toLowerCase() + text.slice(1)
