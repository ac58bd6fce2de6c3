import { header } from '../../../model/headers'
import { originOf } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { redeemedTwiceBefore } from '../shared/codes'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { type RefusedCall, challengeEvidence, refusedByApi, refusedCalls } from '../shared/presented-token'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const bearerMissing = defineRule({
  id: 'bearer-missing',
  title: 'The API call carried no access token',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: refusedByApi,
  what: 'Whether a refused API call had an Authorization header (or another place for its token), although the client held one.',
  why: 'Interceptors add the token to some hosts and paths only, and browsers drop the header when a call is redirected to another origin.',
  toldApart:
    'Only calls after a login, or beside calls that carried a token: before that, 401 is how an API asks for a login.',
  silentWhen:
    'Nobody was signed in yet, the call was a preflight, it was repeated with a token, or the client had redeemed its code twice and presents no token since.',
  references: [rfc(6750, '3'), rfc(9110, '11.6.1')],
  covers: ['bearer-missing'],

  check(file) {
    const calls = refusedCalls(file)
    if (calls.length === 0) return notApplicable
    const bare = calls.find(({ call }) => call.tokenIn === 'none')
    if (!bare) return pass('a token was sent')
    if (bare.call.token.state === 'unobserved') return indeterminate(bare.call.token.because)
    if (redeemedTwiceBefore(file, bare.call)) return pass('the client lost its tokens when it redeemed its code twice')
    return fail(failure(file, bare))
  },
})

const failure = (file: CaseFile, refused: RefusedCall): Failure => {
  const { exchange } = refused.call
  const before = exchange.previousHop === undefined ? undefined : file.world.exchange(exchange.previousHop)
  const dropped =
    before !== undefined &&
    header(before.requestHeaders, 'authorization').state === 'present' &&
    originOf(before.url) !== originOf(exchange.url)
  const metadata = refused.challenges.map(({ parameters }) => parameters['resource_metadata']).find(Boolean)
  // Without a challenge, only the status says that a token was wanted.
  const isTold = refused.challenges.length > 0 || refused.call.kind === 'userinfo_request'
  return {
    ...(dropped && { title: 'The access token was lost on a redirect to another origin' }),
    cause: dropped
      ? `${callText(before)} carried the token and was redirected to ${callText(exchange)}. Browsers drop the Authorization header on the way to another origin, and the API answered ${refused.point.status}.`
      : `${callText(exchange)} was sent without an Authorization header, although the client had been given an access token. The API answered ${refused.point.status}.`,
    evidence: [
      exchangeEvidence(exchange, 'request.headers', {
        label: 'Authorization',
        parameter: 'Authorization',
        actual: 'not in the request',
        expected: 'Bearer …',
      }),
      statusEvidence(exchange),
      ...challengeEvidence(refused),
    ],
    confidence: isTold ? 'certain' : 'likely',
    ...(!isTold && { depth: 'symptom' as const }),
    fix: dropped
      ? {
          summary: `Call ${quote(originOf(exchange.url) ?? exchange.url)} directly, without the redirect.`,
          steps: ['Often a slash at the end or http in place of https is what is redirected.'],
        }
      : {
          summary: 'Attach the access token: `Authorization: Bearer <token>`.',
          steps: [
            `Check the list of hosts or paths of your HTTP interceptor: ${quote(originOf(exchange.url) ?? exchange.url)} must be on it.`,
            'Check that the call is made after the login is finished, and by the client that has the interceptor.',
            ...(metadata ? [`The API says at ${quote(metadata)} which authorization server and scopes it wants.`] : []),
          ],
        },
  }
}
