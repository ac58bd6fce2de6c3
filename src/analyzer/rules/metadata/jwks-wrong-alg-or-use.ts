import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { keySetsOf } from '../shared/key-sets'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const jwksWrongAlgOrUse = defineRule({
  id: 'jwks-wrong-alg-or-use',
  title: 'The key of the ID token is not meant for its signature',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'not_redeemed', 'callback_error'],
  clientMustReject: true,
  what: 'The key that the ID token names is in the key set, but is marked for encryption, for another algorithm, or is of another type than the algorithm of the token needs.',
  why: 'Clients pick a key by kid, use, alg and type; one that does not fit counts as missing.',
  toldApart: 'A kid that the key set does not have is another matter.',
  silentWhen: 'The key says neither use nor alg, which is allowed, and its type fits.',
  references: [rfc(7517, '4.2'), rfc(7517, '4.4')],
  covers: ['jwks-wrong-alg-or-use'],

  check(file) {
    const token = file.idTokens.find(({ jwt }) => typeof jwt.header['kid'] === 'string')
    const set = keySetsOf(file).findLast(({ keys }) => keys.some((key) => key['kid'] === token?.jwt.header['kid']))
    if (!token || !set) return notApplicable
    const { kid, alg } = token.jwt.header
    if (typeof alg !== 'string') return notApplicable
    const candidates = set.keys.filter((key) => key['kid'] === kid)
    const defects = candidates.map((key) => defectOf(key, alg))
    const [defect] = defects
    if (!defect || defects.includes(undefined)) return pass('the key of the ID token fits its algorithm')
    return fail({
      confidence: 'certain',
      cause: `The ID token is signed with ${quote(alg)} and names key ${quote(String(kid))}. In the key set at ${quote(set.exchange.url)} that key has ${quote(`${defect.name}: ${defect.actual}`)}, so it is not for this signature.`,
      evidence: [
        exchangeEvidence(set.exchange, 'response.body', {
          label: defect.name,
          parameter: 'keys',
          actual: defect.actual,
          expected: defect.expected,
        }),
        {
          label: 'alg of the ID token',
          where: { exchangeId: token.exchangeId, part: 'id_token.header', parameter: 'alg' },
          actual: alg,
        },
      ],
      fix: {
        summary: `Let the server sign ID tokens with a key for ${quote(alg)}, or with the algorithm of its published key.`,
        steps: ['Check the signing algorithm that is set for this client, and the keys of the server (realm, tenant).'],
      },
    })
  },
})

const types: Readonly<Record<string, string>> = { RS: 'RSA', PS: 'RSA', ES: 'EC', HS: 'oct', Ed: 'OKP' }

const defectOf = (key: Readonly<Record<string, unknown>>, alg: string) => {
  if (key['use'] !== undefined && key['use'] !== 'sig')
    return { name: 'use', actual: String(key['use']), expected: 'sig' }
  if (key['alg'] !== undefined && key['alg'] !== alg) return { name: 'alg', actual: String(key['alg']), expected: alg }
  const type = types[alg.slice(0, 2)]
  return type !== undefined && key['kty'] !== type
    ? { name: 'kty', actual: String(key['kty']), expected: type }
    : undefined
}
