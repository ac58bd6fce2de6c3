import { resourceMismatchOf } from '../../facts/protected-resource'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const resourceMetadataMismatch = defineRule({
  id: 'resource-metadata-mismatch',
  title: 'The API’s metadata calls the API by another name',
  category: 'failure',
  severity: 'error',
  owner: 'resource_server',
  depth: 'mechanism',
  explains: ['not_begun'],
  what: 'The `resource` of the protected resource metadata against the URL of the API that the client called.',
  why: 'A client must not use metadata whose `resource` is not what it asked for (otherwise one API could collect the tokens of another), so it stops before anybody can log in.',
  toldApart: 'Both values are in the recording and are compared.',
  silentWhen: 'They are the same, or the client began a login all the same.',
  references: [rfc(9728, '3.3'), rfc(9728, '7.3')],
  covers: [],

  check(file) {
    const mismatch = resourceMismatchOf(file.attempt)
    if (!mismatch) {
      return file.attempt.documents.some(({ kind }) => kind === 'protected_resource_metadata')
        ? pass('the metadata is for the API that was called')
        : notApplicable
    }
    if (!file.failurePoints.some(({ kind }) => kind === 'not_begun')) return pass('the client went on with it')
    const { document, resource, used, isOther } = mismatch
    return fail({
      confidence: isOther ? 'certain' : 'likely',
      ...(!isOther && { depth: 'symptom' as const }),
      cause: `The client called ${quote(used)}, and the metadata of that API says ${quote(`resource: ${resource}`)}. A client must refuse that, and this one sent nothing more.`,
      evidence: [
        exchangeEvidence(document.exchange, 'response.body', {
          label: 'resource',
          parameter: 'resource',
          actual: resource,
          expected: used,
        }),
        exchangeEvidence(document.exchange, 'request.url', {
          label: 'metadata URL',
          actual: document.exchange.url,
        }),
      ],
      fix: {
        summary: `Let the API say ${quote(used)} as its ${quote('resource')}, or call it at ${quote(resource)}.`,
        steps: [
          'Behind a proxy the API often builds the value from the address at which it is reached inside: set its public URL.',
          'The value is compared as text: scheme, port, path and a slash at the end count.',
        ],
      },
    })
  },
})
