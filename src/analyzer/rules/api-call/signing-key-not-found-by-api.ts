import type { DocumentMessage, JsonResponse } from '../../../model/message'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { challengeEvidence, refusedByApi, refusedCalls, speaksOfKeys } from '../shared/presented-token'
import { oidcCore } from '../shared/references'
import { quote } from '../shared/text'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const signingKeyNotFoundByApi = defineRule({
  id: 'signing-key-not-found-by-api',
  title: 'The API does not know the key that signed the token',
  category: 'failure',
  severity: 'error',
  owner: 'resource_server',
  depth: 'statement',
  explains: refusedByApi,
  what: 'A refusal that speaks of the signature or the key, against the key set that the server publishes now.',
  why: 'After a change of keys an API that keeps the old set refuses every new token until it fetches the set again or is restarted.',
  toldApart:
    'The token’s `kid` is in the published set, so the token is good and the API’s copy is old. A `kid` that is not in it speaks for another issuer.',
  silentWhen: 'The API says nothing of keys or signatures.',
  references: [oidcCore('10.1.1', 'RotateSigKeys')],
  covers: ['api-jwks-cache-stale'],

  check(file) {
    const calls = refusedCalls(file).filter((refused) => refused.jwt && speaksOfKeys(refused))
    const [refused] = calls
    if (!refused) return notApplicable
    const kid = refused.jwt?.header['kid']
    const sets = file.world.messages.filter((message): message is DocumentMessage => message.kind === 'jwks')
    if (typeof kid !== 'string' || sets.length === 0) {
      return indeterminate(
        'The key set of the server is not in the recording.',
        `Open its \`jwks_uri\` and look for the \`kid\` of the token.`,
      )
    }
    const published = sets.find(({ response }) => kidsOf(response).includes(kid))
    if (!published) return pass('the key of the token is not in the published set')
    return fail({
      cause:
        `${callText(refused.call.exchange)} was answered ${refused.point.status} (“${refused.said}”). The token is signed with the key ${quote(kid)}, ` +
        'and the key set that the server publishes contains it: the API works with an older copy.',
      evidence: [
        exchangeEvidence(refused.call.exchange, 'access_token.header', { label: 'kid', parameter: 'kid', actual: kid }),
        exchangeEvidence(published.exchange, 'response.body', {
          label: 'keys',
          parameter: 'keys',
          actual: kidsOf(published.response).join(', '),
        }),
        statusEvidence(refused.call.exchange),
        ...challengeEvidence(refused),
      ],
      confidence: 'likely',
      fix: {
        summary: 'Let the API fetch the key set again when it meets a `kid` that it does not know.',
        steps: [
          'Until then, restarting the API (or emptying its cache) helps.',
          'Limit how often it fetches, so that forged tokens cannot make it.',
        ],
      },
    })
  },
})

const kidsOf = ({ json }: JsonResponse): readonly string[] => {
  const keys = json.state === 'present' ? json.value['keys'] : undefined
  return Array.isArray(keys)
    ? keys.flatMap((key: { kid?: unknown }) => (typeof key?.kid === 'string' ? [key.kid] : []))
    : []
}
