import { valueOf } from '../../../model/observed'
import { param, paramValue } from '../../../model/parameters'
import { type Rejection, askedOf, rejectionOf, successesBeside } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { list, quote } from '../shared/text'

export const responseModeUnsupported = defineRule({
  id: 'response-mode-unsupported',
  title: 'The server does not answer in this response_mode',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'authorization_error:invalid_request',
    'authorization_error:unsupported_response_mode',
    'authorization_page',
    'pushed_error',
  ],
  what: 'The request was refused and its response_mode is forbidden with its response_type, or is not in the server’s metadata.',
  why: 'Tokens must not travel in a query, and a server need not offer every way to answer.',
  toldApart: 'The pair of response_type and response_mode, and the metadata, are compared with what was sent.',
  silentWhen:
    'The server accepted the request, its words name something else, or it accepted the response_mode in another login.',
  references: [
    link(
      'OAuth 2.0 Multiple Response Types section 2.1',
      'https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes',
    ),
  ],
  covers: ['response-mode-query-with-token'],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took the response_mode') : notApplicable
    const mode = param(rejection.parameters, 'response_mode')
    if (mode.state !== 'present') return notApplicable
    const type = paramValue(rejection.parameters, 'response_type') ?? 'code'
    const handsOutTokens = type.split(' ').some((word) => word === 'token' || word === 'id_token')
    const forbidden = mode.value === 'query' && handsOutTokens
    const listed = file.metadata?.document['response_modes_supported']
    const offered = Array.isArray(listed) ? listed.filter((item) => typeof item === 'string') : undefined
    const unlisted =
      offered !== undefined &&
      !offered.includes(mode.value) &&
      !namesSomethingElse(rejection) &&
      !successesBeside(file).some((success) => askedOf(success, 'response_mode') === mode.value)
    const told = rejection.error === 'unsupported_response_mode'
    if (!told && (!isUnspecific(rejection) || (!forbidden && !unlisted))) {
      return pass('the response_mode is one that goes with the request')
    }
    return fail({
      confidence: told || forbidden ? 'certain' : 'likely',
      cause:
        (forbidden
          ? `${quote('response_mode=query')} would put the tokens of response_type ${quote(type)} into a URL, which is forbidden`
          : `The server does not offer response_mode ${quote(mode.value)}`) +
        `; it ${rejectionText(rejection)}.${offered ? ` Its metadata offers ${list(offered.map(quote))}.` : ''}`,
      evidence: [
        parameterEvidence(rejection.parameters, 'response_mode', { expected: handsOutTokens ? 'form_post' : 'query' }),
        parameterEvidence(rejection.parameters, 'response_type'),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary: handsOutTokens
          ? 'Send `response_mode=form_post`, or better ask for `response_type=code`.'
          : 'Leave response_mode out, so that the code comes in the query.',
        steps: ['Set it in the client library’s settings; the callback has to read the answer from the same place.'],
      },
    })
  },
})

/** The server's words have a name of the protocol in them, and it is not that of the mode. */
const namesSomethingElse = ({ text, error }: Rejection): boolean => {
  const names: readonly string[] = valueOf(text)?.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []
  return names.some((name) => name !== error && name !== 'response_mode') && !names.includes('response_mode')
}
