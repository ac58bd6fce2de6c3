import { type Observed, valueOf } from '../../../model/observed'
import { param } from '../../../model/parameters'
import { type Rejection, rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { list, quote } from '../shared/text'

const values = new Set(['code', 'token', 'id_token', 'none'])

export const responseTypeUnsupported = defineRule({
  id: 'response-type-unsupported',
  title: 'The server does not offer this response_type',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: [
    'authorization_error:unsupported_response_type',
    'authorization_error:unauthorized_client',
    'authorization_error:invalid_request',
    'authorization_page',
    'pushed_error',
  ],
  what: 'The server refused the request as `unsupported_response_type` or with words about the response type, or refused it while its metadata does not list the response_type, or while the response_type is missing or no registered word.',
  why: '`response_type` says what the server shall hand out. Many servers have switched the implicit flow (`token`, `id_token`) off.',
  toldApart: '`unauthorized_client` without such a contradiction is a matter of this one client.',
  silentWhen: 'The server accepted the value, whatever its metadata says.',
  references: [rfc(6749, '3.1.1'), rfc(6749, '4.1.2.1'), rfc(8414, '2')],
  covers: ['response-type-invalid'],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took the response_type') : notApplicable
    const sent = param(rejection.parameters, 'response_type')
    const named = rejection.error === 'unsupported_response_type'
    const told = named || saysSo(rejection, sent)
    if (sent.state === 'unobserved') return notApplicable
    const type = sent.state === 'present' ? sent.value : undefined
    const listed = stringsOf(file.metadata?.document['response_types_supported'])
    const isListed = type !== undefined && listed?.some((offered) => sameTypes(offered, type))
    const defect = defectOf(type)
    const contradicts = !isListed && listed !== undefined
    if (!told && (!isPossible(rejection) || (!defect && !contradicts))) {
      return pass(isListed ? 'the server’s metadata lists the response_type' : undefined)
    }
    const offers = listed ? ` Its metadata offers ${list(listed.map(quote))}.` : ''
    return fail({
      ...(type === undefined && { title: 'The request names no response_type' }),
      ...(type !== undefined && defect && { title: 'The response_type is misspelt' }),
      depth: defect || contradicts ? 'mechanism' : 'statement',
      confidence: named || defect ? 'certain' : 'likely',
      cause: `The request asks for ${type === undefined ? 'no response_type' : `response_type ${quote(type)}`}${defect ? `, which ${defect}` : ''}; the authorization server ${rejectionText(rejection)}.${offers}`,
      evidence: [
        parameterEvidence(rejection.parameters, 'response_type', {
          ...(type === undefined && { actual: 'missing' }),
          expected: 'code',
        }),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary: 'Send `response_type=code`, with PKCE.',
        steps: [
          'Set the response type (or flow) of the client library to `code`; a page can redeem the code itself with PKCE.',
          ...(type !== undefined && !defect
            ? [`Only if the application cannot be changed: enable ${quote(type)} for this client at the server.`]
            : []),
        ],
      },
    })
  },
})

/** A page that speaks of the response type, in whatever way, has nothing else against the request. */
const saysSo = ({ by, error, text }: Rejection, sent: Observed<string>): boolean =>
  by === 'page' &&
  // `code` is offered by every server that has such a page, whatever it says is missing.
  (error === undefined || (error === 'invalid_request' && valueOf(sent) !== 'code')) &&
  text.state === 'present' &&
  /\bresponse[\s_-]?type/i.test(text.value)

const isPossible = (rejection: Rejection): boolean =>
  rejection.error === 'unauthorized_client' || isUnspecific(rejection)

const defectOf = (type: string | undefined): string | undefined => {
  if (type === undefined) return 'the protocol requires'
  const words = type.split(' ')
  return words.every((word) => values.has(word)) && new Set(words).size === words.length
    ? undefined
    : 'is not made of the words `code`, `token` and `id_token`, separated by spaces'
}

const sameTypes = (a: string, b: string): boolean => a.split(' ').sort().join(' ') === b.split(' ').sort().join(' ')

const stringsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string') ? value : undefined
