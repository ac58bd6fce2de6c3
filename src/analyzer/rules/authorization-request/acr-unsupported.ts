import { type Parameters, param, paramValue } from '../../../model/parameters'
import { parseJson, isObject } from '../../recognition/readers'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { link, oidcCore } from '../shared/references'
import { rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { list, quote } from '../shared/text'

const possible = new Set([
  'unmet_authentication_requirements',
  'access_denied',
  'login_required',
  'interaction_required',
  'invalid_request',
])

export const acrUnsupported = defineRule({
  id: 'acr-unsupported',
  title: 'The server cannot authenticate as strongly as asked',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: [
    'authorization_error:unmet_authentication_requirements',
    'authorization_error:access_denied',
    'authorization_error:login_required',
    'authorization_error:interaction_required',
    'authorization_error:invalid_request',
  ],
  what: 'The request asks for an authentication level (`acr_values`, or `acr` in `claims`) and was refused, either with the code for it or while the server’s metadata does not list the level.',
  why: 'The level has to be set up at the server, and the user has to have what it needs, a second factor for example.',
  toldApart: 'Levels that the metadata lists, refused with a general code, are no sign of this.',
  silentWhen: 'The login succeeded with a lower level: `acr_values` is only a wish.',
  references: [
    oidcCore('5.5.1.1', 'acrSemantics'),
    link(
      'OpenID Connect Unmet Authentication Requirements',
      'https://openid.net/specs/openid-connect-unmet-authentication-requirements-1_0.html',
    ),
  ],
  covers: ['acr-unsupported'],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server went on with the requested level') : notApplicable
    const { parameters, error } = rejection
    const told = error === 'unmet_authentication_requirements'
    const wanted = wantedLevels(parameters)
    if (wanted.values.length === 0 && !told) return notApplicable
    const listed = file.metadata?.document['acr_values_supported']
    const missing = Array.isArray(listed) ? wanted.values.filter((value) => !listed.includes(value)) : []
    const none = missing.length > 0 && missing.length === wanted.values.length
    if (!told && (!possible.has(error ?? '') || !none)) return pass('the requested acr is one the server offers')
    const levels = list(wanted.values.map(quote))
    return fail({
      confidence: told ? 'certain' : 'likely',
      ...(!none && { depth: 'statement' as const }),
      cause:
        `${levels === '' ? 'The request asks for a certain authentication' : `The request asks for authentication at level ${levels}`}; the server ${rejectionText(rejection)}.` +
        (none && Array.isArray(listed)
          ? ` Its metadata offers ${list(listed.map((item) => quote(String(item))))}.`
          : ''),
      evidence: [
        rejectionEvidence(rejection),
        ...(wanted.values.length > 0
          ? [
              parameterEvidence(parameters, wanted.name, {
                actual: wanted.values.join(' '),
                ...(Array.isArray(listed) && { expected: listed.join(', ') }),
              }),
            ]
          : []),
      ],
      fix: {
        summary: none
          ? 'Ask for a level that the server offers, or set this level up there.'
          : 'Let the user enrol what the requested level needs, or ask for a lower one.',
        steps: ['Check the mapping of acr values to authentication steps in the server’s settings.'],
      },
    })
  },
})

const wantedLevels = (parameters: Parameters): { readonly name: string; readonly values: readonly string[] } => {
  const plain = param(parameters, 'acr_values')
  if (plain.state === 'present') return { name: 'acr_values', values: plain.value.split(/\s+/).filter(Boolean) }
  const claims = parseJson(paramValue(parameters, 'claims') ?? '')
  const acr = isObject(claims) && isObject(claims['id_token']) ? claims['id_token']['acr'] : undefined
  const values = isObject(acr) ? [acr['value'], ...(Array.isArray(acr['values']) ? acr['values'] : [])] : []
  return { name: 'claims', values: values.filter((value) => typeof value === 'string') }
}
