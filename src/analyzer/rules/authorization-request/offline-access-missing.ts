import { hasParam, param, paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { isUsable } from '../../facts/failure-points'
import { refreshCallsOf } from '../../facts/refresh'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { quote } from '../shared/text'

export const offlineAccessMissing = defineRule({
  id: 'offline-access-missing',
  title: 'The client never asked for a refresh token',
  category: 'failure',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error'],
  what: 'The login’s scope lacks `offline_access`, its answer has no refresh token, and the client then tried to refresh without one.',
  why: 'Many servers issue refresh tokens only when they are asked to.',
  toldApart:
    'Where the answer of the login was not seen, the client’s empty refresh token stands for it. A login that asked for it and did not get it is a matter of the server’s settings.',
  silentWhen: 'A refresh token came, or nothing needed one.',
  references: [oidcCore('11', 'OfflineAccess')],
  covers: ['offline-access-missing'],

  check(file) {
    const login = loginOf(file)
    const request = login?.requests.at(-1)
    const call = login?.tokenCalls.find(isUsable)
    if (!request || !call) return notApplicable
    const given = param(call.response.parameters, 'refresh_token')
    if (given.state === 'present') return pass('the login got a refresh token')
    const scope = param(request.parameters, 'scope')
    if (scope.state === 'unobserved' || hasParam(request.parameters, 'access_type')) return notApplicable
    const value = scope.state === 'present' ? scope.value : ''
    if (value.split(/\s+/).includes('offline_access')) return pass('the login asked for offline_access')
    const empty = file.attempts
      .flatMap(({ tokenCalls }) => tokenCalls)
      .find(
        (other) =>
          other.at > call.at &&
          paramValue(other.parameters, 'grant_type') === 'refresh_token' &&
          isEmpty(paramValue(other.parameters, 'refresh_token')) &&
          !other.parameters.hidden,
      )
    if (!empty || !file.tokenCalls.includes(empty))
      return given.state === 'unobserved' ? indeterminate(given.because) : pass()
    const hadOne = refreshCallsOf(file.world).some(
      (other) => other.at > call.at && other.at < empty.at && !isEmpty(paramValue(other.parameters, 'refresh_token')),
    )
    if (hadOne) return pass('the client refreshed with a refresh token before')
    const seen = given.state === 'absent'
    return fail({
      confidence: seen ? 'certain' : 'likely',
      cause: `The client tried to refresh its tokens without a refresh token: the login asked for scope ${quote(value)}, without \`offline_access\`, and ${seen ? 'the server issued none' : 'many servers issue none then'}.`,
      evidence: [
        parameterEvidence(request.parameters, 'scope', { expected: `${value} offline_access`.trim() }),
        ...(seen ? [parameterEvidence(call.response.parameters, 'refresh_token', { actual: 'missing' })] : []),
        statusEvidence(empty.exchange),
      ],
      fix: {
        summary: `Send ${quote(`${value} offline_access`.trim())} as scope, and allow refresh tokens for this client at the server.`,
        steps: [
          'Without a refresh token renew by a silent request or by a new login, and do not call the token endpoint.',
        ],
      },
    })
  },
})

const isEmpty = (value: string | undefined): boolean => value === undefined || value === 'undefined' || value === 'null'

/** This attempt, or the login that it refreshes: the last one of the same client before it that got tokens. */
const loginOf = ({ attempt, attempts, client_id }: CaseFile) => {
  if (attempt.requests.length > 0) return attempt
  return attempts.findLast(
    (other) =>
      other.startedAt < attempt.startedAt &&
      other.requests.length > 0 &&
      (other.id === attempt.parent ||
        (client_id !== undefined && other.requests.some(({ sent }) => paramValue(sent, 'client_id') === client_id))),
  )
}
