import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import type { HttpExchange } from '../../../model/exchange'
import { parseUrl, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'

/** No such path, no such method, gone. */
export const missingStatuses: ReadonlySet<number> = new Set([404, 405, 410])

export const callbackNotFound = defineRule({
  id: 'callback-not-found',
  title: 'The client has no route for its callback',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['callback_error'],
  what: 'The status of the callback: 404 or 410 for its path, 405 for its method.',
  why: 'The authorization server sent the user exactly where it was told to, and nobody was there.',
  toldApart:
    'Other statuses come from a route that exists. A login that was answered elsewhere and worked shows the right path.',
  silentWhen: 'The page behind the 404 redeemed the code all the same, as single-page apps on static hosts do.',
  references: [rfc(6749, '3.1.2')],
  covers: ['callback-404-or-405'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'callback_error')
    if (!point) return notApplicable
    return missingStatuses.has(point.status ?? 0)
      ? fail(failure(file, point))
      : pass(`the callback answered ${point.status ?? 'something else'}, so it has a route`)
  },
})

const failure = (file: CaseFile, { exchange, status, message }: FailurePoint): Failure => {
  const path = parseUrl(exchange.url)?.pathname ?? exchange.url
  const asked = valueOf(file.asked('redirect_uri'))
  if (message.kind === 'code_handover') return missingReceiver(exchange, path, status)
  const isCallback = message.kind === 'authorization_response'
  const good = goodCallback(file)
  const base = {
    confidence: 'certain' as const,
    evidence: [
      statusEvidence(exchange),
      exchangeEvidence(exchange, 'request.url', {
        label: isCallback ? 'callback' : 'after the callback',
        actual: withoutQuery(exchange.url),
        ...(good !== undefined && { expected: good }),
      }),
    ] as const,
  }
  if (status === 405) {
    return {
      ...base,
      title: `The callback does not take ${exchange.method}`,
      cause: `${hostOf(exchange.url)} answered 405 to ${quote(`${exchange.method} ${path}`)}: the route exists, but not for this method.`,
      fix:
        exchange.method === 'POST'
          ? {
              summary: `Let ${quote(path)} take POST with a form body, or ask for ${quote('response_mode=query')}.`,
              steps: [
                'The answer came as a form post, because the request asked for it (`response_mode`) or the server does so by default.',
              ],
            }
          : {
              summary: `Let ${quote(path)} take ${exchange.method}.`,
              steps: ['Without `response_mode=form_post` the answer comes as a GET.'],
            },
    }
  }
  const difference = good === undefined ? undefined : urlDifference(withoutQuery(exchange.url), good)
  return {
    ...base,
    ...(!isCallback && { title: 'The client redirected from its callback to a page that does not exist' }),
    cause:
      `The answer was delivered to ${quote(withoutQuery(exchange.url))}, and ${hostOf(exchange.url)} answered ${status}.` +
      (good === undefined || difference === undefined
        ? ''
        : ` An earlier login that worked was answered at ${quote(good)}; they differ in ${difference}.`),
    fix: isCallback
      ? {
          summary:
            good === undefined
              ? `Serve ${quote(path)}, or send and register the ${quote('redirect_uri')} that the application really serves.`
              : `Send ${quote(good)} as ${quote('redirect_uri')}, or serve ${quote(path)}.`,
          steps: [
            ...(file.isBrowserClient === false
              ? [
                  'Compare the path with the one of the login library: a base path or a proxy prefix is easily lost or doubled.',
                ]
              : [
                  'A static host needs a fallback: it must answer this path with the application’s index page.',
                  'Where a server handles the callback: compare the path with that of its login library, base path and proxy prefix included.',
                ]),
            ...(asked === undefined
              ? []
              : [
                  `The request asked for ${quote(asked)}; whatever you choose must be registered at the authorization server, too.`,
                ]),
          ],
        }
      : {
          summary: `Redirect from the callback to a page that exists instead of ${quote(path)}.`,
          steps: ['Look at the setting for the URL after login, or at the return URL kept with the login.'],
        },
  }
}

/** The page hands its code to an address that the client's server does not serve. */
const missingReceiver = (exchange: HttpExchange, path: string, status: number | undefined): Failure => ({
  title: 'Nobody takes the code that the page hands over',
  confidence: 'certain',
  cause: `The page sent its code to ${quote(`${exchange.method} ${withoutQuery(exchange.url)}`)}, and ${hostOf(exchange.url)} answered ${status}.`,
  evidence: [
    statusEvidence(exchange),
    exchangeEvidence(exchange, 'request.url', {
      label: 'receiver of the code',
      actual: withoutQuery(exchange.url),
    }),
  ],
  fix: {
    summary: `Serve ${quote(path)} for ${exchange.method}, or send the code where the server takes it.`,
    steps: [
      'Compare path and method with the route of the server, base path and proxy prefix included.',
      'In development: check that the proxy of the development server forwards this path.',
    ],
  },
})

/** Where another login of the same client was answered without an error. */
const goodCallback = ({ attempts, attempt, client_id }: CaseFile): string | undefined =>
  attempts
    .filter(
      (other) =>
        other !== attempt &&
        other.requests[0] !== undefined &&
        client_id !== undefined &&
        paramValue(other.requests[0].sent, 'client_id') === client_id,
    )
    .flatMap(({ responses }) => responses)
    .findLast(({ requested, exchange }) => requested && (valueOf(exchange.status) ?? 500) < 400)?.deliveredTo
