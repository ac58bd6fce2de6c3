import type { Candidate, Fix } from '../../../model/analysis'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { hostOf } from '../shared/endpoint'
import { type ErrorPage, errorPageOf, speaksOfOtherPart } from '../shared/error-page'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { cite, duration, fromFirstSentence, quote, shorten } from '../shared/text'

export const authorizationRequestRefused = defineRule({
  id: 'authorization-request-refused',
  title: 'The authorization server refused the request',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['authorization_page'],
  what: 'The authorization server answered the request itself with an error page, and the browser was not sent back.',
  why: 'The application never hears of such an error; its reason stands on the page and in the server’s log only.',
  toldApart: 'Every other rule for such pages looks deeper; this one speaks when none of them could tell.',
  silentWhen: 'The server sent the browser back, or showed its own pages first without an OAuth error.',
  references: [rfc(6749, '4.1.2.1'), rfc(9110, '15')],
  covers: ['idp-error-page-no-redirect'],

  check(file) {
    const page = errorPageOf(file)
    if (!page) return file.response ? pass() : notApplicable
    if (page.failed !== 'request') return pass()
    const { point, error, said, text, atOnce } = page
    const { status } = point
    const isSignedIn = file.attempt.interactions.some(({ exchange }) => exchange.method === 'POST')
    const mayBeTheUser = isSignedIn && (status === 401 || status === 403)
    const taken = atOnce && !mayBeTheUser ? file.request?.pushed : undefined
    const answer = status === undefined || status < 400 ? 'with an error page' : `with status ${status}`
    const more = mayBeTheUser
      ? ' It did so after a sign-in, so it may depend on who signed in.'
      : taken
        ? ` It had taken the same parameters ${duration(point.at - taken.at)} before, when they were pushed, so client_id and redirect_uri are not what it objects to.${said === undefined ? ' What is left is the request_uri (used, expired, or unknown to the instance of the server that answered), or the way the browser came.' : ''}`
        : atOnce && !speaksOfOtherPart(said ?? '')
          ? ` It answered the request itself${isSignedIn ? '' : ', before any login page'}: that is what servers do when the client_id is unknown or the redirect_uri is not registered.`
          : ''
    const candidates = [
      ...(mayBeTheUser ? [otherUser] : []),
      ...(isSilent(page) ? [notItsHost(point.exchange.url)] : []),
    ]
    return fail({
      confidence: 'likely',
      cause: `The authorization server answered ${answer}${error === undefined ? '' : ` (${quote(error)})`} and did not send the browser back to the application.${said === undefined ? '' : ` The page says: ${cite(shorten(fromFirstSentence(said), 200))}.`}${more}`,
      evidence: [
        statusEvidence(point.exchange),
        parameterEvidence(page.parameters, 'redirect_uri'),
        parameterEvidence(page.parameters, 'client_id'),
      ],
      fix: taken ? pushedFix(page) : requestFix(page),
      candidates,
      ...(text.state === 'unobserved' && {
        notObservable: ['The text of the error page was not visible: bodies can only be read while DevTools is open.'],
      }),
    })
  },
})

const otherUser: Candidate = {
  rule: 'policy-denied',
  title: 'This user may not use the client',
  check: 'Log in as another user; look at assignment, groups and roles in the server’s settings.',
}

/** The page was read, and says no more than its status. */
const isSilent = ({ said, text, error }: ErrorPage): boolean =>
  error === undefined && said === undefined && text.state === 'present' && text.value !== ''

const notItsHost = (url: string): Candidate => ({
  rule: 'answered-by-gateway',
  title: 'The server, or what stands in front of it, refuses every request at this host name',
  check: `Open another page at ${quote(hostOf(url))}: where that gets the same answer, the server does not know this host name, or the proxy does not pass the right one on.`,
})

const readThePage = 'Open DevTools with Preserve log and log in again, so that the page’s text is recorded.'
const readTheLog = 'Look at the authorization server’s log at the time of this request.'

const objection = (said: string) => `Change what the page objects to: ${cite(shorten(fromFirstSentence(said), 120))}.`

const pushedFix = ({ said, text }: ErrorPage): Fix => ({
  summary:
    said === undefined
      ? 'Read the error page: the server took the parameters themselves when they were pushed.'
      : objection(said),
  steps: [
    ...(text.state === 'unobserved' ? [readThePage] : []),
    'Push a new request for each login; instances of the server have to share what was pushed.',
    readTheLog,
  ],
})

const requestFix = ({ said, text }: ErrorPage): Fix => ({
  summary:
    said === undefined
      ? 'Read the error page, and compare client_id and redirect_uri with the registration of the client.'
      : `${objection(said)}${speaksOfOtherPart(said) ? '' : ' Where it names nothing, compare client_id and redirect_uri with the registration of the client.'}`,
  steps: [
    ...(text.state === 'unobserved' ? [readThePage] : []),
    'Compare redirect_uri character by character with the values registered for this client.',
    'Check that the client_id exists at this server, in this tenant or realm.',
    readTheLog,
  ],
})
