import { codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (asked: string, scope: string) => record(codeLogin({ request: { scope: asked }, tokenAnswer: { scope } }))

export default {
  fail: { 'one scope less': login('openid profile orders:write', 'openid profile') },
  pass: {
    'in another order': login('openid profile email', 'email openid profile'),
    'a token for an API alone': login('openid profile orders:read', 'orders:read'),
    'with long names': login('openid calendar', 'openid https://www.example.com/auth/calendar'),
    'separated by commas': login('repo user', 'repo,user'),
  },
  notApplicable: { 'the answer names none': record(codeLogin()) },
} satisfies RuleCases
