import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { withoutQuery } from '../../../model/url'
import { storedIn } from '../../facts/stored-answer'

export const authRedirectCached = defineRule({
  id: 'auth-redirect-cached',
  title: 'The start of the login came from the cache',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'not_signed_in', 'loop', 'token_error'],
  what: 'The client’s redirect to the authorization server was answered from a cache: the browser’s own, or one in front of the server (`Age`).',
  why: 'The redirect carries the state of an earlier login, and the server set no new cookie: it does not know this login.',
  toldApart: 'A cookie that was set and got lost is another fault; here the server was not even asked.',
  silentWhen: 'The redirect came from the network, or the login went well.',
  references: [rfc(9111, '3')],
  covers: ['auth-redirect-cached'],

  check(file) {
    const { attempt, failurePoints } = file
    const start = attempt.starts.at(-1)?.exchange
    if (!start) return notApplicable
    const failed = failurePoints.some(({ kind }) =>
      ['callback_error', 'client_error', 'not_signed_in', 'loop', 'token_error'].includes(kind),
    )
    const cache = storedIn(start)
    if (!cache || !failed) return pass('the start of the login came from the server')
    const isShared = cache === 'shared'
    return fail({
      // What the server objects to is not seen; a login of somebody else is not what every client looks for.
      confidence: isShared ? 'likely' : 'certain',
      cause: `The redirect of ${quote(withoutQuery(start.url))} to the authorization server came from ${isShared ? 'a cache in front of the server' : 'the browser’s cache'}, with the state of an earlier login${isShared ? ', of this user or of another one,' : ''} in it. The client’s server was not asked and does not know this state.`,
      evidence: [
        exchangeEvidence(start, 'response.headers', {
          label: 'answered by',
          ...(isShared && { parameter: 'Age' }),
          actual: isShared ? 'a cache in front of the server' : 'cache',
          expected: 'the server',
        }),
        ...(file.request ? [parameterEvidence(file.request.parameters, 'state')] : []),
      ],
      fix: {
        summary: `Answer ${quote(withoutQuery(start.url))} with ${quote('Cache-Control: no-store')}.`,
        steps: [
          'Use 302 or 303 for it: browsers keep a 301 or 308 for a long time.',
          'Exclude the path in caches and CDNs in front of the application; clear the browser’s cache once.',
        ],
      },
    })
  },
})
