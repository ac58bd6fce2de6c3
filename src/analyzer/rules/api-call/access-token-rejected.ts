import { audiences, stringClaim } from '../../../model/jwt'
import { valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { callText } from '../shared/endpoint'
import { statusEvidence } from '../shared/evidence'
import {
  type RefusedCall,
  challengeEvidence,
  claimEvidence,
  refusedByApi,
  refusedCalls,
} from '../shared/presented-token'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const accessTokenRejected = defineRule({
  id: 'access-token-rejected',
  title: 'The API did not accept the access token',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: refusedByApi,
  what: 'A call with a token that was answered 401 (or with `invalid_token`), and what kind of token it was.',
  why: 'Most APIs say no more than that. What the token is, for whom and by whom, narrows it down.',
  toldApart:
    'Expiry, audience, ID tokens and malformed headers are computed by rules of their own; this is what is left.',
  silentWhen: 'The client renewed the token and repeated the call with success.',
  references: [rfc(6750, '3.1')],
  covers: ['opaque-or-encrypted-access-token-no-audience', 'audience-or-resource-missing'],

  check(file) {
    const calls = refusedCalls(file).filter(({ token }) => token !== undefined)
    if (calls.length === 0) return notApplicable
    const refused = calls.find(
      ({ point }) => point.status === 401 || point.error === 'invalid_token' || point.status === 400,
    )
    return refused ? fail(failure(file, refused)) : pass('the API took the token and refused the permission')
  },
})

const failure = (file: CaseFile, refused: RefusedCall): Failure => {
  const { jwt, call, said, point, name } = refused
  const told = point.error === undefined ? 'without a reason' : `with \`${point.error}\`${said ? ` (“${said}”)` : ''}`
  const kind = !jwt ? 'opaque' : jwt.parts === 5 ? 'encrypted' : 'readable'
  const words = kinds[kind](file, refused)
  return {
    title: `${name === 'the API' ? 'The API' : 'The userinfo endpoint'} did not accept the access token`,
    cause: `${callText(call.exchange)} was answered ${point.status} ${told}. ${words.cause}`,
    evidence: [statusEvidence(call.exchange), ...challengeEvidence(refused), ...words.evidence],
    confidence: 'certain',
    ...(kind !== 'readable' && { depth: 'statement' as const }),
    owner: words.owner,
    fix: { summary: words.summary, steps: words.steps },
    notObservable: [
      'How the API checks tokens: which issuer, audience and keys it expects. Its log says what it objected to.',
    ],
  }
}

interface Words extends Pick<Failure, 'cause'> {
  readonly summary: string
  readonly steps: readonly string[]
  readonly owner: 'client' | 'resource_server'
  readonly evidence: Failure['evidence'] | readonly []
}

const noAudienceAsked = (file: CaseFile, { issuedBy }: RefusedCall): boolean => {
  const request = issuedBy && file.attempts.find(({ tokenCalls }) => tokenCalls.includes(issuedBy))?.requests.at(-1)
  const lists = [request?.parameters, issuedBy?.parameters].filter((list) => list !== undefined)
  return lists.length > 0 && !lists.some((list) => hasParam(list, 'resource') || hasParam(list, 'audience'))
}

const kinds: Record<'opaque' | 'encrypted' | 'readable', (file: CaseFile, refused: RefusedCall) => Words> = {
  opaque: (file, refused) => ({
    cause:
      'The token is opaque (no JWT): only its authorization server can say what it means, and an API that verifies JWTs itself cannot.' +
      (noAudienceAsked(file, refused)
        ? ' The login named neither `resource` nor `audience`, and many servers issue opaque tokens then.'
        : ''),
    summary:
      'Ask for a token of this API: name it with `resource` or `audience` (or a scope of the API) in the authorization request.',
    steps: [
      'Or let the API ask the authorization server (introspection, RFC 7662) in place of verifying a JWT.',
      'If the API does introspect: the token was revoked, has expired, is of another server, or is an old one that the page had stored.',
    ],
    owner: 'client',
    evidence: [],
  }),
  encrypted: (file, refused) => ({
    cause:
      'The token is encrypted (five parts, JWE), so this API cannot read it unless it holds the key.' +
      (noAudienceAsked(file, refused)
        ? ' The login named neither `resource` nor `audience`; some servers issue such tokens then, for their own use.'
        : ''),
    summary: 'Ask for a token of this API: name it with `resource` or `audience` in the authorization request.',
    steps: ['If the API is meant to read encrypted tokens, check the key it decrypts with.'],
    owner: 'client',
    evidence: [],
  }),
  readable: (_file, refused) => {
    const issuer = refused.jwt && stringClaim(refused.jwt, 'iss')
    const aud = refused.jwt ? audiences(refused.jwt) : []
    const client = refused.issuedBy && valueOf(refused.issuedBy.client_id)
    const isForClient = client !== undefined && aud.length === 1 && aud[0] === client
    const names = aud.length > 0 ? `${list(aud.map(quote))}${isForClient ? ', the client itself' : ''}` : 'nobody'
    return {
      cause: `The token is a JWT${issuer === undefined ? '' : ` of ${quote(issuer)}`}; its \`aud\` names ${names}.`,
      summary: 'Compare what the API expects with what the token has: issuer, audience, and the signing keys.',
      steps: [
        aud.length > 0
          ? `Audience: the API has to expect ${aud.length > 1 ? 'one of ' : ''}${list(aud.map(quote))}; else ask for a token of this API, with \`resource\`, \`audience\` or one of its scopes.`
          : 'Audience: an API that checks it cannot take a token without `aud`. Ask for a token of this API, with `resource`, `audience` or one of its scopes.',
        ...(issuer === undefined
          ? []
          : [`Issuer: the API has to trust exactly ${quote(issuer)}, a slash at the end included.`]),
        'Keys: the API has to fetch the issuer’s key set again when it meets a `kid` that it does not know.',
        'A revoked token, or one of another environment (staging, production), is refused in the same way.',
      ],
      owner: 'resource_server',
      evidence: [
        claimEvidence(refused, 'aud', { actual: aud.length > 0 ? aud.join(' ') : 'missing' }),
        ...(issuer === undefined ? [] : [claimEvidence(refused, 'iss', { actual: issuer })]),
      ],
    }
  },
}
