import { param, paramValue } from '../../../model/parameters'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { isUnspecific, rejectionEvidence } from '../shared/rejection-words'
import { quote } from '../shared/text'

export const nonceMissing = defineRule({
  id: 'nonce-missing',
  title: 'The request asks for an ID token and has no nonce',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_error:invalid_request', 'authorization_page', 'pushed_error'],
  what: 'The response_type contains `id_token`, so the ID token comes through the browser, and the request has no nonce.',
  why: 'The nonce ties the ID token to this browser’s login; where the token comes through the browser it is required.',
  toldApart: 'In the pure code flow the nonce is optional.',
  silentWhen: 'The parameters are inside a request object that could not be read.',
  references: [oidcCore('3.2.2.1', 'ImplicitAuthRequest')],
  covers: ['nonce-missing-implicit-hybrid'],

  check(file) {
    const rejection = rejectionOf(file)
    const parameters = rejection?.parameters ?? file.request?.parameters
    if (!parameters) return notApplicable
    const type = paramValue(parameters, 'response_type') ?? 'code'
    if (!type.split(' ').includes('id_token')) return notApplicable
    const nonce = param(parameters, 'nonce')
    if (nonce.state !== 'absent') return pass('the request has a nonce')
    const refused = rejection !== undefined && isUnspecific(rejection)
    if (rejection && !refused) return pass('the server refused the request for another reason')
    return fail({
      ...(!refused && { category: 'risk' as const, severity: 'warning' as const }),
      confidence: 'certain',
      cause:
        `The request asks for ${quote(`response_type=${type}`)} without a \`nonce\`. ` +
        (refused
          ? 'The server refuses that, as the standard requires.'
          : 'The server went on, but nothing ties the ID token to this login: a token from elsewhere would be accepted.'),
      evidence: [
        parameterEvidence(parameters, 'nonce', { actual: 'missing', expected: 'a fresh random value' }),
        parameterEvidence(parameters, 'response_type'),
        ...(refused ? [rejectionEvidence(rejection)] : []),
      ],
      fix: {
        summary: 'Send a fresh random `nonce` with each request, and compare it with the one in the ID token.',
        steps: ['Or ask for `response_type=code` with PKCE, which brings no token through the browser.'],
      },
    })
  },
})
