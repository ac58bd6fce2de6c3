import type { Evidence } from '../../../model/analysis'
import type { Parameters } from '../../../model/parameters'
import { paramValue, paramValues } from '../../../model/parameters'
import { valueOf } from '../../../model/observed'
import { parseUrl } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'

export const resourceNotAccepted = defineRule({
  id: 'resource-not-accepted',
  title: 'The server does not know the resource that was asked for',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: [
    'authorization_error:invalid_target',
    'authorization_error:invalid_resource',
    'token_error:invalid_target',
    'token_error:invalid_resource',
    'pushed_error:invalid_target',
    'device_error:invalid_target',
  ],
  what: 'The server answered `invalid_target`. The resource is compared with the one that the API’s own metadata (RFC 9728) names, and with one that was asked for at the other endpoint.',
  why: '`resource` (or `audience`) names the API that the token shall be for; servers compare it as a string.',
  toldApart:
    'A resource that differs from what the API calls itself is the client’s slip; one that is spelled right is not set up at the server.',
  silentWhen: 'The error is another one.',
  references: [rfc(8707, '2'), rfc(9728, '3.3')],
  covers: [],

  check(file) {
    const point = file.failurePoints.find(({ error }) => error === 'invalid_target' || error === 'invalid_resource')
    if (!point)
      return file.response || file.tokenCalls.length > 0 ? pass('the server took the resource') : notApplicable
    const parameters = parametersOf(file, point.message)
    const name =
      parameters && ['resource', 'audience'].find((candidate) => paramValue(parameters, candidate) !== undefined)
    const sent = parameters && name !== undefined ? paramValues(parameters, name) : []
    const known = knownResource(file, sent)
    const first = sent[0]
    const defect = sent.map(defectOf).find((found) => found !== undefined)
    const differs = known !== undefined && first !== undefined && !sent.includes(known.resource)
    const many = sent.length > 1
    const evidence: [Evidence, ...Evidence[]] = [
      ...(parameters && name !== undefined
        ? [
            parameterEvidence(parameters, name, {
              actual: sent.join(' and '),
              ...(differs && { expected: known.resource }),
            }),
          ]
        : []),
      statusEvidence(point.exchange),
    ] as unknown as [Evidence, ...Evidence[]]
    if (differs) evidence.push(known.evidence)
    return fail({
      ...(first === undefined && { title: 'The server wants a resource to be named' }),
      ...(differs && { title: 'The resource is not spelled as the API spells it' }),
      ...((differs || defect) && { depth: 'mechanism' as const, owner: 'client' as const }),
      confidence: 'certain',
      cause:
        `The server answered ${quote(point.error ?? 'invalid_target')}${point.error_description === undefined ? '' : `: “${point.error_description}”`}. ` +
        (first === undefined
          ? 'The request names no resource.'
          : `The request asks for a token for ${list(sent.map(quote))}.`) +
        (differs
          ? ` The API’s metadata calls it ${quote(known.resource)}; the difference is ${urlDifference(first, known.resource)}.`
          : '') +
        (defect === undefined ? '' : ` ${defect}`) +
        (many ? ' Some servers issue a token for one resource only.' : ''),
      evidence,
      fix: {
        summary: differs
          ? `Send ${quote(known.resource)} as resource, at the authorization and at the token endpoint.`
          : first === undefined
            ? 'Send the API’s identifier as `resource`.'
            : `Set up ${quote(first)} as an API (resource) at the authorization server, and allow this client to ask for it.`,
        steps: [
          'The string has to be the same everywhere: in the request, in the token request, and in the server’s settings.',
          ...(many ? ['Ask for one resource per request.'] : []),
        ],
      },
      ...(first !== undefined && { consoleValue: first }),
    })
  },
})

const parametersOf = (
  file: CaseFile,
  message: CaseFile['failurePoints'][number]['message'],
): Parameters | undefined => {
  if (message.kind === 'authorization_response' || message.kind === 'authorization_request')
    return file.request?.parameters
  return 'parameters' in message ? message.parameters : undefined
}

/** RFC 8707 section 2: an absolute URI without a fragment. */
const defectOf = (resource: string): string | undefined => {
  if (!parseUrl(resource)) return `${quote(resource)} is not an absolute URI, which a resource has to be.`
  return resource.includes('#') ? `${quote(resource)} has a fragment, which a resource must not have.` : undefined
}

/** What the API calls itself: of the metadata that was read, the one of the same host, or the only one. */
const knownResource = (
  file: CaseFile,
  sent: readonly string[],
): { resource: string; evidence: Evidence } | undefined => {
  const named = file.world.messages.flatMap((message) => {
    if (message.kind !== 'protected_resource_metadata') return []
    const resource = valueOf(message.response.json)?.['resource']
    return typeof resource === 'string' ? [{ resource, exchange: message.exchange }] : []
  })
  const host = sent[0] === undefined ? undefined : parseUrl(sent[0])?.host
  const found =
    named.findLast(({ resource }) => sent.includes(resource)) ??
    named.findLast(({ resource }) => host !== undefined && parseUrl(resource)?.host === host) ??
    (named.length === 1 ? named[0] : undefined)
  return (
    found && {
      resource: found.resource,
      evidence: exchangeEvidence(found.exchange, 'response.body', {
        label: 'resource in the API’s metadata',
        parameter: 'resource',
        actual: found.resource,
      }),
    }
  )
}
