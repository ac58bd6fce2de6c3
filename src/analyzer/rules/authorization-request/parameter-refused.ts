import { paramValue } from '../../../model/parameters'
import { rejectionOf } from '../../facts/rejection'
import { isSecretParameter } from '../../../model/secrets'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { missesParameter } from '../shared/server-words'
import { quote } from '../shared/text'

/** Names that mean nothing else, wherever they stand in a sentence. */
const unmistakable = [
  'response_type',
  'response_mode',
  'code_challenge_method',
  'code_challenge',
  'max_age',
  'id_token_hint',
  'login_hint',
  'acr_values',
  'request_uri',
  'authorization_details',
  'dpop_jkt',
  'access_type',
  'approval_prompt',
  'include_granted_scopes',
  'domain_hint',
  'ui_locales',
]
/** Names that are words too: they count in quotes, beside the word "parameter", or as what is missing. */
const ambiguous = [
  'nonce',
  'state',
  'scope',
  'prompt',
  'resource',
  'audience',
  'request',
  'claims',
  'display',
  'connection',
  'organization',
]

export const parameterRefused = defineRule({
  id: 'parameter-refused',
  title: 'The server does not take one parameter of the request',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['authorization_error:invalid_request', 'authorization_page', 'pushed_error:invalid_request'],
  what: 'The server refused the request as invalid, and its words name a parameter.',
  why: '`invalid_request` alone stands for everything that can be wrong with a request; the description says which part.',
  toldApart: 'redirect_uri, client_id and PKCE have rules of their own that compare them.',
  silentWhen: 'The server says nothing, or names no parameter.',
  references: [rfc(6749, '4.1.2.1')],
  covers: ['resource-param-on-entra-v2'],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took every parameter') : notApplicable
    const { text, parameters } = rejection
    if (!isUnspecific(rejection)) return notApplicable
    if (text.state !== 'present') return pass()
    const name = namedIn(
      text.value,
      parameters.list.map((parameter) => parameter.name),
    )
    if (name === undefined) return pass('the server’s words name no parameter')
    const sent = paramValue(parameters, name)
    if (sent !== undefined && /\bmissing\b/i.test(text.value)) {
      return pass(`the request has the ${name} that the server’s words miss`)
    }
    const shown = sent === undefined || isSecretParameter(name) ? quote(name) : quote(`${name}=${sent}`)
    return fail({
      title: sent === undefined ? `The server misses ${name}` : `The server does not take ${name}`,
      confidence: 'likely',
      cause: `The authorization server ${rejectionText(rejection)}. Its words name ${quote(name)}, which the request ${sent === undefined ? 'does not have' : `sends as ${shown}`}.`,
      evidence: [
        parameterEvidence(parameters, name, sent === undefined ? { actual: 'missing' } : {}),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary:
          sent === undefined
            ? `Send ${quote(name)} as the server asks.`
            : `Change ${shown} as the server asks, or leave it out.`,
        steps: [
          'Look the parameter up in the server’s documentation of its authorization endpoint, for the version of the endpoint that was called.',
        ],
      },
    })
  },
})

const namedIn = (text: string, sent: readonly string[]): string | undefined => {
  const plain = unmistakable.find((name) => new RegExp(`\\b${name}\\b`, 'i').test(text))
  if (plain !== undefined) return plain
  const words = [...new Set([...ambiguous, ...sent.filter((name) => /^[a-z_]{4,}$/i.test(name))])].filter(
    (name) => name !== 'redirect_uri' && name !== 'client_id',
  )
  const missed = words.find((name) => !sent.includes(name) && missesParameter(text, name))
  if (missed !== undefined) return missed
  return words.find((name) =>
    new RegExp(`["'\`‘“]${name}["'\`’”]|\\b${name}\\b (request |query )?parameter|parameter:? ${name}\\b`, 'i').test(
      text,
    ),
  )
}
