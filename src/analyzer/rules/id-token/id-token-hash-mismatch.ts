import { stringClaim } from '../../../model/jwt'
import { type Parameters, paramValue } from '../../../model/parameters'
import type { HashKind } from '../../../model/recording'
import type { CaseFile, IssuedToken } from '../../facts/case-file'
import { claimEvidence } from '../shared/claims'
import { link, oidcCore } from '../shared/references'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Each hash claim and the parameter beside it in the same answer. */
const bound = { at_hash: 'access_token', c_hash: 'code', s_hash: 'state' } as const

export const idTokenHashMismatch = defineRule({
  id: 'id-token-hash-mismatch',
  title: 'The ID token does not belong to the token or code beside it',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable'],
  clientMustReject: true,
  what: '`at_hash`, `c_hash` and `s_hash` are computed from access token, code and state of the same answer.',
  why: 'They bind the ID token to what comes with it; a client that checks them must refuse what does not match.',
  toldApart:
    'Computed with the hash of the token’s own `alg`. An answer that a gateway put together from two does not match.',
  silentWhen: 'The claim is not there, or the client went on.',
  references: [
    oidcCore('3.1.3.6', 'CodeIDToken'),
    oidcCore('3.3.2.11', 'HybridIDToken'),
    link('FAPI 1.0 Advanced section 5.1', 'https://openid.net/specs/openid-financial-api-part-2-1_0.html'),
  ],
  covers: ['at-hash-mismatch', 'c-hash-mismatch'],

  check: (file) => {
    const checked = file.idTokens.flatMap((token) => hashesOf(file, token))
    if (checked.length === 0) return notApplicable
    const wrong = checked.find(({ matches }) => !matches)
    if (!wrong) return pass('the hashes in the ID token match what came with it')
    return fail({
      confidence: 'certain',
      cause: `\`${wrong.claim}\` of the ID token is not the hash of the \`${wrong.of}\` in the same answer, so the two were not issued together.`,
      evidence: [
        claimEvidence(wrong.token, wrong.claim, {
          actual: stringClaim(wrong.token.jwt, wrong.claim)!,
          expected: `the hash of the ${wrong.of} that came with it`,
        }),
      ],
      fix: {
        summary: `Make the server answer with an ID token and ${wrong.of === 'access_token' ? 'an access token' : `a ${wrong.of}`} of the same login.`,
        steps: [
          'A gateway, cache or exchange step must not replace one of them.',
          'The hash is the left half of the hash that belongs to `alg`, base64url without padding.',
        ],
      },
    })
  },
})

const kinds: Readonly<Record<string, HashKind>> = {
  '256': 'left-half-256',
  '384': 'left-half-384',
  '512': 'left-half-512',
}

const kindOf = (alg: unknown): HashKind | undefined => {
  if (alg === 'EdDSA' || alg === 'Ed25519') return 'left-half-512'
  return typeof alg === 'string' ? kinds[alg.slice(-3)] : undefined
}

const hashesOf = ({ attempt, world }: CaseFile, token: IssuedToken) => {
  const kind = kindOf(token.jwt.header['alg'])
  const answers: readonly Parameters[] = [
    ...attempt.responses.map(({ parameters }) => parameters),
    ...attempt.tokenCalls.map(({ response }) => response.parameters),
  ]
  const beside = answers.find(({ exchangeId }) => exchangeId === token.exchangeId)
  // A service worker may give the page placeholders in place of the tokens that came.
  if (!kind || !beside || world.exchange(token.exchangeId)?.fromServiceWorker) return []
  return Object.entries(bound).flatMap(([claim, of]) => {
    const hash = stringClaim(token.jwt, claim)
    const value = paramValue(beside, of)
    return hash === undefined || value === undefined
      ? []
      : [{ token, claim, of, matches: world.values.hashesTo(kind, value, hash) }]
  })
}
