import { codeLogin, errorRedirect, metadata, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const withPrompt = (prompt: string) => errorRedirect('invalid_request', { request: { prompt } })

export default {
  fail: {
    'none with another value': record(withPrompt('none login')),
    'a value that the metadata does not have': record(
      metadata({ prompt_values_supported: ['none', 'login'] }),
      withPrompt('create'),
    ),
    'a value of no standard': record(withPrompt('always')),
  },
  pass: {
    'a healthy login': record(codeLogin({ request: { prompt: 'login' } })),
    'an invalid request with a valid prompt': record(withPrompt('login consent')),
  },
  notApplicable: { 'no prompt': record(errorRedirect('invalid_request')) },
} satisfies RuleCases
