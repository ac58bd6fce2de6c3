import { paramValue } from '../../../model/parameters'
import { valueOf } from '../../../model/observed'
import type { CaseFile } from '../../facts/case-file'
import { bodyText } from '../../recognition/readers'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import {
  type RefusedCall,
  challengeEvidence,
  claimEvidence,
  refusedByApi,
  refusedCalls,
  scopesOf,
  speaksOfKeys,
} from '../shared/presented-token'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const insufficientScope = defineRule({
  id: 'insufficient-scope',
  title: 'The access token lacks a scope',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: refusedByApi,
  what: 'A 403 (or `insufficient_scope`) for a call with a token; the scopes the API names against those of the token and of the request.',
  why: 'The login works and the token is good; it just does not allow this. The scope was not asked for, or not granted.',
  toldApart:
    'A 401 is about the token as a whole. Where a 403 comes as a web page, something in front of the API may have refused instead.',
  silentWhen: 'The call carried no token, or it worked when it was repeated with another one.',
  references: [rfc(6750, '3.1'), rfc(9068, '2.2.3')],
  covers: ['insufficient-scope'],

  check(file) {
    const calls = refusedCalls(file).filter(({ token }) => token !== undefined)
    if (calls.length === 0) return notApplicable
    const refused = calls.find(({ point }) => point.error === 'insufficient_scope' || point.status === 403)
    if (!refused) return pass('the API did not answer 403')
    if (refused.point.error !== 'insufficient_scope' && speaksOfKeys(refused)) {
      return pass('the API speaks of the token’s key, not of its scope')
    }
    if (refused.point.error !== 'insufficient_scope' && isPage(refused)) {
      return indeterminate(
        'A web page came with status 403: a firewall or a check against forged requests may have refused the call before the API saw it.',
        'Look at the text of that page, and whether the API’s log knows of the call.',
      )
    }
    return fail(failure(file, refused))
  },
})

/** A page that was read. Frameworks send an empty `text/html` with their own refusals. */
const isPage = ({ call, challenges }: RefusedCall): boolean =>
  challenges.length === 0 &&
  (valueOf(bodyText(call.exchange.responseBody)) ?? '').trim() !== '' &&
  (valueOf(call.response.form) === 'html' || valueOf(call.response.contentType) === 'text/html')

const failure = (file: CaseFile, refused: RefusedCall): Failure => {
  const { point, call, issuedBy, name } = refused
  const wanted = refused.challenges.map(({ parameters }) => parameters['scope']).find(Boolean)
  const held = scopesOf(refused)
  const missing = wanted?.split(/\s+/).filter((scope) => !held?.includes(scope)) ?? []
  const named = point.error === 'insufficient_scope'
  const request = issuedBy && file.attempts.find(({ tokenCalls }) => tokenCalls.includes(issuedBy))?.requests.at(-1)
  const asked = request && paramValue(request.parameters, 'scope')
  const wasAsked =
    missing.length > 0 && asked !== undefined && missing.every((scope) => asked.split(' ').includes(scope))
  const has =
    held === undefined ? '' : held.length > 0 ? ` The token has ${list(held.map(quote))}.` : ' The token has no scope.'
  return {
    ...(!named && { title: 'The API does not allow this with the token it got' }),
    cause:
      `${callText(call.exchange)} was answered ${point.status}` +
      (refused.said === undefined ? '' : ` (“${refused.said}”)`) +
      (wanted === undefined ? '.' : `: ${name} wants ${list(wanted.split(/\s+/).map(quote))}.`) +
      has +
      (wasAsked ? ' The login asked for it, and it was not granted.' : '') +
      (named
        ? ''
        : ' Status 403 means that the token was accepted (401 otherwise) and a permission is missing: a scope or a role.'),
    evidence: [
      ...(wanted === undefined || held === undefined
        ? ([statusEvidence(call.exchange)] as const)
        : ([claimEvidence(refused, 'scope', { actual: held.join(' '), expected: wanted })] as const)),
      ...challengeEvidence(refused),
      ...(asked === undefined || !request
        ? []
        : [parameterEvidence(request.parameters, 'scope', { label: 'scope of the login' })]),
      exchangeEvidence(call.exchange, 'request.url', {
        label: 'called',
        actual: callText(call.exchange).replaceAll('`', ''),
      }),
    ],
    confidence: named ? 'certain' : 'likely',
    ...(named && missing.length > 0 && held !== undefined && { depth: 'mechanism' as const }),
    ...(wasAsked && { owner: 'authorization_server' as const }),
    fix: wasAsked
      ? {
          summary: `Allow ${list(missing.map(quote))} for this client (and user) at the authorization server.`,
          steps: ['Check that the user gave consent to it, or has the role that it needs.'],
        }
      : {
          summary:
            missing.length > 0
              ? `Add ${list(missing.map(quote))} to \`scope\` of the authorization request and log in again.`
              : 'Ask for the scope that this call needs, or give the user the role that it needs.',
          steps: [
            ...(asked === undefined ? [] : [`The login asked for ${quote(asked)}.`]),
            'A refresh does not add scopes: a new authorization request is needed.',
            ...(named
              ? []
              : ['Some frameworks answer 403 to any token that they refuse: check its age and audience as well.']),
          ],
        },
    ...(missing.length > 0 && { consoleValue: missing.join(' ') }),
  }
}
