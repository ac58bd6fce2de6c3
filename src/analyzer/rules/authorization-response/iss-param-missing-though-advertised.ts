import { hasParam, param } from '../../../model/parameters'
import { acceptance } from '../shared/acceptance'
import { ownMetadata } from '../shared/own-metadata'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote } from '../shared/text'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

const flag = 'authorization_response_iss_parameter_supported'

export const issParamMissing = defineRule({
  id: 'iss-param-missing-though-advertised',
  title: 'The answer lacks the issuer that the metadata promises',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'not_redeemed', 'loop'],
  clientMustReject: true,
  what: 'The metadata says that answers carry `iss`; the answer has none.',
  why: 'A client that knows `iss` must refuse an answer without it once the server has promised it. Many clients do not know it and go on.',
  toldApart: 'Without the promise in the metadata, a missing `iss` is as it should be.',
  silentWhen: 'The metadata makes no such promise or was not seen, or the answer could not be read whole.',
  references: [rfc(9207, '2.4')],
  covers: ['iss-param-missing-though-advertised'],

  check(file) {
    const { response } = file
    const metadata = ownMetadata(file)
    if (!response || metadata?.document[flag] !== true || hasParam(response.parameters, 'error')) return notApplicable
    const iss = param(response.parameters, 'iss')
    if (iss.state === 'unobserved') return indeterminate(iss.because)
    if (iss.state === 'present') return pass('the answer names its issuer')
    return fail({
      ...acceptance(file),
      confidence: 'certain',
      cause: `The metadata of ${hostOf(metadata.url)} says ${quote(`${flag}: true`)}, and the answer at ${quote(response.deliveredTo)} carries no ${quote('iss')}. A client that checks it must refuse the answer.`,
      evidence: [
        parameterEvidence(response.parameters, 'iss', {
          actual: '(missing)',
          expected: metadata.issuer ?? 'the issuer',
        }),
        {
          label: flag,
          where: { exchangeId: metadata.exchangeId, part: 'response.body', parameter: flag },
          actual: 'true',
        },
      ],
      fix: {
        summary: `Let the server send ${quote('iss')} to this client, or take ${quote(flag)} out of its metadata.`,
        steps: [
          'Some servers have a switch for each client that leaves the issuer out of the answer; turn it off.',
          'A gateway that removes parameters it does not know has the same effect.',
        ],
      },
    })
  },
})
