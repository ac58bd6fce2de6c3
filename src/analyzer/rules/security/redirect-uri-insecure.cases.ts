import { codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const to = (redirect_uri: string) => record(codeLogin({ request: { redirect_uri } }))

export default {
  fail: { 'http on a public host': to('http://app.example/callback') },
  pass: {
    https: record(codeLogin()),
    'http on localhost': to('http://localhost:3000/callback'),
    'a custom scheme': to('com.example.app:/callback'),
  },
} satisfies RuleCases
