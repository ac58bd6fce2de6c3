import { authorize, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (error_description: string, token: object = { client_secret: 's' }) =>
  record(
    authorize(),
    redeem({ token: { ...token }, tokenCall: tokenError('invalid_client', { error_description }, 401) }),
  )
const publicClient = 'AADSTS700025: Client is public so neither client_assertion nor client_secret should be presented.'

export default {
  fail: { 'the server says that the client is public': login(publicClient) },
  pass: { 'the server says something else': login('Invalid client secret provided.') },
  notApplicable: { 'no secret was sent': login(publicClient, {}) },
} satisfies RuleCases
