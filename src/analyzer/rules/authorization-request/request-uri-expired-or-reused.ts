import { param, paramValue } from '../../../model/parameters'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { duration } from '../shared/text'

export const requestUriExpiredOrReused = defineRule({
  id: 'request-uri-expired-or-reused',
  title: 'The pushed request was no longer valid',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_error:invalid_request_uri', 'authorization_error:invalid_request', 'authorization_page'],
  what: 'The request_uri of the refused request was used before in this recording, or was pushed longer ago than its expires_in.',
  why: 'A pushed request works once and only for a short time (often a minute); a reload or the back button sends the same reference again.',
  toldApart: 'A first use in time that is refused points to another fault of the request.',
  silentWhen: 'The request carries its parameters itself, or the server took the reference.',
  references: [rfc(9126, '2.2'), rfc(9126, '4')],
  covers: ['request-uri-expired-or-reused'],

  check(file) {
    const { request } = file
    const reference = request && paramValue(request.sent, 'request_uri')
    if (!request || reference === undefined) return notApplicable
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took the request_uri') : notApplicable
    const told =
      rejection.error === 'invalid_request_uri' ||
      (rejection.text.state === 'present' && /\brequest_uri\b/i.test(rejection.text.value))
    if (!told && !isUnspecific(rejection)) return pass('the server refused the request for another reason')
    const earlier = file.attempts
      .flatMap(({ requests }) => requests)
      .filter((other) => other.at < request.at && paramValue(other.sent, 'request_uri') === reference)
    const first = earlier[0]
    const lifetime = request.pushed && param(request.pushed.response.parameters, 'expires_in')
    const pushedAt = request.pushed && (request.pushed.exchange.endedAt ?? request.pushed.at)
    const age = pushedAt === undefined ? undefined : request.at - pushedAt
    const limit = lifetime?.state === 'present' ? Number(lifetime.value) * 1000 : undefined
    const expired = age !== undefined && limit !== undefined && age > limit
    if (!first && !expired && !told) {
      return indeterminate(
        'It is not known when the request was pushed.',
        'Push the request again and go to the server at once; instances of the server have to share what was pushed.',
      )
    }
    const evidence = parameterEvidence(request.sent, 'request_uri')
    return fail({
      ...(first && { title: 'The pushed request was used before' }),
      ...(!first && expired && { title: 'The pushed request had expired' }),
      ...(!first && !expired && { depth: 'statement' as const, title: 'The server does not accept the request_uri' }),
      confidence: told || first || expired ? 'certain' : 'likely',
      cause:
        (first
          ? `The same \`request_uri\` was sent to the authorization server ${duration(request.at - first.at)} before; it works once.`
          : expired
            ? `The request was pushed ${duration(age!)} before it was used, and it was valid for ${duration(limit!)}.`
            : 'The server does not know the `request_uri`: it was used before, has expired, or was pushed to another server, to an instance of it that shares nothing with the one that answered, or by another client.') +
        ` The authorization server ${rejectionText(rejection)}.`,
      evidence: [
        evidence,
        ...(first ? [parameterEvidence(first.sent, 'request_uri', { label: 'first use' })] : []),
        ...(expired
          ? [
              exchangeEvidence(request.pushed!.exchange, 'timing', {
                label: 'age',
                actual: duration(age!),
                expected: `at most ${duration(limit!)}`,
              }),
            ]
          : []),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary: 'Push a new request for each login, right before the browser is sent to the server.',
        steps: [
          'Start from the client’s login URL after a reload or an error, never from the URL of the authorization endpoint.',
          'Let all instances of the server share what was pushed: the browser may be served by another one.',
          'Push to the same server, and with the same client_id, as the authorization request goes to.',
        ],
      },
    })
  },
})
