import { codeLogin, errorRedirect, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const said = (error_description: string, request = {}) =>
  errorRedirect('invalid_request', { request, response: { error_description } })

export default {
  fail: {
    'a parameter of another version': record(
      said("The 'resource' request parameter is not supported.", { resource: 'https://api.example' }),
    ),
    'a missing one': record(said('missing required parameter: display')),
    'a missing one whose name is a word too': record(said('nonce required', { nonce: undefined })),
    'an unmistakable name': record(said('max_age out of range', { max_age: '1' })),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'words that name nothing': record(said('the request is invalid')),
    'words that miss what was sent': record(said('Required parameter is missing: response_type')),
    'a word of the language, beside another that misses': record(said('the state requires attention')),
    'a word of the language': record(said('the state of the system is bad')),
    'no words': record(errorRedirect('invalid_request')),
  },
  notApplicable: { 'another error': record(errorRedirect('access_denied')) },
} satisfies RuleCases
