import { dateClaim, stringClaim } from '../../../model/jwt'
import { valueOf } from '../../../model/observed'
import type { CaseFile } from '../../facts/case-file'
import { claimEvidence } from '../shared/claims'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { duration, list, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** What clocks may differ by. */
const TOLERANCE = 60

export const idTokenAuthenticationInsufficient = defineRule({
  id: 'id-token-authentication-insufficient',
  title: 'The user did not sign in the way this login demands',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable'],
  clientMustReject: true,
  what: '`auth_time` against `max_age` of the request, and `acr` against an `acr` that the request calls essential.',
  why: 'A client that asked for a fresh or a strong sign-in must refuse an ID token that does not prove it.',
  toldApart: 'Only what the request made binding counts: `acr_values` alone is a wish.',
  silentWhen: 'Nothing was demanded, or the client went on.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation'), oidcCore('5.5.1.1', 'acrSemantics')],
  covers: [],

  check: (file) => {
    const [token] = file.idTokens.filter(({ jwt }) => jwt.claims)
    const demanded = demandedOf(file)
    if (!token || (demanded.max_age === undefined && demanded.acr === undefined)) return notApplicable
    const auth_time = dateClaim(token.jwt, 'auth_time')
    const iat = dateClaim(token.jwt, 'iat') ?? token.at / 1000
    const { max_age, acr } = demanded
    if (max_age !== undefined && (auth_time === undefined || iat - auth_time > max_age + TOLERANCE)) {
      return fail({
        confidence: 'certain',
        title:
          auth_time === undefined
            ? 'The ID token does not say when the user signed in'
            : 'The sign-in is older than this login allows',
        cause:
          auth_time === undefined
            ? `The login asked for ${quote(`max_age=${max_age}`)}; the ID token has no \`auth_time\`, so the client cannot tell how old the sign-in is.`
            : `The login asked for a sign-in of the last ${duration(max_age * 1000)} (\`max_age\`); the ID token says the user signed in ${duration((iat - auth_time) * 1000)} before.`,
        evidence: [
          claimEvidence(token, 'auth_time', {
            actual: auth_time === undefined ? 'missing' : new Date(auth_time * 1000).toISOString(),
            expected: `not more than ${max_age} s before iat`,
          }),
          parameterEvidence(file.request!.parameters, 'max_age'),
        ],
        fix: {
          summary: 'Make the server honour `max_age`: sign the user in again, and put `auth_time` into the ID token.',
          steps: [
            'If the server cannot, ask with `prompt=login`.',
            'A broker must pass `max_age` on to the server behind it.',
          ],
        },
      })
    }
    const got = stringClaim(token.jwt, 'acr')
    if (acr === undefined || (got !== undefined && acr.includes(got))) return pass('the sign-in is what was demanded')
    return fail({
      confidence: 'certain',
      title: 'The sign-in is weaker than this login demands',
      cause: `The login demands \`acr\` ${list(acr.map(quote))}; the ID token has ${got === undefined ? 'none' : quote(got)}.`,
      evidence: [
        claimEvidence(token, 'acr', { actual: got ?? 'missing', expected: acr.join(' or ') }),
        parameterEvidence(file.request!.parameters, 'claims'),
      ],
      fix: {
        summary: `Configure the server to reach ${list(acr.map(quote))} for this client, or ask for a level that it has.`,
        steps: ['Check `acr_values_supported` in the metadata, and whether the user has the needed factor.'],
      },
    })
  },
})

const demandedOf = (file: CaseFile): { max_age?: number; acr?: readonly string[] } => {
  const max_age = Number(valueOf(file.asked('max_age')))
  const acr = essentialAcr(valueOf(file.asked('claims')))
  return { ...(Number.isFinite(max_age) && { max_age }), ...(acr && { acr }) }
}

/** The values of an essential `acr` in the `claims` parameter (OpenID Connect Core section 5.5.1). */
const essentialAcr = (claims: string | undefined): readonly string[] | undefined => {
  try {
    const { id_token } = JSON.parse(claims ?? '') as {
      id_token?: { acr?: { essential?: boolean; value?: string; values?: string[] } }
    }
    const acr = id_token?.acr
    const values = acr?.values ?? (acr?.value === undefined ? undefined : [acr.value])
    return acr?.essential === true ? values : undefined
  } catch {
    return undefined
  }
}
