import { audiences, dateClaim, stringClaim } from '../../../model/jwt'
import type { Evidence } from '../../../model/analysis'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { oidcCore, rfc } from '../shared/references'
import { rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { duration, quote } from '../shared/text'

const unsupported: Readonly<Record<string, string>> = {
  request_not_supported: 'The server does not take a request object in the `request` parameter.',
  request_uri_not_supported: 'The server does not fetch requests by `request_uri`.',
  registration_not_supported: 'The server does not take client metadata in the `registration` parameter.',
}

export const requestObjectRefused = defineRule({
  id: 'request-object-refused',
  title: 'The server refuses the signed request',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: [
    'authorization_error:invalid_request_object',
    'authorization_error:request_not_supported',
    'authorization_error:request_uri_not_supported',
    'authorization_error:registration_not_supported',
    'authorization_page:invalid_request_object',
    'pushed_error:invalid_request_object',
  ],
  what: 'The server answered with an error code of request objects (JAR). The object’s audience, times, client and algorithm are compared with the request and the metadata.',
  why: 'A request object is a JWT: key, algorithm, `aud`, `exp` and `client_id` all have to fit.',
  toldApart: 'An expired or repeated pushed request is `invalid_request_uri`.',
  silentWhen: 'The error is another one.',
  references: [rfc(9101, '6'), rfc(9101, '7'), oidcCore('6', 'JWTRequests')],
  covers: [],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took the request') : notApplicable
    const { error } = rejection
    if (error !== 'invalid_request_object' && !(error !== undefined && error in unsupported)) return notApplicable
    const defect = error === 'invalid_request_object' ? defectOf(file) : undefined
    return fail({
      ...(error in unsupported && { title: 'The server does not offer this way to send a request' }),
      ...(defect && { depth: 'mechanism' as const }),
      confidence: 'certain',
      cause: `The authorization server ${rejectionText(rejection)}. ${unsupported[error] ?? defect?.says ?? 'What can be read of the request object is in order, so the signature, its key or the algorithm is the likely reason.'}`,
      evidence: [...(defect ? [defect.evidence] : []), rejectionEvidence(rejection)] as unknown as readonly [
        Evidence,
        ...Evidence[],
      ],
      fix: {
        summary:
          defect?.fix ??
          (error in unsupported
            ? 'Send the parameters plainly, or push them (PAR).'
            : 'Sign the request object with a key that the server has for this client, and with the registered algorithm.'),
        steps: ['Compare the client’s registration at the server: keys or jwks_uri, and request_object_signing_alg.'],
      },
    })
  },
})

interface Defect {
  readonly says: string
  readonly fix: string
  readonly evidence: Evidence
}

const defectOf = ({ request, issuer, metadata, attempt }: CaseFile): Defect | undefined => {
  const object = request?.requestObject
  if (!request || !object?.claims) return undefined
  const evidence = (parameter: string, actual: string, expected: string): Evidence =>
    exchangeEvidence(request.exchange, 'request_object.claims', { label: parameter, parameter, actual, expected })
  const client = paramValue(request.sent, 'client_id')
  const inside = stringClaim(object, 'client_id')
  if (client !== undefined && inside !== undefined && client !== inside) {
    return {
      says: `Its client_id is ${quote(inside)}, and the URL says ${quote(client)}.`,
      fix: `Put ${quote(client)} into the request object as client_id.`,
      evidence: evidence('client_id', inside, client),
    }
  }
  const expires = dateClaim(object, 'exp')
  if (expires !== undefined && expires * 1000 < attempt.startedAt) {
    return {
      says: `It expired ${duration(attempt.startedAt - expires * 1000)} before it was sent.`,
      fix: 'Make a new request object for each login.',
      evidence: evidence('exp', new Date(expires * 1000).toISOString(), 'a time after the request'),
    }
  }
  const audience = audiences(object)
  if (issuer !== undefined && audience.length > 0 && !audience.includes(issuer)) {
    return {
      says: `Its audience is ${quote(audience.join(', '))}; the server’s issuer is ${quote(issuer)}.`,
      fix: `Put ${quote(issuer)} into the request object as aud.`,
      evidence: evidence('aud', audience.join(', '), issuer),
    }
  }
  const listed = metadata?.document['request_object_signing_alg_values_supported']
  const alg = object.header['alg']
  if (Array.isArray(listed) && typeof alg === 'string' && !listed.includes(alg)) {
    return {
      says: `It is signed with ${quote(alg)}, which the server’s metadata does not list.`,
      fix: `Sign it with one of ${listed.map((item) => quote(String(item))).join(', ')}.`,
      evidence: evidence('alg', alg, listed.join(', ')),
    }
  }
  return undefined
}
