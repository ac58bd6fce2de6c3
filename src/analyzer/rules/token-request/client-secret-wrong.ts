import type { TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { basicCredentials } from '../../recognition/token-request'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { isCodeExchange, judgeAuthentication, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable } from '../rule'

const CHECK =
  'Look in your server’s log for the answer of the token endpoint: `invalid_client` means that the secret was refused.'

export const clientSecretWrong = defineRule({
  id: 'client-secret-wrong',
  title: 'The client secret was refused',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['token_error', 'token_unusable', 'callback_error', 'client_error'],
  what: 'The client sent a secret, and the token endpoint answered that it could not authenticate the client.',
  why: 'Secrets expire, are rotated, are copied from another environment, or are the identifier of the secret instead of its value.',
  toldApart:
    'Two methods at once, a method that the metadata does not offer, and characters that were not encoded are looked at first. A client_id that the authorization endpoint accepted is known to the server.',
  silentWhen: 'No secret was sent, or the answer is about something else.',
  references: [rfc(6749, '2.3.1'), rfc(6749, '5.2')],
  covers: ['client-secret-wrong-or-expired'],

  check: (file) =>
    judgeAuthentication(file, CHECK, ({ call, point }) => {
      if (call.clientAuthentication === 'unobserved') return indeterminate('headers-not-captured', CHECK)
      const inHeader = call.clientAuthentication === 'client_secret_basic'
      if (!inHeader && call.clientAuthentication !== 'client_secret_post') return notApplicable
      const client_id = valueOf(call.client_id)
      const named = client_id === undefined ? 'the client' : quote(client_id)
      const known =
        isCodeExchange(call) && file.response !== undefined && valueOf(file.asked('client_id')) === client_id
      const flaw = flawOf(file, call)
      return fail({
        confidence: 'likely',
        ...(flaw && { depth: 'mechanism' }),
        ...(!known && { title: 'The client_id or its secret was refused' }),
        cause:
          `The token endpoint answered ${saidBy(point)} to the secret that ${named} sent ${inHeader ? 'in the Authorization header' : 'in the body'}. ` +
          (flaw ??
            (known
              ? 'The authorization endpoint had accepted this client_id, so the server knows the client; the secret is wrong, expired, or of another environment.'
              : 'Either the server does not know this client_id, or the secret is not its secret.')),
        evidence: [
          inHeader
            ? exchangeEvidence(call.exchange, 'request.headers', {
                label: 'client secret',
                parameter: 'Authorization',
                actual: `sent for ${client_id ?? 'an unnamed client'}`,
              })
            : parameterEvidence(call.parameters, 'client_secret', {
                actual: `sent for ${client_id ?? 'an unnamed client'}`,
              }),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: `Configure the current secret of ${named}.`,
          steps: [
            'Create a new secret at the authorization server and copy its value (not its ID) into the client’s configuration, without white space or quotes.',
            'Check that client_id, secret and server belong to the same environment and tenant.',
            'If the client is registered for another authentication method, switch the library to that one.',
          ],
        },
      })
    }),
})

/** What can be said of the secret without showing it. */
const flawOf = (file: CaseFile, call: TokenRequest): string | undefined => {
  const secret = paramValue(call.parameters, 'client_secret') ?? valueOf(basicCredentials(call.exchange))?.secret
  if (secret === undefined) return undefined
  if (secret.trim() !== secret) return 'The secret begins or ends with white space.'
  if (/^["'].*["']$/.test(secret)) return 'The secret is in quotes, and they were sent as part of it.'
  if (/^(undefined|null|\$\{.*\}|\{\{.*\}\}|<.*>|your[-_ ]?(client[-_ ]?)?secret.*|changeme)$/i.test(secret)) {
    return `The secret is the placeholder ${quote(secret)}.`
  }
  return file.world.values.lengthOf(secret) === 0 ? 'The secret is empty.' : undefined
}
