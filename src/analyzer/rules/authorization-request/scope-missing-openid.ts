import { param } from '../../../model/parameters'
import type { AuthorizationRequest } from '../../../model/message'
import type { CaseFile } from '../../facts/case-file'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { loginRequestOf } from '../shared/login-request'
import { quote } from '../shared/text'

export const scopeMissingOpenid = defineRule({
  id: 'scope-missing-openid',
  title: 'The scope has no openid',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'userinfo_refused',
    'authorization_error:invalid_scope',
    'authorization_error:invalid_request',
    'client_error',
    'not_redeemed',
  ],
  what: 'The login asked for things of OpenID Connect (an ID token, a nonce, userinfo) with a scope that lacks `openid`, and they were refused or did not come.',
  why: 'Without `openid` it is an OAuth request: no ID token is issued, and the access token does not open the userinfo endpoint.',
  toldApart: 'A userinfo call that fails with a token for `openid` has another reason.',
  silentWhen: 'Nothing of OpenID Connect was asked for: OAuth alone needs no `openid`.',
  references: [oidcCore('3.1.2.1', 'AuthRequest')],
  covers: ['scope-missing-openid'],

  check(file) {
    const request = loginRequestOf(file)
    if (!request) return notApplicable
    const scope = param(request.parameters, 'scope')
    if (scope.state === 'unobserved') return notApplicable
    const value = scope.state === 'present' ? scope.value : ''
    if (/(^|[\s,+])openid([\s,+]|$)/.test(value)) return pass('the scope has openid')
    const wish = wishOf(file, request)
    if (wish === undefined) return notApplicable
    const refused = file.failurePoints.find(({ kind }) => kind === 'userinfo_refused' || kind === 'authorization_error')
    return fail({
      confidence: refused ? 'certain' : 'likely',
      cause: `The request asks for scope ${quote(value)} without \`openid\`, and yet ${wish}. Without \`openid\` the server takes it for plain OAuth.`,
      evidence: [
        parameterEvidence(request.parameters, 'scope', {
          ...(value === '' && { actual: 'missing' }),
          expected: `openid ${value}`.trim(),
        }),
        ...(refused ? [statusEvidence(refused.exchange)] : []),
      ],
      fix: {
        summary: `Send ${quote(`openid ${value}`.trim())} as scope.`,
        steps: [
          'Users who agreed to the old scope may have to log in again, as a token keeps the scope it was issued for.',
        ],
      },
    })
  },
})

const wishOf = (file: CaseFile, { parameters }: AuthorizationRequest): string | undefined => {
  const type = param(parameters, 'response_type')
  if (type.state === 'present' && type.value.split(' ').includes('id_token')) return 'asks for an ID token'
  if (file.failurePoints.some(({ kind }) => kind === 'userinfo_refused')) return 'the client asks the userinfo endpoint'
  if (file.idTokens.length > 0) return undefined
  const names = ['nonce', 'id_token_hint', 'max_age', 'acr_values', 'claims']
  const sent = names.find((name) => param(parameters, name).state === 'present')
  return sent === undefined ? undefined : `it sends ${quote(sent)}, which only OpenID Connect knows`
}
