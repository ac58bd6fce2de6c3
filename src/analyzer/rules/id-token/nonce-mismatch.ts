import { stringClaim } from '../../../model/jwt'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { claimEvidence } from '../shared/claims'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { duration, quote } from '../shared/text'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const nonceMismatch = defineRule({
  id: 'nonce-mismatch',
  title: 'The ID token carries another nonce than the login asked for',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable'],
  clientMustReject: true,
  what: 'The `nonce` claim of the ID token is compared with the `nonce` of the authorization request.',
  why: 'A client must refuse an ID token with another nonce, or with none: it may belong to another login.',
  toldApart:
    'Both values are on the wire. A nonce of another login of the recording points at two logins that were mixed up.',
  silentWhen: 'The login asked for none, the ID token was not visible, or the client went on with it.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation')],
  covers: ['nonce-mismatch'],

  check: (file) => {
    const asked = file.asked('nonce')
    if (file.idTokens.length === 0 || asked.state === 'absent') return notApplicable
    if (asked.state === 'unobserved') return indeterminate(asked.because)
    const wrong = file.idTokens.find(({ jwt }) => jwt.claims && stringClaim(jwt, 'nonce') !== asked.value)
    if (!wrong) return pass('the nonce is the one that was asked for')
    const got = stringClaim(wrong.jwt, 'nonce')
    const other = file.attempts
      .filter((attempt) => attempt !== file.attempt)
      .flatMap(({ requests }) => requests)
      .find((request) => got !== undefined && paramValue(request.parameters, 'nonce') === got)
    return fail({
      confidence: 'certain',
      ...(got === undefined && { title: 'The ID token has no nonce although the login asked for one' }),
      ...(other && { owner: 'client' as const }),
      cause:
        got === undefined
          ? `The login sent the nonce ${quote(asked.value)}; the ID token has none, so the client cannot tell that it belongs to this login and must refuse it.`
          : `The login sent the nonce ${quote(asked.value)}; the ID token has ${quote(got)}${other ? `, the nonce of the login that began ${duration(other.at - file.request!.at)} ${other.at < file.request!.at ? 'earlier' : 'later'}` : ''}. The client must refuse it.`,
      evidence: [
        claimEvidence(wrong, 'nonce', { actual: got ?? 'missing', expected: asked.value }),
        parameterEvidence(file.request!.parameters, 'nonce'),
      ],
      fix: other
        ? {
            summary: 'Keep the nonce of each login under its own `state`.',
            steps: ['Do not start a second login while one runs, or store what belongs to each under its `state`.'],
          }
        : {
            summary: `Make ${quote(valueOf(file.answered('iss')) ?? stringClaim(wrong.jwt, 'iss') ?? 'the server')} put the nonce of the request into the ID token unchanged.`,
            steps: [
              'A gateway or broker between client and server must pass `nonce` on, and not answer with the token of another login or from a cache.',
              'Check that the client does not create a second nonce after the request was sent.',
            ],
          },
    })
  },
})
