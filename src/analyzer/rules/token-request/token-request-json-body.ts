import type { TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { isAboutTheForm, judgeUnseen, refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

const FORM = 'application/x-www-form-urlencoded'
const CHECK = 'Look at the Content-Type that your server sends to the token endpoint.'

export const tokenRequestJsonBody = defineRule({
  id: 'token-request-json-body',
  title: 'The token request is not form-encoded',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The `Content-Type` of the token request is JSON, multipart or plain text instead of form data.',
  why: 'Servers parse form data only. They find no `grant_type` and no client in anything else, and say so in different ways.',
  toldApart: 'A server that accepts JSON, as some do, answers with tokens and nobody is accused.',
  silentWhen: 'The request was accepted, or the answer is about something that needs a body that was read.',
  references: [rfc(6749, '4.1.3'), rfc(6749, 'B')],
  covers: ['token-request-json-body'],

  check: (file) => {
    const refusal = refusalsOf(file).find(isAboutTheForm)
    if (!refusal) return judgeUnseen(file, CHECK)
    const { call, point } = refusal
    if (call.exchange.method === 'GET') return notApplicable
    if (call.contentType.state === 'unobserved') return indeterminate(call.contentType.because, CHECK)
    const type = valueOf(call.contentType)
    if (type === FORM) return pass('the token request is form-encoded')
    if (type === undefined || isOwnGrant(call)) return notApplicable
    return fail({
      confidence: 'certain',
      ...(type.includes('json') && { title: 'The token request is JSON instead of form data' }),
      cause: `The token request was sent as ${quote(type)}; token endpoints read ${quote(FORM)}. The server answered ${saidBy(point)}.`,
      evidence: [
        exchangeEvidence(call.exchange, 'request.headers', {
          label: 'Content-Type',
          parameter: 'Content-Type',
          actual: type,
          expected: FORM,
        }),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: `Send the token request as ${quote(FORM)}.`,
        steps: [
          'With fetch, give a URLSearchParams object as body: it sets the header too.',
          'Do not pass JSON.stringify(…), a FormData object or a plain string.',
        ],
      },
    })
  },
})

/** Grants that no specification names come with an API of the server's own, which may well speak JSON. */
const isOwnGrant = ({ parameters }: TokenRequest): boolean => {
  const grant = paramValue(parameters, 'grant_type')
  return grant !== undefined && !standardGrants.has(grant) && !grant.startsWith('urn:')
}

const standardGrants = new Set(['authorization_code', 'refresh_token', 'client_credentials', 'password', 'implicit'])
