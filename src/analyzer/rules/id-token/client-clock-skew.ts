import { originOf } from '../../../model/url'
import { type TokenTimes, issuerClock, timesOf } from '../../facts/token-times'
import { FORGIVEN, SKEW, agreeWithBrowser, otherClocks } from '../shared/clocks'
import { claimEvidence } from '../shared/claims'
import { oidcCore, rfc } from '../shared/references'
import { duration, quote } from '../shared/text'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const clientClockSkew = defineRule({
  id: 'client-clock-skew',
  title: 'The clock of this computer and the clock of the server differ',
  category: 'failure',
  severity: 'error',
  owner: 'user',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable', 'loop'],
  clientMustReject: true,
  what: 'The `Date` of the server’s answers against the browser’s time, together with `exp`, `iat` and `nbf` of the ID token.',
  why: 'The client compares these times with its own clock: what the server has just issued is then expired already, or not yet valid.',
  toldApart:
    'By the server’s clock the token is valid; by the browser’s it is not. Answers of caches are left out. Other servers of the recording tell which of the two clocks is wrong.',
  silentWhen: 'The difference is under a minute, or the times of the token fit both clocks.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation'), rfc(7519, '4.1.4')],
  covers: ['client-clock-skew', 'id-token-expired-by-client-clock'],

  check: (file) => {
    const [token] = file.idTokens
    const issuer = file.tokenCalls[0] ?? file.request
    if (!token || !issuer) return notApplicable
    const clock = issuerClock(file, token)
    if (!clock) return indeterminate('headers-not-captured', 'Compare the time of this computer with a time server.')
    if (Math.abs(clock.offset) - clock.spread <= SKEW) return pass('the clocks of browser and server agree')
    const times = timesOf(file, token)
    const trouble = troubleOf(times)
    if (!trouble) return pass('the times of the ID token fit both clocks')
    const others = otherClocks(file, issuer.exchange.url)
    const serverIsWrong = agreeWithBrowser(others)
    const server = originOf(issuer.exchange.url) ?? issuer.exchange.url
    const wrong = serverIsWrong ? `the clock of ${quote(server)}` : 'the clock of this computer'
    return fail({
      confidence: trouble.claim === 'exp' ? 'certain' : 'likely',
      ...(serverIsWrong && {
        owner: 'authorization_server' as const,
        title: 'The clock of the authorization server is wrong',
      }),
      ...(!trouble.isRefused && { category: 'info' as const, severity: 'info' as const }),
      cause: `The server’s clock is ${duration(clock.offset)} ${clock.offset > 0 ? 'ahead of' : 'behind'} this computer’s. ${trouble.says}${serverIsWrong ? ' Other servers agree with this computer.' : others.length > 0 ? ' Other servers agree with the server.' : ''}`,
      evidence: [
        claimEvidence(token, trouble.claim, {
          actual: new Date(trouble.value).toISOString(),
          expected: `${trouble.claim === 'exp' ? 'after' : 'not after'} ${new Date(times.received).toISOString()}`,
        }),
        {
          label: 'Date',
          where: { exchangeId: clock.exchangeId, part: 'response.headers', parameter: 'Date' },
          actual: `${duration(clock.offset)} ${clock.offset > 0 ? 'ahead' : 'behind'}`,
        },
      ],
      fix: {
        summary: `Set ${wrong} by a time server.`,
        steps: [
          'Switch on automatic time in the settings of the system; virtual machines and containers drift after sleep.',
          'Let the client tolerate some seconds of difference, or correct its clock by the `Date` of the server’s answers.',
        ],
      },
    })
  },
})

interface Trouble {
  readonly claim: 'exp' | 'iat' | 'nbf'
  readonly value: number
  readonly says: string
  /** Clients refuse it, beyond what they forgive. */
  readonly isRefused: boolean
}

/** The claim that is in order by the server's clock and not by the browser's. */
const troubleOf = ({ exp, iat, nbf, received, serverTime = received }: TokenTimes): Trouble | undefined => {
  if (exp !== undefined && exp <= received && exp > serverTime) {
    return {
      claim: 'exp',
      value: exp,
      says: `The ID token is valid by the server’s clock, but expired ${duration(received - exp)} before it arrived by this computer’s.`,
      isRefused: true,
    }
  }
  const start = nbf !== undefined && nbf > received + SKEW ? ('nbf' as const) : ('iat' as const)
  const value = start === 'nbf' ? nbf! : iat
  if (value === undefined || value <= received + SKEW || value > serverTime + SKEW) return undefined
  return {
    claim: start,
    value,
    says: `By this computer’s clock the ID token was issued ${duration(value - received)} in the future.`,
    isRefused: value > received + FORGIVEN,
  }
}
