import { authorize, codeLogin, errorRedirect, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const withChallenge = (code_challenge: string) => ({ request: { code_challenge } })
const hexadecimal = withChallenge('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')

export default {
  fail: {
    'hexadecimal, refused at once': record(errorRedirect('invalid_request', hexadecimal)),
    'padded, refused at the exchange': record(
      authorize(withChallenge('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=')),
      redeem({ tokenCall: tokenError('invalid_grant') }),
    ),
    'padded, refused at the exchange for a reason that was not seen': record(
      authorize(withChallenge('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=')),
      redeem({ tokenCall: { status: 400 } }),
    ),
    'base64 instead of base64url': record(
      errorRedirect('invalid_request', withChallenge('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw/cM')),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'an invalid request with a good challenge': record(errorRedirect('invalid_request')),
    'the server does not mind': record(codeLogin(hexadecimal)),
  },
  notApplicable: {
    'no challenge': record(errorRedirect('invalid_request', { request: { code_challenge: undefined } })),
    'the plain method': record(errorRedirect('invalid_request', { request: { code_challenge_method: 'plain' } })),
  },
} satisfies RuleCases
