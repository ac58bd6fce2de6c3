import { readJwt } from '../../../model/jwt'
import { paramValue } from '../../../model/parameters'
import { originOf } from '../../../model/url'
import { faultsOfClientJwt } from '../shared/client-jwt'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { list } from '../shared/text'
import { judgeAuthentication, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Six months, as Apple counts them, in milliseconds. */
const LONGEST = 15_777_000_000

export const appleClientSecretInvalid = defineRule({
  id: 'apple-client-secret-invalid',
  title: 'The signed client secret is not valid',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'A `client_secret` that is a JWT, as Sign in with Apple wants it, is read: `exp`, `iat`, `sub`, `aud`, `alg`.',
  why: 'Such a secret is made by the client and expires after six months at most; the server says no more than `invalid_client`.',
  toldApart: 'The secret can be read without any key. A secret that is no JWT is `client-secret-wrong`.',
  silentWhen: 'Its claims are in order; its signature cannot be checked here.',
  references: [
    link(
      'Apple: Creating a client secret',
      'https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret',
    ),
  ],
  covers: ['apple-client-secret-invalid'],

  check: (file) =>
    judgeAuthentication(
      file,
      'Decode the client_secret that your server sends, and look at its exp.',
      ({ call, point }) => {
        const jwt = readJwt(paramValue(call.parameters, 'client_secret') ?? '')
        if (!jwt?.claims) return notApplicable
        const faults = faultsOfClientJwt(file, call, jwt, {
          allowed: [originOf(call.exchange.url) ?? ''],
          lifetime: LONGEST,
        })
        const alg = String(jwt.header['alg'])
        const says = [
          ...faults.map((fault) => fault.says),
          ...(alg === 'ES256' ? [] : [`it is signed with ${alg} instead of ES256`]),
        ]
        if (says.length === 0) return pass('the claims of the signed client secret are in order')
        const claims = faults.map(({ claim, actual, expected }) =>
          parameterEvidence(call.parameters, 'client_secret', {
            label: `${claim} of the client secret`,
            actual,
            expected,
          }),
        )
        return fail({
          confidence: 'certain',
          cause: `The client secret is a JWT, and ${list(says)}. The server answered ${saidBy(point)}.`,
          evidence: [...claims, statusEvidence(call.exchange)] as [ReturnType<typeof statusEvidence>],
          fix: {
            summary: 'Make a new client secret JWT, and make it again before it expires.',
            steps: [
              '`iss` is the team ID, `sub` the client_id (services ID), `aud` the server’s origin, `alg` ES256, `exp` at most six months ahead.',
              'Sign it with the private key whose ID stands in `kid`, best anew for each start of the server.',
            ],
          },
        })
      },
    ),
})
