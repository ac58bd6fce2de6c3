import { codeLogin, errorPage, errorRedirect, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const entra = 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize'
const google = 'https://accounts.google.com/o/oauth2/v2/auth'

export default {
  fail: {
    'a single-tenant application at the endpoint for all': record(
      errorRedirect('invalid_request', {
        authorizationUrl: entra,
        response: { error_description: 'AADSTS50194: Application is not configured as a multi-tenant application.' },
      }),
    ),
    'an account of outside for an internal application': record(
      errorPage({
        authorizationUrl: google,
        authorization: {
          status: 403,
          body: '<p>Access blocked: this app is for users within its organization</p><p>Error 403: org_internal</p>',
        },
      }),
    ),
  },
  pass: { 'a healthy login': record(codeLogin({ authorizationUrl: entra })) },
  notApplicable: {
    'another server with the same words': record(
      errorRedirect('invalid_request', { response: { error_description: 'AADSTS50194' } }),
    ),
  },
} satisfies RuleCases
