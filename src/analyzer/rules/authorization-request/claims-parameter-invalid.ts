import { param } from '../../../model/parameters'
import { rejectionOf } from '../../facts/rejection'
import { isObject, parseJson } from '../../recognition/readers'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore, rfc } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'

export const claimsParameterInvalid = defineRule({
  id: 'claims-parameter-invalid',
  title: 'A JSON parameter of the request cannot be read',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'authorization_error:invalid_request',
    'authorization_error:invalid_authorization_details',
    'authorization_page',
    'pushed_error',
  ],
  what: 'The request was refused, and its `claims` is no JSON object or its `authorization_details` no JSON array of objects with a `type`.',
  why: 'Both parameters carry JSON inside a form value; quoting and encoding go wrong easily.',
  toldApart:
    'Well-formed JSON that the server refuses is about its content, which `invalid_authorization_details` says.',
  silentWhen: 'The server accepted the request.',
  references: [oidcCore('5.5', 'ClaimsParameter'), rfc(9396, '2'), rfc(9396, '5')],
  covers: [],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took the request') : notApplicable
    const { parameters, error } = rejection
    const told = error === 'invalid_authorization_details'
    for (const name of ['claims', 'authorization_details']) {
      const sent = param(parameters, name)
      if (sent.state !== 'present') continue
      const defect = defectOf(name, sent.value)
      const applies = name === 'authorization_details' && told
      if (!applies && (defect === undefined || !isUnspecific(rejection))) continue
      return fail({
        title: defect ? `${name} is not ${defect}` : 'The server does not take these authorization_details',
        confidence: 'certain',
        ...(!defect && { depth: 'statement' as const }),
        cause: `The authorization server ${rejectionText(rejection)}.${defect ? ` The parameter \`${name}\` has to be ${defect}, and it is not.` : ' The JSON is well-formed, so a `type` or a field in it is unknown or not allowed for this client.'}`,
        evidence: [parameterEvidence(parameters, name), rejectionEvidence(rejection)],
        fix: {
          summary: defect
            ? `Send \`${name}\` as JSON text, encoded once.`
            : 'Use only types and fields that the server documents.',
          steps: ['Build it with JSON.stringify and let URLSearchParams encode it.'],
        },
      })
    }
    return pass()
  },
})

const defectOf = (name: string, text: string): string | undefined => {
  const json = parseJson(text)
  if (name === 'claims') return isObject(json) ? undefined : 'a JSON object'
  const isList = Array.isArray(json) && json.every((item) => isObject(item) && typeof item['type'] === 'string')
  return isList ? undefined : 'a JSON array of objects with a type'
}
