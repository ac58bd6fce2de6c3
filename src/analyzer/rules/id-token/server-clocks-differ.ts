import { valueOf } from '../../../model/observed'
import { originOf } from '../../../model/url'
import type { FailurePoint } from '../../facts/failure-points'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { FORGIVEN, SKEW } from '../shared/clocks'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { duration, hostOf, quote } from '../shared/text'

export const serverClocksDiffer = defineRule({
  id: 'server-clocks-differ',
  title: 'The clocks of the client’s server and of the authorization server differ',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error'],
  what: 'The `Date` of the answers of both servers, where the client’s server asked for an ID token and failed at the callback.',
  why: 'It compares `iat` and `exp` of the ID token with its own clock: what was just issued is expired already, or not yet valid.',
  toldApart:
    'Where the ID token is visible, its times are looked at instead. The clock of this computer tells which of the two servers is wrong.',
  silentWhen:
    'The clocks lie less than five minutes apart, no ID token was asked for, or the status speaks of a missing route or of a proxy.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation')],
  covers: [],

  check(file) {
    const { request } = file
    const point = file.failurePoints.find(mayBeTheToken)
    const asksForIdToken = valueOf(file.asked('scope'))?.split(' ').includes('openid') ?? false
    if (!request || !point || !asksForIdToken || file.idTokens.length > 0) return notApplicable
    const [issuer, client] = [request.exchange.url, point.exchange.url]
    const [theirs, own] = [file.clock(issuer), file.clock(client)]
    if (!theirs || !own || originOf(issuer) === originOf(client)) return notApplicable
    const apart = theirs.offset - own.offset
    if (Math.abs(apart) - theirs.spread - own.spread < FORGIVEN) return pass('the clocks of both servers agree')
    const isTheirs = Math.abs(own.offset) < SKEW
    const isOwn = Math.abs(theirs.offset) < SKEW
    const wrong = isTheirs ? hostOf(issuer) : hostOf(client)
    const judge = isTheirs || isOwn ? ` This computer agrees with ${quote(hostOf(isTheirs ? client : issuer))}.` : ''
    return fail({
      confidence: 'likely',
      owner: isTheirs ? 'authorization_server' : 'client',
      cause:
        `The clock of ${quote(hostOf(issuer))} is ${duration(apart)} ${apart > 0 ? 'ahead of' : 'behind'} that of ${quote(hostOf(client))}.${judge} ` +
        `To the client’s server an ID token that was just issued is ${apart > 0 ? 'not yet valid' : 'too old'}.`,
      evidence: [
        exchangeEvidence(request.exchange, 'response.headers', {
          label: 'Date',
          parameter: 'Date',
          actual: `${duration(apart)} ${apart > 0 ? 'ahead' : 'behind'}`,
          expected: `as at ${hostOf(client)}`,
        }),
        statusEvidence(point.exchange),
      ],
      fix: {
        summary: `Set the clock of ${quote(wrong)} by a time server.`,
        steps: [
          'Switch on automatic time there; virtual machines and containers drift after sleep.',
          'The log of the client’s server names `iat`, `nbf` or `exp` if this is the reason.',
        ],
      },
      notObservable: ['The ID token: it went from server to server.'],
    })
  },
})

/** Other statuses speak of the route or of what stands in front. */
const tokenStatuses = new Set([400, 401, 403, 500])

const mayBeTheToken = ({ kind, status }: FailurePoint): boolean =>
  kind === 'client_error' || (kind === 'callback_error' && tokenStatuses.has(status ?? 0))
