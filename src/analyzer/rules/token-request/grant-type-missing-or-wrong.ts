import { hasParam, param } from '../../../model/parameters'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { isAboutTheForm, refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** The grant that goes with what the request carries. */
const grants = {
  code: 'authorization_code',
  refresh_token: 'refresh_token',
  device_code: 'urn:ietf:params:oauth:grant-type:device_code',
  subject_token: 'urn:ietf:params:oauth:grant-type:token-exchange',
} as const

export const grantTypeMissingOrWrong = defineRule({
  id: 'grant-type-missing-or-wrong',
  title: 'The token request has no grant_type',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: '`grant_type` is missing from the token request, or does not go with what the request carries.',
  why: 'The server reads it first, to know what to look for in the rest.',
  toldApart: 'The parameters were seen. A body that the server could not read, JSON for one, is another rule.',
  silentWhen: 'The request was accepted, or its body was not visible.',
  references: [rfc(6749, '4.1.3'), rfc(6749, '5.2')],
  covers: ['grant-type-missing-or-wrong'],

  check: (file) => {
    const refusal = refusalsOf(file).find(isAboutTheForm)
    if (!refusal) return notApplicable
    const { call, point } = refusal
    const sent = param(call.parameters, 'grant_type')
    if (sent.state === 'unobserved') return notApplicable
    const carried = (['code', 'refresh_token', 'device_code', 'subject_token'] as const).find((name) =>
      hasParam(call.parameters, name),
    )
    const wanted = carried && grants[carried]
    if (sent.state === 'present' && (wanted === undefined || sent.value === wanted)) {
      return pass()
    }
    if (sent.state === 'absent' && call.parameters.list.length === 0) return pass()
    return fail({
      confidence: 'certain',
      ...(sent.state === 'present' && { title: 'The grant_type does not go with what the token request carries' }),
      cause:
        sent.state === 'present'
          ? `The token request says ${quote(`grant_type=${sent.value}`)} but carries a ${quote(carried!)}. The server answered ${saidBy(point)}.`
          : `The token request carries ${carried === undefined ? 'parameters' : `a ${quote(carried)}`}, but no grant_type. The server answered ${saidBy(point)}.`,
      evidence: [
        parameterEvidence(call.parameters, 'grant_type', {
          actual: sent.state === 'present' ? sent.value : 'missing',
          ...(wanted !== undefined && { expected: wanted }),
        }),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: `Send ${quote(`grant_type=${wanted ?? 'authorization_code'}`)}.`,
        steps: ['Put it into the form-encoded body beside the other parameters; it is case-sensitive.'],
      },
    })
  },
})
