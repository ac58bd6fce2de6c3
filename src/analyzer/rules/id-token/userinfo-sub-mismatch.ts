import { stringClaim } from '../../../model/jwt'
import { valueOf } from '../../../model/observed'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'

export const userinfoSubMismatch = defineRule({
  id: 'userinfo-sub-mismatch',
  title: 'Userinfo is about another user than the ID token',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error'],
  clientMustReject: true,
  what: 'The `sub` of the userinfo answer differs from the `sub` of the ID token of the same login.',
  why: 'The answer must not be used then: the access token may be of another login, and the page would mix up two users.',
  toldApart: 'A server that gives each client other subjects (pairwise) still gives one client one subject.',
  silentWhen: 'One of the two was not seen.',
  references: [oidcCore('5.3.2', 'UserInfoResponse')],
  covers: ['userinfo-sub-mismatch'],

  check({ attempt, idTokens }) {
    const answer = attempt.apiCalls.find(
      ({ kind, response }) => kind === 'userinfo_request' && (valueOf(response.status) ?? 0) < 300,
    )
    if (!answer) return notApplicable
    const token = idTokens.at(-1)
    if (!token) return notApplicable
    if (answer.response.json.state === 'unobserved') return indeterminate(answer.response.json.because)
    const told = valueOf(answer.response.json)?.['sub']
    const expected = stringClaim(token.jwt, 'sub')
    if (typeof told !== 'string' || expected === undefined) return notApplicable
    if (idTokens.some(({ jwt }) => stringClaim(jwt, 'sub') === told))
      return pass('userinfo is about the user of the ID token')
    return fail({
      confidence: 'certain',
      cause:
        'The ID token and the userinfo answer of this login name different subjects (`sub`), so they are about different users.',
      evidence: [
        exchangeEvidence(answer.exchange, 'response.body', {
          label: 'sub of userinfo',
          parameter: 'sub',
          actual: told,
          expected,
        }),
        {
          label: 'sub of the ID token',
          where: { exchangeId: token.exchangeId, part: 'id_token.claims', parameter: 'sub' },
          actual: expected,
        },
      ],
      fix: {
        summary: 'Call userinfo with the access token that came with this ID token.',
        steps: [
          'Look for a token of an earlier user that is still in a cache or storage after a logout.',
          'If the tokens belong together, the server maps `sub` differently at its two endpoints.',
        ],
      },
    })
  },
})
