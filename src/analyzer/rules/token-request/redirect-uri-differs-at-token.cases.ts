import { authorize, codeLogin, record, redeem, request, serverLogin, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refused = (redirect_uri: string | undefined, tokenCall = tokenError('invalid_grant')) =>
  record(authorize(), redeem({ token: { redirect_uri }, tokenCall }))

export default {
  fail: {
    'a slash too many': { recording: refused(`${request.redirect_uri}/`), owner: 'client' },
    'another scheme': refused(request.redirect_uri.replace('https', 'http')),
    'left out': refused(undefined),
    'words about it under the code of another error': refused(
      `${request.redirect_uri}/`,
      tokenError('invalid_client', {
        error_description: `The redirect URI '${request.redirect_uri}/' does not match those of the application.`,
      }),
    ),
    'the server denies the client a code that it has just issued to it': refused(
      `${request.redirect_uri}/`,
      tokenError('unauthorized_client', {}, 403),
    ),
    'the answer was not visible': refused(`${request.redirect_uri}/`, { status: 400 }),
  },
  pass: {
    'the same value': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant') })),
    'left out and accepted': record(codeLogin({ token: { redirect_uri: undefined } })),
  },
  notApplicable: {
    'the grant is not allowed to the client, in words': refused(
      `${request.redirect_uri}/`,
      tokenError('unauthorized_client', { error_description: 'Grant type authorization_code not allowed' }),
    ),
    'the client itself was refused': refused(`${request.redirect_uri}/`, tokenError('invalid_client', {}, 401)),
  },
  indeterminate: {
    'a server redeems the code': record(serverLogin({ callback: { status: 500 } })),
    'the authorization request came before the recording': record(redeem({ tokenCall: tokenError('invalid_grant') })),
  },
} satisfies RuleCases
