import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { hasParam, paramValue } from '../../../model/parameters'
import { isLoopback, parseUrl, withoutQuery } from '../../../model/url'
import { arrivalOf } from '../../facts/arrival'
import type { CaseFile } from '../../facts/case-file'
import { callbackOf, cookieNamesOf } from '../../facts/cookies'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote, shorten } from '../shared/text'

export const stateNeverSent = defineRule({
  id: 'state-never-sent',
  title: 'The callback was opened without a login',
  category: 'failure',
  severity: 'error',
  owner: 'user',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'not_redeemed', 'token_error'],
  clientMustReject: true,
  what: 'A callback with `code` and `state` was opened directly, and no request of this recording sent that state; or the authorization request itself was opened directly, and the client’s server does not take the answer.',
  why: 'A client only accepts an answer to a login that it started itself, in the same browser.',
  toldApart:
    'An answer that the authorization server brought in has a redirect or a page of that server before it; this one was opened from the address bar, a bookmark, a mail, another program, or by the site itself.',
  silentWhen: 'The answer came from another site: the login may have begun before the recording, or at the server.',
  references: [rfc(6749, '10.12'), rfc(9700, '4.7')],
  covers: ['in-app-browser-switch'],

  check(file) {
    const { request, response, world } = file
    if (!response || hasParam(response.parameters, 'error')) return notApplicable
    if (request) {
      const refused = refusalOfForeign(file)
      return refused ? fail(refused) : pass('the login that this answers was started in this browser')
    }
    const state = valueOf(file.answered('state'))
    if (state === undefined || !response.requested) return notApplicable
    const { exchange } = response
    const arrival = arrivalOf(exchange, world)
    const wentWrong = file.failurePoints.length > 0 || (redeemsElsewhere(file) && file.tokenCalls.length === 0)
    if (arrival !== 'direct' || !wentWrong) {
      return indeterminate('capture-started-late', 'Record from before the login starts, then log in again.')
    }
    const site = exchange.requestHeaders.state === 'present' ? 'sec-fetch-site' : undefined
    return fail({
      confidence: 'likely',
      cause:
        `${quote(response.deliveredTo)} was opened directly, with a code and the state ${quote(shorten(state, 40))}. ` +
        'No login of this browser sent that state, so the client has nothing to match it with and refuses it.',
      evidence: [
        parameterEvidence(response.parameters, 'state', { expected: 'a state that this browser sent' }),
        ...(site === undefined
          ? []
          : [
              exchangeEvidence(exchange, 'request.headers', {
                label: 'opened by',
                actual: 'no page of the authorization server',
                parameter: site,
              }),
            ]),
        statusEvidence(exchange),
      ],
      fix: {
        summary: `Start the login at ${hostOf(response.deliveredTo)} itself instead of opening a callback URL.`,
        steps: [
          'Do not bookmark, share or mail the URL of a callback; a code works once and only for the browser that asked for it.',
          'Where the login began in another browser, an app or a mail program, finish it there.',
          'On the callback page, send the user to the start of the login when the state is unknown, instead of showing an error.',
        ],
      },
      notObservable: ['Whether another browser or profile sent this state cannot be seen here.'],
    })
  },
})

/**
 * The first request of the login came from the address bar, a bookmark or another program, with a state that the client's
 * server never gave this browser: it sent no cookie to the callback.
 */
const refusalOfForeign = (file: CaseFile): Failure | undefined => {
  const [first] = file.attempt.requests
  const point = file.failurePoints.find(({ kind }) => kind === 'callback_error' || kind === 'client_error')
  const callback = callbackOf(file.attempt)
  if (!first || !point || !callback || file.attempt.starts.length > 0) return undefined
  const opened = valueOf(header(first.exchange.requestHeaders, 'sec-fetch-site')) === 'none'
  const isOfProgram = isLoopback(parseUrl(callback.url)?.hostname ?? '')
  const state = paramValue(first.parameters, 'state')
  if (!opened || isOfProgram || state === undefined || cookieNamesOf(callback).state !== 'absent') return undefined
  return {
    title: 'The login page was opened without the application',
    confidence: 'likely',
    cause:
      `${quote(withoutQuery(first.exchange.url))} was opened directly, from the address bar, a bookmark or another program, with the state ${quote(shorten(state, 40))} of an earlier login. ` +
      'The application had given this browser nothing to match the answer with, and refused it.',
    evidence: [
      exchangeEvidence(first.exchange, 'request.headers', {
        label: 'Sec-Fetch-Site',
        parameter: 'sec-fetch-site',
        actual: 'none',
        expected: 'a link or redirect of the application',
      }),
      statusEvidence(point.exchange),
    ],
    fix: {
      summary: `Start the login at ${hostOf(callback.url)} itself instead of opening the page of the authorization server.`,
      steps: [
        'Bookmark the application, not the page on which one signs in.',
        'On the callback page, send the user to the start of the login when the state is unknown, instead of showing an error.',
      ],
    },
    notObservable: ['What the application had stored for an earlier login.'],
  }
}

/** Other logins that were answered at the same URL redeemed their codes in the browser. */
const redeemsElsewhere = ({ attempt, attempts, response }: CaseFile): boolean =>
  attempts.some(
    (other) =>
      other !== attempt &&
      other.tokenCalls.length > 0 &&
      other.responses.some(({ deliveredTo }) => deliveredTo === response?.deliveredTo),
  )
