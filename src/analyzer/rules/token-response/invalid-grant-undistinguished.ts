import type { Candidate } from '../../../model/analysis'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { speaksOfPkce } from '../shared/pkce'
import { rfc } from '../shared/references'
import { isCodeExchange, reasonOf, redeemedElsewhere, refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable } from '../rule'

/** Servers’ words for a code that somebody had redeemed. */
const words = /already (been )?(used|redeemed|consumed)|(used|redeemed) (before|already|twice)|code reuse/i

/** Servers look a code up in a store: one that others do not share, or that a restart empties, has none of their codes. */
const unknownToServer: Candidate = {
  rule: 'server-session-not-shared',
  title: 'The authorization server does not know its own code',
  check:
    'Look whether several instances of it run without a shared store, whether it was restarted in between, and whether both endpoints lead to the same tenant.',
}

export const invalidGrantUndistinguished = defineRule({
  id: 'invalid-grant-undistinguished',
  title: 'The authorization server refused the code',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['token_error:invalid_grant'],
  what: 'The token endpoint answered `invalid_grant` to a code exchange and nothing on the wire says which of its reasons it was.',
  why: 'One error code stands for reuse, age, a wrong verifier, a wrong redirect_uri and a wrong client.',
  toldApart:
    'Every other rule that explains `invalid_grant` is deeper; this one speaks when all of them passed or could not see.',
  silentWhen: 'The grant is not a code, or the answer is no `invalid_grant`.',
  references: [rfc(6749, '5.2')],
  covers: ['invalid-grant-undistinguished'],

  check: (file) => {
    const refused = refusalsOf(file).find(({ call, point }) => isCodeExchange(call) && point.error === 'invalid_grant')
    if (!refused) return notApplicable
    const { call, point } = refused
    const saysUsed = words.test(point.error_description ?? '')
    const named = speaksOfPkce(reasonOf(point))
      ? 'The words name PKCE, and what was seen of it fits; so the server has another code_challenge for this code, or compares in another way.'
      : 'The code stands for many reasons, and the answer does not say which it was; the authorization server’s log does.'
    return fail({
      confidence: 'likely',
      ...(saysUsed && { depth: 'statement' as const, title: 'The server says that the code had been used before' }),
      cause: saysUsed
        ? `The token endpoint answered ${saidBy(point)}. This browser sent the code once, so another party redeemed it first.`
        : `The token endpoint answered ${saidBy(point)}. ${named}`,
      evidence: [parameterEvidence(call.response.parameters, 'error'), statusEvidence(call.exchange)],
      candidates: saysUsed ? [redeemedElsewhere] : [redeemedElsewhere, unknownToServer],
      fix: {
        summary: saysUsed
          ? 'Find who redeemed the code before this request, and leave the exchange to one party.'
          : 'Look up this exchange in the authorization server’s log.',
        steps: [
          'Find the token request of this time and client in the server’s log; it names the reason that the answer leaves out.',
          'Check that the code was not redeemed by another party first: a back end, a second tab, a link scanner.',
        ],
      },
    })
  },
})
