import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Answers of servers to a secret of a client that has none: Entra, Azure B2C, and plain words. */
const words =
  /AADSTS700025|AADB2C90084|(client is|is a) public|public clients?\b[^.]*(secret|credential|assertion)|(secret|credential|assertion)[^.]*\bpublic client/i

export const secretSentByPublicClient = defineRule({
  id: 'secret-sent-by-public-client',
  title: 'The client sent a secret although it is registered without one',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['token_error', 'token_unusable'],
  what: 'Credentials were sent, and the server says that the client is public.',
  why: 'A public client has no secret; servers refuse one rather than ignore it.',
  toldApart: 'The server’s words say so. Without them a refused secret is `client-secret-wrong`.',
  silentWhen: 'No credentials were sent, or the answer says nothing of a public client.',
  references: [rfc(6749, '2.1'), rfc(6749, '2.3')],
  covers: ['secret-sent-by-public-client'],

  check: (file) => {
    const refusals = refusalsOf(file).filter(({ call }) => !['none', 'unobserved'].includes(call.clientAuthentication))
    if (refusals.length === 0) return notApplicable
    const refusal = refusals.find(({ point }) => words.test(point.error_description ?? ''))
    if (!refusal) return pass()
    const { call, point } = refusal
    const client = file.client_id === undefined ? 'The client' : quote(file.client_id)
    return fail({
      confidence: 'certain',
      cause: `${client} is registered as a public client, which has no secret, but its token request carried credentials. The server answered ${saidBy(point)}.`,
      evidence: [
        parameterEvidence(call.response.parameters, 'error_description'),
        parameterEvidence(call.parameters, 'client_secret', { actual: 'sent', expected: 'not sent' }),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: 'Take the secret out of the client’s configuration, and use PKCE.',
        steps: ['If a server keeps the secret, register it as a web (confidential) client instead.'],
      },
    })
  },
})
