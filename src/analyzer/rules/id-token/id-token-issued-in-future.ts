import { FORGIVEN } from '../shared/clocks'
import { timesOf } from '../../facts/token-times'
import { claimEvidence } from '../shared/claims'
import { oidcCore, rfc } from '../shared/references'
import { duration, quote } from '../shared/text'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const idTokenIssuedInFuture = defineRule({
  id: 'id-token-issued-in-future',
  title: 'The ID token was issued in the future',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable', 'loop'],
  clientMustReject: true,
  what: '`iat` and `nbf` of a fresh ID token against the `Date` of the answer that brought it, and against the browser’s time.',
  why: 'Clients refuse a token that is not valid yet, or that comes from the future, apart from some minutes for clocks that differ.',
  toldApart:
    'It lies in the future by the clock of the server’s own answer, so the service that makes tokens has another clock than what answers; where only the browser’s clock says so, it is `client-clock-skew`.',
  silentWhen: 'The difference is under five minutes, which clients forgive, or the client went on with the token.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation'), rfc(7519, '4.1.5')],
  covers: [],

  check: (file) => {
    const all = file.idTokens.map((token) => timesOf(file, token))
    if (all.length === 0) return notApplicable
    const early = all.flatMap(({ token, received, serverTime, iat, nbf }) =>
      (
        [
          ['nbf', nbf],
          ['iat', iat],
        ] as const
      ).flatMap(([claim, value]) =>
        value !== undefined && value > Math.max(received, serverTime ?? received) + FORGIVEN
          ? [{ token, claim, value, received, serverTime }]
          : [],
      ),
    )
    const [first] = early
    if (!first) return pass('the ID token was not issued in the future')
    const { token, claim, value, received, serverTime } = first
    if (serverTime === undefined) {
      return indeterminate('headers-not-captured', 'Compare the time of this computer with a time server.')
    }
    return fail({
      confidence: 'certain',
      cause: `${quote(claim)} of the ID token lies ${duration(value - serverTime)} after the time at which the server’s own answer brought it, so clients refuse the token as one that does not exist yet.`,
      evidence: [
        claimEvidence(token, claim, {
          actual: new Date(value).toISOString(),
          expected: `not after ${new Date(received).toISOString()}`,
        }),
        {
          label: 'Date',
          where: { exchangeId: token.exchangeId, part: 'response.headers', parameter: 'Date' },
          actual: new Date(serverTime).toISOString(),
        },
      ],
      fix: {
        summary: 'Set the clock of the machine that issues the tokens by a time server.',
        steps: [
          'The answer itself is dated rightly: look at the service behind the proxy, and at each of its instances.',
          'Virtual machines and containers drift after sleep.',
        ],
      },
    })
  },
})
