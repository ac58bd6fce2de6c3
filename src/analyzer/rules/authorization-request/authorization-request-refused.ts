import { withoutQuery } from '../../../model/url'
import { rejectionOf, speaksOfClient, speaksOfOtherParameter, speaksOfRedirectUri } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { cite, duration, quote, shorten } from '../shared/text'

export const authorizationRequestRefused = defineRule({
  id: 'authorization-request-refused',
  title: 'The authorization server showed an error page',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['authorization_page'],
  what: 'The way to the login ended on a page of the authorization server with an error, and the browser was not sent back.',
  why: 'The application never hears of such an error; its reason stands on the page and in the server’s log only.',
  toldApart: 'Every other rule for such pages looks deeper; this one speaks when none of them could tell.',
  silentWhen: 'The server sent the browser back, with a code or with an error.',
  references: [rfc(6749, '4.1.2.1'), rfc(9110, '15')],
  covers: ['idp-error-page-no-redirect'],

  check(file) {
    const rejection = rejectionOf(file)
    if (rejection?.by !== 'page') return file.response ? pass() : notApplicable
    const { point, text, atOnce, parameters, error } = rejection
    const { status } = point
    const broken = (status ?? 0) >= 500 && status !== 501
    const said = text.state === 'present' && text.value !== '' ? text.value : undefined
    const isOfRequest = said !== undefined && speaksOfRequest(said)
    const isAfterSignIn = file.attempt.interactions.some(({ exchange }) => exchange.method === 'POST')
    const mayBeTheUser = isAfterSignIn && (status === 401 || status === 403)
    const isAtOnce = atOnce && !mayBeTheUser && !broken && status !== 404 && status !== 405
    const isMissing =
      (status === 404 || status === 405) &&
      error === undefined &&
      !isOfRequest &&
      !speaksOfClient(said ?? '') &&
      !speaksOfRedirectUri(said ?? '')
    const taken = isAtOnce ? file.request?.pushed : undefined
    const words = said === undefined ? '' : ` The page says: “${shorten(said, 200)}”`
    const answer = status === undefined || status < 400 ? 'with an error page' : `with status ${status}`
    return fail({
      title: broken
        ? 'The authorization server failed'
        : isMissing
          ? 'There is no authorization endpoint at this URL'
          : atOnce && !mayBeTheUser
            ? 'The authorization server refused the request'
            : 'The authorization server stopped the login with an error page',
      owner: broken ? 'authorization_server' : 'client',
      confidence: 'likely',
      cause:
        `The authorization server answered ${answer}${error === undefined ? '' : ` (${quote(error)})`} and did not send the browser back to the application.${words}` +
        (mayBeTheUser ? ' It did so after a sign-in, so it may depend on who signed in.' : '') +
        (taken
          ? ` It had taken the same parameters ${duration(point.at - taken.at)} before, when they were pushed, so client_id and redirect_uri are not what it objects to.${said === undefined ? ' What is left is the request_uri (used, expired, or unknown to the instance of the server that answered), or the way the browser came.' : ''}`
          : isAtOnce && !isOfRequest
            ? ` It answered the request itself${file.attempt.interactions.length > 0 ? '' : ', before any login page'}: that is what servers do when the client_id is unknown or the redirect_uri is not registered.`
            : ''),
      evidence: [
        statusEvidence(point.exchange),
        parameterEvidence(parameters, 'redirect_uri'),
        parameterEvidence(parameters, 'client_id'),
      ],
      fix: broken
        ? {
            summary: 'Look at the authorization server’s log at the time of this request.',
            steps: ['Try again: if it works then, the server was unavailable for a moment.'],
          }
        : isMissing
          ? {
              summary: `Correct the URL of the authorization endpoint: ${quote(withoutQuery(point.exchange.url))} is no page of the server.`,
              steps: [
                'The server’s metadata names it: `authorization_endpoint` at `/.well-known/openid-configuration` (or `oauth-authorization-server`) of the issuer.',
                'Check prefix, tenant, realm or policy in the path, and whether a proxy in front of the server passes this path on.',
              ],
            }
          : {
              summary:
                said === undefined
                  ? taken
                    ? 'Read the error page: the server took the parameters themselves when they were pushed.'
                    : 'Read the error page, and compare client_id and redirect_uri with the registration of the client.'
                  : `Change what the page objects to: ${cite(shorten(said, 120))}.${isOfRequest || taken ? '' : ' Where it names nothing, compare client_id and redirect_uri with the registration of the client.'}`,
              steps: [
                ...(text.state === 'unobserved'
                  ? ['Open DevTools with Preserve log and log in again, so that the page’s text is recorded.']
                  : []),
                ...(taken
                  ? ['Push a new request for each login; instances of the server have to share what was pushed.']
                  : [
                      'Compare redirect_uri character by character with the values registered for this client.',
                      'Check that the client_id exists at this server, in this tenant or realm.',
                    ]),
                'Look at the authorization server’s log at the time of this request.',
              ],
            },
      ...(mayBeTheUser && {
        candidates: [
          {
            rule: 'policy-denied',
            title: 'This user may not use the client',
            check: 'Log in as another user; look at assignment, groups and roles in the server’s settings.',
          },
        ],
      }),
      ...(text.state === 'unobserved' && {
        notObservable: ['The text of the error page was not visible: bodies can only be read while DevTools is open.'],
      }),
    })
  },
})

/** Words about another part of the request than the two that every server looks at first. */
const speaksOfRequest = (text: string): boolean =>
  (speaksOfOtherParameter(text) || /\bpkce\b/i.test(text)) && !speaksOfRedirectUri(text) && !speaksOfClient(text)
