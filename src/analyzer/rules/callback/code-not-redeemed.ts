import type { Candidate } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import type { AuthorizationResponse } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import { originOf, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { isolates } from '../../facts/popup-window'
import { transportKindOf } from '../../facts/transport'
import { type Failure, defineRule, fail, notApplicable } from '../rule'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration, quote } from '../shared/text'

export const codeNotRedeemed = defineRule({
  id: 'code-not-redeemed',
  title: 'The page never redeemed its code',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['not_redeemed'],
  what: 'A code was delivered to a page that redeems codes itself, and no token request followed.',
  why: 'The login stopped inside the page: its callback code did not run, or refused the answer before it sent anything.',
  toldApart:
    'An altered or missing state, a router that removed the parameters and a swallowed callback have rules of their own.',
  silentWhen: 'Nothing shows that this client redeems codes in the browser; fifteen seconds have not passed yet.',
  references: [rfc(6749, '4.1.3')],
  covers: ['silent-callback-loads-full-app'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'not_redeemed')
    const { response } = file
    if (!point || !response) return notApplicable
    const framed = response.exchange.parentFrameId >= 0
    const delivered = `The code was delivered to ${quote(response.deliveredTo)}${framed ? ' in a hidden frame' : ''}`
    const left = leftBusy(file, response)
    if (left) return fail(leftFailure(delivered, response, left))
    const failuresLeftOut = file.world.events.some(
      (event) => event.type === 'capture.gap' && event.because === 'failures-left-out',
    )
    return fail({
      confidence: 'likely',
      ...(failuresLeftOut && { title: 'The page got no tokens for its code' }),
      cause: failuresLeftOut
        ? `${delivered}, and no token request is in this file. Who wrote it leaves out requests that got no answer: either the token request failed (CORS, network), or the page stopped before it.`
        : `${delivered}, and no token request followed. ` +
          'The state and the parameters arrived as they should, so the page itself stopped.',
      evidence: [
        parameterEvidence(response.parameters, 'code', { actual: 'delivered' }),
        statusEvidence(response.exchange),
      ],
      fix: {
        summary: `Look into the console of the page at ${quote(response.deliveredTo)}: the library says there why it stopped.`,
        steps: [
          ...(failuresLeftOut
            ? [
                '“blocked by CORS policy” or “Load failed” there: the token endpoint must be reachable and allow the page’s origin.',
              ]
            : []),
          'Check that the code for the callback runs on this route, before a router or guard redirects.',
          `Check that the library looks for the answer in the ${response.mode === 'fragment' ? 'fragment' : 'query'} of the URL: it came there.`,
          'Check that state and verifier were stored under this very origin, and in a storage that survives the redirect.',
          ...(framed
            ? [
                'In a hidden frame a small page of its own should take the answer; the whole application starting there is slow and starts logins of its own.',
              ]
            : ['A script error earlier on the page stops it as well.']),
        ],
      },
      candidates: [...severedPopup(file, response), ...otherTab(file, response)],
      notObservable: ['The console and the storage of the page.'],
    })
  },
})

interface Left {
  readonly call: HttpExchange
  readonly next: HttpExchange
}

/** Milliseconds that may lie between the end of a call and the request for the page that ended it. */
const AT_ONCE = 1000

/** The page went elsewhere while it read what it needs of the server to redeem the code: the browser cancels that call. */
const leftBusy = ({ attempt, world }: CaseFile, { exchange: callback }: AuthorizationResponse): Left | undefined => {
  const next = world.exchanges.find(
    ({ resourceType, tabId, startedAt, previousHop }) =>
      resourceType === 'main_frame' &&
      tabId === callback.tabId &&
      startedAt > callback.startedAt &&
      previousHop !== callback.id,
  )
  const call = attempt.documents
    .map(({ exchange }) => exchange)
    .find(
      ({ startedAt, endedAt = startedAt, error }) =>
        next !== undefined &&
        startedAt >= callback.startedAt &&
        startedAt <= next.startedAt &&
        next.startedAt - endedAt <= AT_ONCE &&
        error !== undefined &&
        transportKindOf(error) === 'cancelled',
    )
  return next && call && { call, next }
}

const leftFailure = (delivered: string, response: AuthorizationResponse, { call, next }: Left): Failure => ({
  confidence: 'likely',
  depth: 'statement',
  title: 'The page was left before it had redeemed its code',
  cause: `${delivered}. While that page was waiting for ${quote(withoutQuery(call.url))}, ${quote(withoutQuery(next.url))} took its place: the call was cancelled, and no token request followed.`,
  evidence: [
    parameterEvidence(response.parameters, 'code', { actual: 'delivered' }),
    statusEvidence(call, 'call'),
    exchangeEvidence(next, 'timing', {
      label: 'next page',
      actual: `${duration(next.startedAt - response.at)} after the code`,
    }),
  ],
  fix: {
    summary: `Let nothing lead away from ${quote(response.deliveredTo)} until the code has been redeemed.`,
    steps: ['Look for a timer, a guard or a router that goes to another page without waiting for the login.'],
  },
  notObservable: ['Whether the page or the user went on.'],
})

/** Files tell of no windows: a page that isolates itself, and a callback that is another page, may be opener and popup. */
const severedPopup = ({ attempt, world }: CaseFile, { deliveredTo }: AuthorizationResponse): readonly Candidate[] => {
  const page = world.events.some(({ type }) => type === 'tab.opened')
    ? undefined
    : world.exchanges.find(
        (exchange) =>
          exchange.resourceType === 'main_frame' &&
          exchange.startedAt < attempt.startedAt &&
          originOf(exchange.url) === originOf(deliveredTo) &&
          withoutQuery(exchange.url) !== deliveredTo &&
          isolates(exchange),
      )
  if (!page) return []
  return [
    {
      rule: 'coop-severs-popup',
      title: 'The popup was cut off from the page that opened it',
      check: `If the login ran in a popup: ${quote(withoutQuery(page.url))} sends Cross-Origin-Opener-Policy, which has to be same-origin-allow-popups then.`,
    },
  ]
}

/** What tabs share (localStorage) holds the state and verifier of the login that began last. */
const otherTab = (file: CaseFile, response: AuthorizationResponse): readonly Candidate[] => {
  const began = file.attempts.some(
    (other) =>
      other !== file.attempt &&
      other.startedAt > file.attempt.startedAt &&
      other.startedAt < response.at &&
      other.requests.some(
        ({ sent }) => file.client_id !== undefined && paramValue(sent, 'client_id') === file.client_id,
      ),
  )
  if (!began) return []
  return [
    {
      rule: 'state-mismatch',
      title: 'Another login of this client, begun in between, took the place of its state and verifier',
      check:
        'Log in with one tab open. If that works, store them by state, or in sessionStorage, which tabs do not share.',
    },
  ]
}
