import { param, paramValue } from '../../../model/parameters'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { list, quote } from '../shared/text'

const methodWords = /transform algorithm|code_challenge_method|challenge method/i

export const pkceMethodUnsupported = defineRule({
  id: 'pkce-method-unsupported',
  title: 'The server does not take this PKCE method',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'authorization_error:invalid_request',
    'authorization_error:invalid_code_challenge_method',
    'authorization_page',
    'pushed_error',
  ],
  what: 'The request was refused as invalid, and its code_challenge_method (or `plain`, which a missing one stands for) is not in the server’s metadata, or the server names it.',
  why: 'Most servers take S256 only, and a forgotten method means plain.',
  toldApart: 'A method that the metadata lists is not the reason.',
  silentWhen: 'The request has no code_challenge, or was accepted.',
  references: [rfc(7636, '4.3'), rfc(7636, '4.4.1')],
  covers: [],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took the method') : notApplicable
    const { parameters, text, error } = rejection
    if (param(parameters, 'code_challenge').state !== 'present') return notApplicable
    const sent = paramValue(parameters, 'code_challenge_method')
    const method = sent ?? 'plain'
    const listed = file.metadata?.document['code_challenge_methods_supported']
    const offered = Array.isArray(listed) ? listed.filter((item) => typeof item === 'string') : undefined
    const told = error === 'invalid_code_challenge_method' || (text.state === 'present' && methodWords.test(text.value))
    const unlisted = offered !== undefined && !offered.includes(method)
    if (!told && (!isUnspecific(rejection) || !unlisted)) return pass()
    return fail({
      confidence: told ? 'certain' : 'likely',
      ...(sent === undefined && { title: 'The request names no PKCE method, which means plain' }),
      cause:
        `The request uses PKCE with ${sent === undefined ? 'no `code_challenge_method`, which stands for `plain`' : quote(`code_challenge_method=${sent}`)}, and the authorization server ${rejectionText(rejection)}.` +
        (offered ? ` Its metadata offers ${list(offered.map(quote))}.` : ''),
      evidence: [
        parameterEvidence(parameters, 'code_challenge_method', {
          ...(sent === undefined && { actual: 'missing' }),
          expected: 'S256',
        }),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary: 'Send `code_challenge_method=S256`, with base64url(SHA-256(code_verifier)) as code_challenge.',
        steps: ['The spelling matters: `S256`, with a capital S.'],
      },
    })
  },
})
