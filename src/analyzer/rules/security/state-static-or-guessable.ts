import { valueOf } from '../../../model/observed'
import { param } from '../../../model/parameters'
import type { Attempt } from '../../correlation/attempt'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'

/** Characters below which a value is guessed in no time, whatever it is made of. */
const SHORT = 8

export const stateStaticOrGuessable = defineRule({
  id: 'state-static-or-guessable',
  title: 'The state can be guessed',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'Two different logins carry the same `state`, or it is shorter than eight characters.',
  why: 'A state that others know does not protect against answers that others began.',
  toldApart:
    'The same request sent again (reload, back button, a page of the server that is answered twice) repeats its state rightly: it has the same URL, or nonce and code_challenge are the same, too.',
  silentWhen: 'There is no state, or PKCE and nonce differ with each login and the state is long enough.',
  references: [rfc(6749, '10.10'), rfc(6749, '10.12')],
  covers: ['state-static-or-guessable'],

  check({ request, attempt, attempts, world }) {
    const state = request && valueOf(param(request.parameters, 'state'))
    if (!request || state === undefined) return notApplicable
    const key = (name: string, of: typeof request) => valueOf(param(of.parameters, name))
    const again = attempts
      .filter((other) => other !== attempt && other.startedAt < attempt.startedAt && !isSameRequest(other, attempt))
      .flatMap(({ requests }) => requests)
      .find(
        (other) =>
          key('state', other) === state &&
          key('client_id', other) === key('client_id', request) &&
          ['nonce', 'code_challenge'].every(
            (name) => key(name, other) === undefined || key(name, other) !== key(name, request),
          ),
      )
    const length = world.values.lengthOf(state)
    if (!again && length >= SHORT) return pass()
    return fail({
      ...(again && { title: 'Two logins have the same state' }),
      confidence: 'certain',
      cause: again
        ? 'Two different logins of this client carry the same `state`, so it is no secret of one login.'
        : `The \`state\` has ${length} characters, which can be tried out.`,
      evidence: [
        parameterEvidence(request.parameters, 'state', { expected: 'a fresh random value of 16 bytes or more' }),
        ...(again ? [parameterEvidence(again.parameters, 'state', { label: 'state of an earlier login' })] : []),
      ],
      fix: {
        summary: 'Make a fresh random `state` of at least 16 bytes for each login (crypto.getRandomValues).',
        steps: ['Keep return URLs and other data at the client under that value, not in it.'],
      },
    })
  },
})

/** A page of the server may repeat the request with a parameter of its own. */
const isSameRequest = (a: Attempt, b: Attempt): boolean =>
  a.requests.some((one) => b.requests.some((other) => one.exchange.url === other.exchange.url))
