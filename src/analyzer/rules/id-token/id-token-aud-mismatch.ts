import { audiences, stringClaim } from '../../../model/jwt'
import { claimEvidence } from '../shared/claims'
import { oidcCore } from '../shared/references'
import { list, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const idTokenAudMismatch = defineRule({
  id: 'id-token-aud-mismatch',
  title: 'The ID token was issued for another client',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable'],
  clientMustReject: true,
  what: 'The `aud` claim of the ID token must contain the `client_id` of this login; `azp`, if there, must be it.',
  why: 'A client must refuse a token that is meant for somebody else.',
  toldApart: 'Both values are on the wire. Further audiences beside the client’s own are allowed.',
  silentWhen: 'The client_id or the ID token was not visible, or the client went on with it.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation')],
  covers: ['id-token-aud-mismatch'],

  check: (file) => {
    const { client_id } = file
    const tokens = file.idTokens.filter(({ jwt }) => jwt.claims)
    if (client_id === undefined || tokens.length === 0) return notApplicable
    const foreign = tokens.find(({ jwt }) => !audiences(jwt).includes(client_id))
    if (foreign) {
      const got = audiences(foreign.jwt)
      return fail({
        confidence: 'certain',
        cause: `The ID token is for ${got.length > 0 ? list(got.map(quote)) : 'nobody (it has no aud)'}; this login is of ${quote(client_id)}. The client must refuse it.`,
        evidence: [claimEvidence(foreign, 'aud', { actual: got.join(', ') || 'missing', expected: client_id })],
        fix: {
          summary: `Make the server issue the ID token for ${quote(client_id)}, or configure the client with the client_id it is issued for.`,
          steps: [
            'Check that client and server agree on the client_id: page, back end and gateway of one application often have one each.',
            'A mapper or rule that replaces `aud` must keep the client_id in it.',
          ],
        },
      })
    }
    const borrowed = tokens.find(({ jwt }) => (stringClaim(jwt, 'azp') ?? client_id) !== client_id)
    if (!borrowed) return pass('the ID token is for this client')
    return fail({
      confidence: 'certain',
      category: 'conformance',
      severity: 'warning',
      title: 'The ID token names another party as the one that asked for it',
      cause: `The \`azp\` claim is ${quote(stringClaim(borrowed.jwt, 'azp')!)}; this login is of ${quote(client_id)}. Strict clients refuse it.`,
      evidence: [claimEvidence(borrowed, 'azp', { actual: stringClaim(borrowed.jwt, 'azp')!, expected: client_id })],
      fix: { summary: `Have the server put ${quote(client_id)} into \`azp\`, or leave the claim out.`, steps: [] },
    })
  },
})
