import { codeLogin, errorRedirect, metadata, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const acr = { request: { acr_values: 'urn:example:gold' } }

export default {
  fail: {
    'the server says so': record(errorRedirect('unmet_authentication_requirements', acr)),
    'a level that the metadata does not have': record(
      metadata({ acr_values_supported: ['urn:example:silver'] }),
      errorRedirect('login_required', acr),
    ),
    'an essential claim': record(
      metadata({ acr_values_supported: ['1'] }),
      errorRedirect('invalid_request', {
        request: { claims: '{"id_token":{"acr":{"essential":true,"values":["3"]}}}' },
      }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin(acr)),
    'the level is offered': record(
      metadata({ acr_values_supported: ['urn:example:gold'] }),
      errorRedirect('access_denied', acr),
    ),
  },
  notApplicable: { 'no level was asked for': record(errorRedirect('login_required')) },
} satisfies RuleCases
