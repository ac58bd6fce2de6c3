import { stringClaim } from '../../../model/jwt'
import { callText } from '../shared/endpoint'
import { statusEvidence } from '../shared/evidence'
import {
  type RefusedCall,
  challengeEvidence,
  claimEvidence,
  refusedByApi,
  refusedCalls,
  speaksOfIssuer,
} from '../shared/presented-token'
import { rfc } from '../shared/references'
import { cite, quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const accessTokenIssuerRefused = defineRule({
  id: 'access-token-issuer-refused',
  title: 'The API expects another issuer than the token’s',
  category: 'failure',
  severity: 'error',
  owner: 'resource_server',
  depth: 'statement',
  explains: refusedByApi,
  what: '`iss` of the presented token, where the API’s refusal speaks of the issuer; compared with the issuer that it names, and with the one in the server’s metadata.',
  why: 'Issuers are compared character by character. A slash at the end, http in place of https, or the internal name of the server makes another issuer of it.',
  toldApart: 'The API’s own words. Where they quote a value, both ends are seen, whichever kind of token was sent.',
  silentWhen: 'The API does not speak of the issuer, or the token cannot be read.',
  references: [rfc(9068, '4'), rfc(7519, '4.1.1')],
  covers: [],

  check(file) {
    const calls = refusedCalls(file).filter(({ jwt }) => jwt && stringClaim(jwt, 'iss') !== undefined)
    if (calls.length === 0) return notApplicable
    const refused = calls.find(speaksOfIssuer)
    if (!refused) return pass('the API does not speak of the issuer')
    return fail(
      failure(
        refused,
        file.world.known.metadata.map(({ issuer }) => issuer),
      ),
    )
  },
})

const failure = (refused: RefusedCall, published: readonly (string | undefined)[]): Failure => {
  const said = refused.said!
  const iss = stringClaim(refused.jwt!, 'iss')!
  const expected = urlsIn(said).find((url) => url !== iss)
  const difference = expected === undefined ? undefined : urlDifference(iss, expected)
  // The token is the odd one where the server itself publishes what the API expects.
  const isOfServer = expected !== undefined && published.includes(expected) && !published.includes(iss)
  return {
    cause:
      `${callText(refused.call.exchange)} was answered ${refused.point.status} (${cite(said)}). The token’s ${quote('iss')} is ${quote(iss)}` +
      (expected === undefined ? '.' : `, and the API expects ${quote(expected)}: they differ by ${difference}.`),
    evidence: [
      claimEvidence(refused, 'iss', { actual: iss, ...(expected !== undefined && { expected }) }),
      statusEvidence(refused.call.exchange),
      ...challengeEvidence(refused),
    ],
    confidence: 'certain',
    ...(expected !== undefined && { depth: 'mechanism' as const }),
    ...(isOfServer && { owner: 'authorization_server' as const }),
    fix: {
      summary: isOfServer
        ? `Let the server put ${quote(expected)} into its tokens, as its metadata says.`
        : `Configure ${quote(iss)} as the issuer that the API trusts, character by character.`,
      steps: [
        'Take the value from `issuer` in the server’s metadata; the address that the API fetches keys from may be another one.',
        'Where the token is of another environment or tenant, send one of the server that the API trusts.',
      ],
    },
  }
}

const urlsIn = (text: string): readonly string[] =>
  text.match(/https?:\/\/[^\s"'`“”‘’<>(),;]+/g)?.map((url) => url.replace(/[.:]$/, '')) ?? []
