import type { JwsVerified } from '../../../model/recording'
import { oidcCore } from '../shared/references'
import { quote } from '../shared/text'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const idTokenSignatureInvalid = defineRule({
  id: 'id-token-signature-invalid',
  title: 'The signature of the ID token is wrong',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable', 'keys_unusable'],
  clientMustReject: true,
  what: 'The signature was checked with the key of the server’s key set that the token names.',
  why: 'A token that was changed after it was signed, or was signed with another key under the same name, must be refused.',
  toldApart: 'The key was there and the check failed. A key that is not in the set is `kid-not-in-jwks`.',
  silentWhen: 'The key set was not in the recording, or the client went on.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation')],
  covers: [],

  check: (file) => {
    if (file.idTokens.length === 0) return notApplicable
    const results = file.world.events.filter(
      (event): event is JwsVerified =>
        event.type === 'jws.verified' && file.idTokens.some(({ exchangeId }) => exchangeId === event.exchangeId),
    )
    const wrong = results.find(({ result }) => result === 'invalid')
    if (!wrong) {
      return results.some(({ result }) => result === 'valid')
        ? pass('the signature of the ID token is right')
        : indeterminate('The key set of the server is not in the recording, so the signature was not checked.')
    }
    const { jwt } = file.idTokens.find(({ exchangeId }) => exchangeId === wrong.exchangeId)!
    const kid = jwt.header['kid']
    return fail({
      confidence: 'certain',
      cause: `The ID token does not verify with ${typeof kid === 'string' ? `the key ${quote(kid)}` : 'the key'} of the server’s key set${wrong.detail === undefined ? '' : ` (${wrong.detail})`}: it was changed after it was signed, or signed with another key of the same name.`,
      evidence: [
        {
          label: 'signature',
          where: { exchangeId: wrong.exchangeId, part: 'id_token.header', parameter: 'kid' },
          ...(typeof kid === 'string' && { actual: kid }),
        },
      ],
      fix: {
        summary:
          'Make the server publish the keys that it signs with, each under its own `kid`, and pass its tokens on unchanged.',
        steps: [
          'After a new installation or a restored key store, the same `kid` must not name a new key.',
          'Nodes of one server must share their keys; a gateway must not rewrite tokens.',
        ],
      },
    })
  },
})
