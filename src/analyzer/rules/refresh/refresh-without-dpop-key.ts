import { proofOf, thumbprintOf } from '../../facts/dpop'
import { issuerOfRefreshToken } from '../../facts/refresh'
import { statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { isAboutTheGrant, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const refreshWithoutDpopKey = defineRule({
  id: 'refresh-without-dpop-key',
  title: 'The refresh was proved with another key than the login',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The key in the DPoP proof of the refresh against the key in the proof of the call that brought the refresh token.',
  why: 'The refresh token of a public client is bound to that key; with another one, or with none, it is refused.',
  toldApart: 'Both proofs were seen, and their keys have different thumbprints.',
  silentWhen: 'The login used no DPoP, or was not recorded.',
  references: [rfc(9449, '5')],
  covers: ['refresh-without-dpop-key'],

  check: (file) =>
    judgeRefresh(
      file,
      (refusal) => isAboutTheGrant(refusal) || refusal.point.error === 'invalid_dpop_proof',
      ({ call, point, token }) => {
        const issuer = issuerOfRefreshToken(file.world, token)
        if (!issuer) return indeterminate('capture-started-late')
        const before = thumbprintOf(proofOf(issuer.exchange))
        if (before === undefined) return notApplicable
        const proof = proofOf(call.exchange)
        const now = thumbprintOf(proof)
        if (proof !== undefined && now === undefined) return indeterminate('not-readable')
        if (now === before) return pass('login and refresh were proved with the same key')
        return fail({
          confidence: 'certain',
          cause: `The login was proved with one key, the refresh ${now === undefined ? 'has no DPoP proof' : 'with another'}. The refresh token works with the key of the login only; the server answered ${saidBy(point)}.`,
          evidence: [
            {
              label: 'key of the proof',
              where: { exchangeId: call.exchange.id, part: 'dpop_proof.claims', parameter: 'jwk' },
              actual: now ?? 'missing',
              expected: before,
            },
            statusEvidence(call.exchange),
          ],
          fix: {
            summary: 'Keep the DPoP key pair as long as the refresh token that is bound to it.',
            steps: [
              'Store the key pair in IndexedDB beside the tokens, not in memory only.',
              'When the key is lost, drop the refresh token and start a login.',
            ],
          },
        })
      },
    ),
})
