import { paramValue } from '../../../model/parameters'
import { originOf, withoutQuery } from '../../../model/url'
import type { Attempt } from '../../correlation/attempt'
import type { CaseFile } from '../../facts/case-file'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote } from '../shared/text'

export const upstreamCallbackPointsToApp = defineRule({
  id: 'upstream-callback-points-to-app',
  title: 'The second server answers the application instead of the first server',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'not_redeemed', 'loop', 'token_error'],
  what: 'A login at one server led to a login at another, and the `redirect_uri` of that second request lies at the application.',
  why: 'The first server has to get the code of the second. The application gets a code and a state that it knows nothing about.',
  toldApart:
    'Two logins that the application starts itself have the application before them, not another authorization server.',
  silentWhen: 'The first login was answered, or the second answers to the first server.',
  references: [rfc(6749, '3.1.2')],
  covers: ['upstream-callback-points-to-app'],

  check(file) {
    const { request, redirect_uri } = file
    const outer = outerOf(file)
    if (!request || !outer || redirect_uri === undefined) return notApplicable
    const broker = outer.requests[0]!.exchange
    const application = paramValue(outer.requests[0]!.parameters, 'redirect_uri')
    const toApplication =
      application !== undefined &&
      originOf(redirect_uri) === originOf(application) &&
      originOf(redirect_uri) !== originOf(broker.url)
    if (!toApplication || outer.responses.length > 0 || file.failurePoints.length === 0) {
      return pass('the second server answers to the first')
    }
    const [first, second] = [hostOf(broker.url), hostOf(request.exchange.url)]
    return fail({
      confidence: 'certain',
      cause: `${first} sent the user on to ${second}, with ${quote(`redirect_uri=${redirect_uri}`)}. That is the application; ${first} is waiting for the answer and never gets it.`,
      evidence: [
        parameterEvidence(request.parameters, 'redirect_uri', {
          actual: redirect_uri,
          expected: `the callback of ${first}`,
        }),
        parameterEvidence(outer.requests[0]!.parameters, 'redirect_uri'),
      ],
      fix: {
        summary: `In the connection from ${first} to ${second}, use the callback URL of ${first}, and register it at ${second}.`,
        steps: [
          `${first} shows that URL where the connection to ${second} is configured.`,
          `${quote(withoutQuery(redirect_uri))} belongs to the application’s own registration at ${first} only.`,
        ],
      },
    })
  },
})

/** The login of another client at another server, still unanswered, out of which this request came. */
const outerOf = ({ attempt, attempts, request, world }: CaseFile): Attempt | undefined => {
  if (!request) return undefined
  const { previousHop, initiator } = request.exchange
  const from = originOf((previousHop === undefined ? undefined : world.exchange(previousHop)?.url) ?? initiator ?? '')
  if (from === undefined) return undefined
  return attempts.findLast(
    (other) =>
      other !== attempt &&
      other.tabId === attempt.tabId &&
      other.startedAt <= request.at &&
      other.requests[0] !== undefined &&
      originOf(other.requests[0].exchange.url) === from &&
      originOf(other.requests[0].exchange.url) !== originOf(request.exchange.url) &&
      (other.responses[0]?.at ?? Number.POSITIVE_INFINITY) > request.at,
  )
}
