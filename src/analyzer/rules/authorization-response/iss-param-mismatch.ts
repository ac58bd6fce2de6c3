import { hasParam, param } from '../../../model/parameters'
import { withoutQuery } from '../../../model/url'
import { acceptance } from '../shared/acceptance'
import { ownMetadata } from '../shared/own-metadata'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const issParamMismatch = defineRule({
  id: 'iss-param-mismatch',
  title: 'The answer names another issuer',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'not_redeemed', 'loop'],
  clientMustReject: true,
  what: 'The parameter `iss` of the answer against `issuer` in the metadata of the server that was asked.',
  why: 'The client must refuse an answer of another issuer: it may have been led to the wrong server on purpose.',
  toldApart:
    'The two are compared character by character, as the client has to; a slash, the scheme or an alias of the host is enough.',
  silentWhen: 'The answer has no `iss`, or the metadata of this authorization endpoint was not seen.',
  references: [rfc(9207, '2.4')],
  covers: ['iss-param-mismatch'],

  check(file) {
    const { response } = file
    if (!response) return notApplicable
    const iss = param(response.parameters, 'iss')
    if (iss.state !== 'present') return notApplicable
    const metadata = ownMetadata(file)
    if (metadata?.issuer === undefined) {
      return indeterminate(
        'The metadata of the server was not seen.',
        'Record from the start, so that the metadata request is in it.',
      )
    }
    if (metadata.issuer === iss.value || metadata.issuer.includes('{'))
      return pass('the answer names the issuer of the metadata')
    const difference = urlDifference(iss.value, metadata.issuer) ?? 'their spelling'
    return fail({
      ...acceptance(file),
      confidence: 'certain',
      cause:
        `The answer says ${quote(`iss=${iss.value}`)}, and the metadata at ${quote(withoutQuery(metadata.url))} says that the issuer is ${quote(metadata.issuer)}. ` +
        `They differ in ${difference}, and clients compare them character by character.`,
      evidence: [
        parameterEvidence(response.parameters, 'iss', { expected: metadata.issuer }),
        {
          label: 'issuer',
          where: { exchangeId: metadata.exchangeId, part: 'response.body', parameter: 'issuer' },
          actual: metadata.issuer,
        },
      ],
      fix: {
        summary: `Let the server use one issuer: ${quote(metadata.issuer)} in the answer, or ${quote(iss.value)} in the metadata.`,
        steps: [
          'Set the public URL of the server once, behind proxies above all; both values are made from it.',
          'When the hosts belong to different servers, find out how the user got to the other one: that would be an attack.',
          ...(hasParam(response.parameters, 'code') ? ['Do not redeem the code of this answer.'] : []),
        ],
      },
    })
  },
})
