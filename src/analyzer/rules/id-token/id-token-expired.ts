import { timesOf } from '../../facts/token-times'
import { claimEvidence } from '../shared/claims'
import { oidcCore } from '../shared/references'
import { duration } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** What clocks may differ by before anybody is accused. */
const TOLERANCE = 60_000

export const idTokenExpired = defineRule({
  id: 'id-token-expired',
  title: 'The ID token was expired when the server sent it',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable'],
  clientMustReject: true,
  what: '`exp` of a fresh ID token against the time of its arrival, by the browser’s clock and by the server’s.',
  why: 'A client must refuse an expired ID token. A cached answer, a lifetime of zero, or milliseconds instead of seconds produce one.',
  toldApart:
    'It is expired by the clock of the server that sent it; where only the browser’s clock says so, it is `client-clock-skew`.',
  silentWhen: 'The server did not tell the time and the difference is under a minute, or the client went on with it.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation')],
  covers: [],

  check: (file) => {
    const all = file.idTokens.map((token) => timesOf(file, token)).filter(({ exp }) => exp !== undefined)
    if (all.length === 0) return notApplicable
    const expired = all.find(
      ({ exp, received, serverTime }) => exp! + TOLERANCE < Math.min(received, serverTime ?? received),
    )
    if (!expired) return pass('the ID token is not expired')
    const { exp, iat, serverTime, received, token } = expired
    const age = (serverTime ?? received) - exp!
    const lived = iat === undefined ? undefined : exp! - iat
    return fail({
      confidence: serverTime === undefined ? 'likely' : 'certain',
      cause: `The ID token had expired ${duration(age)} before it arrived${serverTime === undefined ? '' : ', by the clock of the server that sent it'}.${lived === undefined ? '' : ` It says that it lives ${duration(lived)} from its issue.`}`,
      evidence: [
        claimEvidence(token, 'exp', {
          actual: new Date(exp!).toISOString(),
          expected: `after ${new Date(received).toISOString()}`,
        }),
        ...(iat === undefined ? [] : [claimEvidence(token, 'iat', { actual: new Date(iat).toISOString() })]),
      ],
      fix: {
        summary: 'Make the server issue a fresh ID token with each answer.',
        steps: [
          'Token responses must not be cached: `Cache-Control: no-store`, and no gateway that stores them.',
          'Check the ID token lifetime of the client; `exp` counts seconds since 1970, not milliseconds.',
        ],
      },
    })
  },
})
