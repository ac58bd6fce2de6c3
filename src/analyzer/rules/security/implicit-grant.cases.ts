import { authorize, codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'a page takes its token out of the fragment': record(authorize({ request: { response_type: 'id_token token' } })),
  },
  pass: {
    'the code flow': record(codeLogin()),
    'an ID token that is posted': record(
      authorize({ request: { response_type: 'id_token', response_mode: 'form_post' } }),
    ),
  },
} satisfies RuleCases
