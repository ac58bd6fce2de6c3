import { authorize, record, redeem, tokenError } from '../../../testing/builders'
import { digest } from '../../facts/digest'
import type { RuleCases } from '../cases'

const login = (verifier: string, tokenCall = tokenError('invalid_grant')) =>
  record(
    authorize({ request: { code_challenge: digest('S256', verifier) } }),
    redeem({ token: { code_verifier: verifier }, tokenCall }),
  )

export default {
  fail: {
    'too short': login('short-verifier'),
    'too long': login('a'.repeat(129)),
    'plain base64': login(`${'a+/'.repeat(16)}=`, tokenError('invalid_request')),
  },
  pass: { '43 characters': login('a'.repeat(43)), '128 characters': login('~'.repeat(128)) },
} satisfies RuleCases
