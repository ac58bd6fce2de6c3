import { call, codeLogin, errorRedirect, metadata, record, server, tokenError, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const withScope = (scope: string, error = 'invalid_scope', more = {}) =>
  errorRedirect(error, { request: { scope }, response: more })

export default {
  fail: {
    'the server does not say which': { recording: record(withScope('openid orders')), owner: 'authorization_server' },
    'the answer names the scope': record(withScope('openid orders', 'invalid_scope', { scope: 'orders' })),
    'the metadata does not have it': {
      recording: record(metadata({ scopes_supported: ['openid', 'email'] }), withScope('openid orders')),
      owner: 'client',
    },
    'commas, and the server calls it invalid_client': {
      recording: record(withScope('openid,profile,email', 'invalid_client')),
      owner: 'client',
    },
    'plus signs encoded': { recording: record(withScope('openid+profile')), owner: 'client' },
    'two URLs glued': {
      recording: record(withScope('https://scopes.example/emailhttps://scopes.example/profile')),
      owner: 'client',
    },
    'an array in text form': { recording: record(withScope('["openid","email"]')), owner: 'client' },
    'a machine asks for too much': record(
      call({
        url: `${server}/token`,
        form: { grant_type: 'client_credentials', client_id: 'job', scope: 'orders' },
        ...tokenError('invalid_scope'),
      }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a server that reads commas': record(codeLogin({ request: { scope: 'openid,profile' } })),
    'a well-formed scope and another error': record(errorRedirect('invalid_request')),
    'an earlier login was fine': record(codeLogin(), wait(60_000), errorRedirect('access_denied')),
  },
} satisfies RuleCases
