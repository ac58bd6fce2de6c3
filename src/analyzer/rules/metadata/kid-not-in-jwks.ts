import type { CaseFile, IssuedToken } from '../../facts/case-file'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { oidcCore, rfc } from '../shared/references'
import { type KeySet, keySetsOf } from '../shared/key-sets'
import { list, quote } from '../shared/text'

export const kidNotInJwks = defineRule({
  id: 'kid-not-in-jwks',
  title: 'The key that signed the ID token is not in the key set',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'not_redeemed', 'callback_error'],
  clientMustReject: true,
  what: 'The header of the ID token names a `kid` that none of the server’s keys, as they were read in this recording, has.',
  why: 'The client cannot check the signature, so it has to refuse the token.',
  toldApart:
    'A key set that was read before the key was rotated in is old; one that was read after the token and lacks the key is of another issuer or tenant.',
  silentWhen: 'No key set of this server was seen, or the token names no key.',
  references: [rfc(7517, '4.5'), oidcCore('10.1', 'SigKeys')],
  covers: ['kid-not-in-jwks'],

  check(file) {
    const token = file.idTokens.find(({ jwt }) => typeof jwt.header['kid'] === 'string')
    if (!token) return notApplicable
    const sets = keySetsOf(file)
    if (sets.length === 0)
      return indeterminate(
        'No key set of this server is in the recording.',
        'Open the jwks_uri of the server and look for the kid of the token.',
      )
    const kid = String(token.jwt.header['kid'])
    if (sets.some(({ keys }) => keys.some((key) => key['kid'] === kid)))
      return pass('the key of the ID token is in the key set')
    const set = sets.at(-1)!
    if (set.keys.every((key) => key['kid'] === undefined)) return pass('the keys have no kid to compare')
    return fail(failure(file, token, set, kid))
  },
})

const failure = (file: CaseFile, token: IssuedToken, set: KeySet, kid: string) => {
  const kids = set.keys.flatMap((key) => (typeof key['kid'] === 'string' ? [key['kid']] : []))
  const isOld = set.exchange.startedAt < (file.world.exchange(token.exchangeId)?.startedAt ?? 0)
  const announced = file.metadata?.document['jwks_uri']
  const elsewhere = typeof announced === 'string' && announced !== set.exchange.url ? announced : undefined
  return {
    confidence: isOld ? ('likely' as const) : ('certain' as const),
    ...(elsewhere !== undefined && { owner: 'client' as const }),
    cause:
      `The ID token was signed with key ${quote(kid)}. The key set at ${quote(set.exchange.url)} has ${list(kids.map(quote))}, and not that one.` +
      (elsewhere !== undefined
        ? ` The server’s metadata names another key set: ${quote(elsewhere)}.`
        : isOld
          ? ' The key set was read before the token was issued, so the key may have been added since.'
          : ' It was read after the token was issued, so it is the key set of another issuer or tenant, or the server did not publish the key.'),
    evidence: [
      {
        label: 'kid of the ID token',
        where: { exchangeId: token.exchangeId, part: 'id_token.header' as const, parameter: 'kid' },
        actual: kid,
        expected: kids.join(', '),
      },
      exchangeEvidence(set.exchange, 'response.body', { label: 'keys', parameter: 'keys', actual: kids.join(', ') }),
    ] as const,
    fix: {
      summary:
        elsewhere !== undefined
          ? `Read the keys from ${quote(elsewhere)}.`
          : isOld
            ? 'Read the key set again when a token names a key that is not in it.'
            : 'Read the keys from the jwks_uri of the issuer that stands in the token.',
      steps: [
        'Compare `iss` of the token with the issuer that the client is configured with: tenant, realm, environment.',
        'At the server, check that the signing key is published; some publish keys of one application under a URL of its own.',
      ],
    },
  }
}
