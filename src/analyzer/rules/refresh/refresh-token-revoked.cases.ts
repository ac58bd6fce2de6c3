import { call, client, codeLogin, navigate, record, server, tokenError, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })
const revoke = call(
  { url: `${server}/revoke`, form: { token: 'r1', client_id: 'shop-web' }, body: '' },
  { initiator: client },
)
const signOut = navigate([
  { url: `${server}/logout?id_token_hint=x&post_logout_redirect_uri=${encodeURIComponent(`${client}/bye`)}` },
  { url: `${client}/bye`, body: '<html></html>' },
])

export default {
  fail: {
    'the client had revoked it': record(login, wait(5000), revoke, wait(20_000), refresh('r1', refused)),
    'another tab had signed out': record(login, wait(5000), signOut, wait(20_000), refresh('r1', refused, 2)),
    'the token it came from was presented twice': {
      recording: record(
        login,
        wait(20_000),
        refresh('r1', { ...renewed('r2'), takes: 60 }),
        refresh('r1', refused),
        wait(20_000),
        refresh('r2', refused),
      ),
      rootCause: ['refresh-token-rotated-reused', 'refresh-token-revoked'],
    },
    'the server says so': record(
      refresh('r1', tokenError('invalid_grant', { error_description: 'Token has been expired or revoked.' })),
    ),
  },
  pass: {
    'the server quotes the definition of the code': record(
      refresh(
        'r1',
        tokenError('invalid_grant', {
          error_description:
            'The provided grant or refresh token is invalid, expired, revoked or does not match the client.',
        }),
      ),
    ),
    'an older token was refused before it was renewed': record(
      login,
      refresh('r1', refused),
      refresh('r1', renewed('r2')),
      wait(20_000),
      refresh('r2', refused),
    ),
    'nobody took it back': record(login, wait(20_000), refresh('r1', refused)),
    renewed: record(login, refresh('r1', renewed())),
  },
  notApplicable: { 'no refresh': record(login) },
} satisfies RuleCases
