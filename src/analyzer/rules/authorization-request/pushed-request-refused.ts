import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote, shorten } from '../shared/text'

const meanings: Readonly<Record<string, string>> = {
  invalid_request: 'A parameter is missing, repeated, or has a value the server does not take.',
  invalid_client:
    'The client did not prove who it is: unknown client_id, wrong secret, or another method than registered.',
  unauthorized_client: 'The client may not push requests, or not this kind of request.',
  invalid_scope: 'A scope does not exist or is not allowed for this client.',
}

export const pushedRequestRefused = defineRule({
  id: 'pushed-request-refused',
  title: 'The server refused the pushed request',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['pushed_error'],
  what: 'The endpoint for pushed requests (PAR) answered with an error, so the login could not start.',
  why: 'Faults that otherwise show as a page of the server come as an answer to the client here.',
  toldApart: 'Rules for the single parameters look deeper; this one reads the code.',
  silentWhen: 'The endpoint gave a request_uri.',
  references: [rfc(9126, '2.3')],
  covers: ['par-bad-request'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'pushed_error')
    if (point?.message.kind !== 'pushed_authorization_request' || point.transport !== undefined) {
      return file.attempt.pushed.length > 0 ? pass('the server took the pushed request') : notApplicable
    }
    const { error, error_description, status, message } = point
    const said = error_description === undefined ? '' : ` It says: “${shorten(error_description, 160)}”.`
    return fail({
      confidence: error === undefined ? 'likely' : 'certain',
      // What it names may be of one parameter, which a rule of its own has compared.
      ...(error === 'invalid_client' && { depth: 'statement' as const }),
      ...(error === 'invalid_client' && { title: 'The client could not authenticate its pushed request' }),
      cause:
        `The endpoint for pushed requests answered ${error === undefined ? `status ${status}` : quote(error)}.${said} ${meanings[error ?? ''] ?? statusMeanings[status ?? 0] ?? ''}`.trim(),
      evidence: [statusEvidence(point.exchange), parameterEvidence(message.parameters, 'client_id')],
      fix: {
        summary:
          error === 'invalid_client'
            ? 'Authenticate the pushed request as the token request: same client_id, same method, same secret or key.'
            : 'Compare the pushed parameters with the registration of the client.',
        steps: ['Send the parameters as a form by POST; status 201 with a request_uri is success.'],
      },
    })
  },
})

const statusMeanings: Readonly<Record<number, string>> = {
  405: 'It has to be called with POST.',
  413: 'The request is too large.',
  429: 'It was called too often.',
}
