import type { Evidence } from '../../../model/analysis'
import type { Parameters } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { rejectionOf } from '../../facts/rejection'
import { isSecretParameter } from '../../../model/secrets'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { isUnspecific } from '../shared/rejection-words'
import { list, quote } from '../shared/text'

/** RFC 8707 section 2, RFC 8693 section 2.1: several resources are several parameters. */
const repeatable = new Set(['resource', 'audience'])

export const duplicateParameter = defineRule({
  id: 'duplicate-parameter',
  title: 'A parameter was sent twice',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'authorization_page',
    'authorization_error:invalid_request',
    'pushed_error:invalid_request',
    'token_error:invalid_request',
    'token_error:invalid_client',
    'token_error:unsupported_grant_type',
  ],
  what: 'A request that was refused as invalid carries the same parameter more than once.',
  why: 'A parameter must not be repeated; servers refuse it, or take the first or the last value.',
  toldApart: '`resource` and `audience` may be repeated.',
  silentWhen: 'The server took the request, or gave another reason.',
  references: [rfc(6749, '3.1'), rfc(6749, '3.2')],
  covers: ['duplicate-parameter'],

  check(file) {
    const refused = refusedParameters(file)
    if (!refused) return file.response ? pass('the server took the request') : notApplicable
    const { parameters, point } = refused
    const names = parameters.list.map(({ name }) => name)
    const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].filter(
      (name) => !repeatable.has(name),
    )
    const [first, ...more] = repeated
    if (first === undefined) return pass()
    const evidenceOf = (name: string): Evidence =>
      parameterEvidence(parameters, name, { actual: valuesText(parameters, name) })
    return fail({
      title: `${first} was sent twice`,
      confidence: point.error === undefined ? 'likely' : 'certain',
      cause: `The request carries ${list(repeated.map(quote))} more than once; the server ${point.error === undefined ? `answered status ${point.status}` : `answered ${quote(point.error)}`}.`,
      evidence: [evidenceOf(first), ...more.map(evidenceOf), statusEvidence(point.exchange)],
      fix: {
        summary: `Send ${list(repeated.map(quote))} once.`,
        steps: [
          'Look for a value that the library sets itself and the application adds again (extra query parameters), or for parameters that already stand in the configured endpoint URL.',
        ],
      },
    })
  },
})

const valuesText = (parameters: Parameters, name: string): string => {
  const values = parameters.list.filter((parameter) => parameter.name === name).map(({ value }) => value)
  return isSecretParameter(name) ? `sent ${values.length} times` : values.join(' and ')
}

const refusedParameters = (file: CaseFile): { parameters: Parameters; point: FailurePoint } | undefined => {
  const rejection = rejectionOf(file)
  if (rejection) {
    const fits = isUnspecific(rejection)
    return fits ? rejection : undefined
  }
  const point = file.failurePoints.find(
    ({ kind, error }) =>
      kind === 'token_error' && ['invalid_request', 'invalid_client', 'unsupported_grant_type'].includes(error ?? ''),
  )
  return point?.message.kind === 'token_request' ? { parameters: point.message.parameters, point } : undefined
}
