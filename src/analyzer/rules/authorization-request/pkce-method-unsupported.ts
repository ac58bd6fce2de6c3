import type { Fix } from '../../../model/analysis'
import { param, paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { rejectionOf } from '../../facts/rejection'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { pkceOf, speaksOfPkce } from '../shared/pkce'
import { rfc } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { list, quote } from '../shared/text'
import { isCodeExchange, refusalsOf, saidBy } from '../shared/token-calls'

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
    'token_error:invalid_grant',
    'token_error:invalid_request',
  ],
  what: 'The request was refused as invalid, and its code_challenge_method (or `plain`, which a missing one stands for) is not in the server’s metadata, or the server names it. Or the server took it, and says of the code_verifier, which is the code_challenge itself, that it does not fit.',
  why: 'Most servers take S256 only, and a forgotten method means plain.',
  toldApart: 'A method that the metadata lists is not the reason.',
  silentWhen: 'The request has no code_challenge, or was accepted, and the token request too.',
  references: [rfc(7636, '4.3'), rfc(7636, '4.4.1')],
  covers: [],

  check(file) {
    const rejection = rejectionOf(file)
    const unfit = rejection ? undefined : refusedPlain(file)
    if (unfit) return fail(unfit)
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
      fix,
    })
  },
})

const fix: Fix = {
  summary: 'Send `code_challenge_method=S256`, with base64url(SHA-256(code_verifier)) as code_challenge.',
  steps: ['The spelling matters: `S256`, with a capital S.'],
}

/** A server that knows S256 alone hashes the verifier of a plain challenge, too. */
const refusedPlain = (file: CaseFile): Failure | undefined => {
  const refusal = refusalsOf(file).find(
    ({ call, point }) => isCodeExchange(call) && speaksOfPkce(point.error_description ?? ''),
  )
  if (!refusal || !file.request) return undefined
  const { challenge, method, verifier } = pkceOf(file, refusal.call)
  if (method !== 'plain' || challenge.state !== 'present' || verifier.state !== 'present') return undefined
  if (challenge.value !== verifier.value) return undefined
  return {
    title: 'The server compares a plain PKCE challenge as a hash',
    confidence: 'likely',
    cause: `The request uses PKCE with the method \`plain\`, and code_verifier is the code_challenge, as that asks for. Still the token endpoint answered ${saidBy(refusal.point)}: the server seems to know S256 only, and to have passed over the method.`,
    evidence: [
      parameterEvidence(file.request.parameters, 'code_challenge_method', {
        actual: paramValue(file.request.parameters, 'code_challenge_method') ?? 'missing',
        expected: 'S256',
      }),
      parameterEvidence(refusal.call.response.parameters, 'error'),
    ],
    fix,
  }
}
