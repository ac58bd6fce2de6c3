import { exchangeEvidence } from '../shared/evidence'
import { callText } from '../shared/endpoint'
import { link } from '../shared/references'
import { duration } from '../shared/text'
import { withoutQuery } from '../../../model/url'
import { paramValue } from '../../../model/parameters'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Milliseconds: faster than anybody clicks. */
const AT_ONCE = 2000

export const logoutThenAutoLogin = defineRule({
  id: 'logout-then-auto-login',
  title: 'A new login starts as soon as the logout is done',
  category: 'conformance',
  severity: 'warning',
  owner: 'client',
  depth: 'symptom',
  explains: [],
  what: 'The time between the return from a logout and the next interactive authorization request of the tab.',
  why: 'The page one returns to needs a login, so it starts one; with a session left at another provider the user is signed in again at once.',
  toldApart: 'Silent checks (`prompt=none`) do not count.',
  silentWhen: 'The next login begins more than two seconds later.',
  references: [
    link(
      'OpenID Connect RP-Initiated Logout section 3',
      'https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RedirectionAfterLogout',
    ),
  ],
  covers: ['logout-then-auto-login'],

  check({ attempt, attempts }) {
    const back = attempt.logoutResponses.at(-1)
    if (!back) return notApplicable
    const next = attempts
      .filter(({ tabId }) => tabId === attempt.tabId)
      .flatMap(({ requests }) => requests)
      .find(
        (request) =>
          request.at >= back.at &&
          request.at - back.at <= AT_ONCE &&
          paramValue(request.parameters, 'prompt') !== 'none',
      )
    if (!next) return pass()
    return fail({
      cause: `The logout came back to \`${withoutQuery(back.exchange.url)}\`, and ${duration(next.at - back.at)} later the page started a new login at ${callText(next.exchange)}.`,
      evidence: [
        exchangeEvidence(back.exchange, 'request.url', {
          label: 'came back to',
          actual: withoutQuery(back.exchange.url),
        }),
        exchangeEvidence(next.exchange, 'timing', {
          label: 'next login',
          actual: `${duration(next.at - back.at)} later`,
        }),
      ],
      confidence: 'certain',
      fix: { summary: 'Return from the logout to a page that needs no login.', steps: [] },
    })
  },
})
