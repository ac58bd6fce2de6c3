import { readJwt, stringClaim } from '../../../model/jwt'
import type { TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { paramValue, paramValues } from '../../../model/parameters'
import { originOf } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { isOk, isUsable } from '../../facts/failure-points'
import { bearerOf } from '../../recognition/api-call'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { type RefusedCall, challengeEvidence, refusedByApi, refusedCalls } from '../shared/presented-token'
import { rfc } from '../shared/references'
import { duration, hostOf } from '../shared/text'

export const accessTokenFromBeforeLogin = defineRule({
  id: 'access-token-from-before-login',
  title: 'The API call carries a token from before this login',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: refusedByApi,
  what: 'The token of a refused API call, and the tokens that the page was given for this API before the call.',
  why: 'A page that reads its token from storage finds the one of an earlier login, or of another deployment, when the new one was stored elsewhere or not yet.',
  toldApart:
    'The login gave a token for this very API, and the call carries another one, which nothing in the recording issued and the API did not take before.',
  silentWhen:
    'The token of the login was not seen, is for something else, or the token of the call stands in any answer of this recording.',
  references: [rfc(6750, '2'), rfc(6750, '3.1')],
  covers: [],

  check(file) {
    const calls = refusedCalls(file).filter(({ token, point }) => token !== undefined && isAboutToken(point))
    if (calls.length === 0) return notApplicable
    const found = calls.flatMap((call) => {
      const issued = issuedBefore(file, call)
      return issued ? [{ call, issued }] : []
    })[0]
    if (!found) return pass('no other token of this API was given to the page before')
    const { call, issued } = found
    const { exchange } = call.call
    const before = duration(call.call.at - (issued.exchange.endedAt ?? issued.at))
    return fail({
      confidence: 'likely',
      cause:
        `The page was given an access token for ${hostOf(exchange.url)} ${before} before, and ${callText(exchange)} carries another one, which nothing in this recording issued. ` +
        `The API answered ${call.point.status}: it is most likely the token of an earlier login that was still in the page’s storage.`,
      evidence: [
        exchangeEvidence(exchange, 'request.headers', {
          label: 'Authorization',
          parameter: 'Authorization',
          actual: 'another token',
          expected: 'the token of this login',
        }),
        exchangeEvidence(issued.exchange, 'response.body', {
          label: 'access_token',
          parameter: 'access_token',
          actual: 'issued, and not sent with this call',
        }),
        statusEvidence(exchange),
        ...challengeEvidence(call),
      ],
      fix: {
        summary: 'Send the access token that this login gave, and overwrite the stored one with it.',
        steps: [
          'Look where the token of this call is read from (localStorage, sessionStorage, a cookie, a store that was filled at start), and where the token answer is written to.',
          'Wait for the token answer before the first call, and throw stored tokens away when a login begins.',
          'Clear the storage of this site once to see that the old token was the reason.',
        ],
      },
    })
  },
})

const isAboutToken = ({ status, error }: RefusedCall['point']): boolean => status === 401 || error === 'invalid_token'

/** The token answer of a login of this tab that gave a token for this API, other than the one that was sent. */
const issuedBefore = (file: CaseFile, { call, token, jwt, issuedBy }: RefusedCall): TokenRequest | undefined => {
  if (issuedBy || token === undefined || mayBeKnown(file, call, token)) return undefined
  const { tabOf } = file.world
  const answers = file.attempts
    .filter((attempt) => attempt.tabId === tabOf(call.exchange))
    .flatMap((attempt) => attempt.tokenCalls.map((answer) => ({ answer, request: attempt.requests.at(-1) })))
    // Files begin their exchanges at whole milliseconds and end them at fractions.
    .filter(({ answer }) => isUsable(answer) && Math.floor(answer.exchange.endedAt ?? answer.at) <= call.at)
  return answers.findLast(({ answer, request }) => {
    const given = paramValue(answer.response.parameters, 'access_token')
    if (given === undefined) return false
    const readable = readJwt(given)
    const isSameIssuer =
      jwt &&
      readable &&
      stringClaim(jwt, 'iss') !== undefined &&
      stringClaim(jwt, 'iss') === stringClaim(readable, 'iss')
    const resources = [answer.parameters, answer.response.parameters, ...(request ? [request.parameters] : [])].flatMap(
      (parameters) => ['resource', 'audience'].flatMap((name) => paramValues(parameters, name)),
    )
    const api = originOf(call.exchange.url)
    return isSameIssuer || [...resources, answer.exchange.url].some((url) => originOf(url) === api)
  })?.answer
}

/** Some answer of the recording has it, or one that was not read may have it, or an API took it: it is not from before. */
const mayBeKnown = ({ world }: CaseFile, { at }: RefusedCall['call'], token: string): boolean =>
  world.exchanges.some((exchange) => {
    const { responseBody, resourceType, isPreflight, startedAt } = exchange
    // What stands in a page was there before the page began to log in, or is its script.
    if (resourceType !== 'xmlhttprequest') return false
    const body = valueOf(responseBody)
    if (body) return body.kind === 'text' && body.text.includes(token)
    return responseBody.state === 'unobserved' && !isPreflight && isOk(exchange) && startedAt < at
  }) ||
  world.messages.some(
    (message) =>
      (message.kind === 'api_call' || message.kind === 'userinfo_request') &&
      isOk(message.exchange) &&
      valueOf(bearerOf(message)) === token,
  )
