import { authorize, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (grant_type: string | undefined, error = 'unsupported_grant_type') =>
  record(authorize(), redeem({ token: { grant_type }, tokenCall: tokenError(error) }))

export default {
  fail: {
    'left out': login(undefined, 'invalid_request'),
    'in the wrong case': login('Authorization_Code'),
    'of another grant': login('client_credentials', 'invalid_client'),
  },
  pass: { 'the right one': login('authorization_code') },
  notApplicable: { 'the server did not mind': record(authorize(), redeem({ token: { grant_type: undefined } })) },
} satisfies RuleCases
