import type { TokenRequest } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { isUsable } from '../../facts/failure-points'
import { issuerOfRefreshToken, refreshCallsOf } from '../../facts/refresh'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { list, quote } from '../shared/text'
import { isAboutTheGrant, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const refreshScopeWidened = defineRule({
  id: 'refresh-scope-widened',
  title: 'The refresh asks for more than the login was granted',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The `scope` of the refresh against the scope that was granted when the refresh token was issued.',
  why: 'A refresh may ask for the same or less; for more the user has to agree in a login.',
  toldApart:
    'The granted scope stands in the answer that brought the refresh token, or in the request when the answer left it out.',
  silentWhen:
    'The refresh names no scope, the login was not recorded, or a refresh with the same scope was answered with tokens.',
  references: [rfc(6749, '6')],
  covers: ['refresh-scope-widened'],

  check: (file) =>
    judgeRefresh(
      file,
      (refusal) => isAboutTheGrant(refusal) || refusal.point.error === 'invalid_scope',
      ({ call, point, token }) => {
        const asked = paramValue(call.parameters, 'scope')
        if (asked === undefined) return notApplicable
        const granted = grantedScope(file, token)
        if (granted === undefined) return indeterminate('capture-started-late')
        const had = new Set(granted.split(/[\s,]+/))
        const more = asked.split(' ').filter((scope) => scope !== '' && !had.has(scope))
        if (more.length === 0) return pass('the refresh asks for no more than was granted')
        const served = chainOf(file, token).find((other) => {
          const scopes = new Set(paramValue(other.parameters, 'scope')?.split(' '))
          return isUsable(other) && more.every((scope) => scopes.has(scope))
        })
        if (served) return pass('a refresh of the same login that asked for the same was answered with tokens')
        return fail({
          confidence: point.error === 'invalid_scope' ? 'certain' : 'likely',
          cause: `The refresh asks for ${list(more.map(quote))}, which the login was not granted: it has ${quote(granted)}. The server answered ${saidBy(point)}.`,
          evidence: [parameterEvidence(call.parameters, 'scope', { expected: granted }), statusEvidence(call.exchange)],
          fix: {
            summary: 'Leave `scope` out of the refresh: it then renews what was granted.',
            steps: [`To get ${list(more.map(quote))}, start a login that asks for it.`],
          },
        })
      },
    ),
})

/** The other refreshes of one login: with this token, and with those that it was exchanged for. */
const chainOf = (file: CaseFile, token: string): readonly TokenRequest[] => {
  const refreshes = refreshCallsOf(file.world)
  const tokens = new Set([token])
  for (const call of refreshes.toReversed()) {
    const [sent, got] = [call.parameters, call.response.parameters].map((from) => paramValue(from, 'refresh_token'))
    if (sent !== undefined && got !== undefined && tokens.has(got)) tokens.add(sent)
  }
  return refreshes.filter((call) => tokens.has(paramValue(call.parameters, 'refresh_token') ?? ''))
}

const grantedScope = (file: CaseFile, token: string): string | undefined => {
  const issuer = issuerOfRefreshToken(file.world, token)
  const answered = issuer && paramValue(issuer.response.parameters, 'scope')
  const login = file.attempts.find(({ tokenCalls }) => issuer !== undefined && tokenCalls.includes(issuer))
  return answered ?? (login?.requests[0] && paramValue(login.requests[0].parameters, 'scope'))
}
