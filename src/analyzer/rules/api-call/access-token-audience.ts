import { audiences, stringClaim } from '../../../model/jwt'
import { paramValue } from '../../../model/parameters'
import { originOf, parseUrl } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { callText } from '../shared/endpoint'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import {
  type RefusedCall,
  challengeEvidence,
  claimEvidence,
  isIdToken,
  refusedByApi,
  refusedCalls,
} from '../shared/presented-token'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const accessTokenAudience = defineRule({
  id: 'access-token-audience',
  title: 'The access token is for another API',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: refusedByApi,
  what: '`aud` of the access token against the API that refused it: its address, its own metadata, and what it says.',
  why: 'A token is good for the audience it was asked for. Asking without the API’s scope, `resource` or `audience` gives one for something else.',
  toldApart:
    'Certain where the API itself speaks of the audience or publishes its identifier; likely where all audiences are addresses of other hosts. A name that is no address is not compared, unless the provider’s data say which API it is.',
  silentWhen: 'The API accepted the token, it is opaque, or one of its audiences is this API.',
  references: [rfc(9068, '4'), rfc(8707, '2'), rfc(9728, '2')],
  covers: ['access-token-for-other-resource'],

  check(file) {
    const calls = refusedCalls(file).filter(
      (refused) => refused.token !== undefined && refused.point.status !== 403 && !isIdToken(refused),
    )
    if (calls.length === 0) return notApplicable
    const readable = calls.filter(({ jwt }) => jwt && audiences(jwt).length > 0)
    const found = readable.flatMap((refused): Failure[] => {
      const doubt = doubtOf(file, refused)
      return doubt ? [failure(file, refused, doubt)] : []
    })
    if (found[0]) return fail(found[0])
    if (readable.length > 0) return pass('the audience of the token does not speak against this API')
    return indeterminate(
      calls.some(({ jwt }) => jwt?.parts === 5)
        ? 'encrypted'
        : 'The token cannot be read from outside, so its audience is not known.',
      'Ask the API’s log, or introspect the token: for which audience is it?',
    )
  },
})

interface Doubt {
  readonly expected: string
  readonly certain: boolean
}

const doubtOf = (file: CaseFile, refused: RefusedCall): Doubt | undefined => {
  const { jwt, call, said } = refused
  const known = audiences(jwt!)
  const here = parseUrl(call.exchange.url)
  if (known.some((audience) => covers(audience, call.exchange.url))) return undefined
  const owned = apiOf(file, refused)
  if (owned) return owned.calledAt.test(call.exchange.url) ? undefined : { expected: here!.origin, certain: false }
  const published = resourceOf(file, call.exchange.url)
  if (published !== undefined && !known.includes(published)) return { expected: published, certain: true }
  const told = said !== undefined && /\baud(ience)?\b/i.test(said)
  const foreign = known.every(
    (audience) => parseUrl(audience)?.protocol.startsWith('http') && !sameSite(audience, call.exchange.url),
  )
  return told || foreign ? { expected: here?.origin ?? call.exchange.url, certain: told } : undefined
}

/** The API of the token's issuer that the audience stands for. */
const apiOf = ({ world }: CaseFile, { jwt }: RefusedCall) => {
  const issuer = stringClaim(jwt!, 'iss') ?? ''
  const provider = world.known.providers.find(({ matches }) => matches.test(issuer))
  return provider?.audiences?.find(({ aud }) => audiences(jwt!).every((audience) => audience === aud))
}

const covers = (audience: string, url: string): boolean =>
  audience === originOf(url) ||
  audience === `${originOf(url)}/` ||
  (parseUrl(audience) !== undefined && url.startsWith(audience))

/** The identifier that the API publishes (RFC 9728), where its metadata was seen. */
const resourceOf = (file: CaseFile, url: string): string | undefined =>
  file.world.messages
    .flatMap((message) =>
      message.kind === 'protected_resource_metadata' && message.response.json.state === 'present'
        ? [message.response.json.value['resource']]
        : [],
    )
    .find((resource): resource is string => typeof resource === 'string' && originOf(resource) === originOf(url))

const sameSite = (a: string, b: string): boolean => {
  const [first, second] = [a, b].map((url) => parseUrl(url)?.hostname.split('.').slice(-2).join('.'))
  return first !== undefined && first === second
}

const failure = (file: CaseFile, refused: RefusedCall, { expected, certain }: Doubt): Failure => {
  const { exchange } = refused.call
  const aud = list(audiences(refused.jwt!).map(quote))
  const api = apiOf(file, refused)
  const asked = issuingRequest(file, refused)
  const resource = asked && (paramValue(asked, 'resource') ?? paramValue(asked, 'audience'))
  return {
    cause:
      `${callText(exchange)} was sent with an access token whose \`aud\` is ${aud}${api ? ` (${api.name})` : ''}, and ${refused.name} answered ${refused.point.status}.` +
      (resource === undefined ? '' : ` The login had asked for ${quote(resource)}.`),
    evidence: [
      claimEvidence(refused, 'aud', { actual: audiences(refused.jwt!).join(' '), expected }),
      statusEvidence(exchange),
      ...challengeEvidence(refused),
      ...(asked && resource !== undefined
        ? [parameterEvidence(asked, paramValue(asked, 'resource') === undefined ? 'audience' : 'resource')]
        : []),
    ],
    confidence: certain ? 'certain' : 'likely',
    fix: {
      summary: `Ask for a token of this API in the authorization request: ${quote(expected)}, or the identifier that it is registered under.`,
      steps: [
        'Depending on the server: `resource` (RFC 8707), `audience`, or a scope of the API, such as `api://…/read`. Ask for one API at a time.',
        'Keep one token per API, and pick it by the address that is called.',
        'If the token is meant for this API: correct the audience that the API expects.',
      ],
    },
  }
}

/** The parameters that asked for the token: of the authorization request, else of the token request. */
const issuingRequest = (file: CaseFile, { issuedBy }: RefusedCall) => {
  const attempt = issuedBy && file.attempts.find(({ tokenCalls }) => tokenCalls.includes(issuedBy))
  return attempt?.requests.at(-1)?.parameters ?? issuedBy?.parameters
}
