import { header } from '../../../model/headers'
import type { AuthorizationResponse } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { originOf } from '../../../model/url'
import type { Attempt } from '../../correlation/attempt'
import type { CaseFile } from '../../facts/case-file'
import { isSameSite } from '../../facts/cookies'
import { pageClientBeside } from '../../facts/page-client'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote } from '../shared/text'

export const foreignCodeSwallowed = defineRule({
  id: 'foreign-code-param-swallowed',
  title: 'The login library of a page took a code that was not meant for it',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable', 'not_redeemed'],
  what: 'A `code` came to a page from one site, without a login of this client, and was sent to the token endpoint of another; or it is of another client than the one that redeems codes in the pages of this origin, and was sent nowhere.',
  why: 'A library that takes any `code` in any URL for its own also takes coupon codes and those of other logins.',
  toldApart:
    'A code that the server’s own pages brought belongs to it, even when the request was not recorded. One that a server of the client can have taken, by a cookie or a request of the page, is not lost.',
  silentWhen: 'The code was redeemed with success or handed to a server, or nothing tells where it came from.',
  references: [rfc(9700, '4.4')],
  covers: ['foreign-code-param-swallowed'],

  check(file) {
    const { request, response, tokenCalls } = file
    const lost = file.failurePoints.find(({ kind }) => kind === 'not_redeemed')
    const beside = lost && response && pageClientBeside(file.attempt, file.attempts, response)
    if (beside) return fail(takenByAnother(file, response, beside))
    const refused = file.failurePoints.find(({ kind }) => kind === 'token_error' || kind === 'token_unusable')
    if (request || !response || tokenCalls.length === 0) return notApplicable
    const source = sourceOf(file)
    const endpoint = tokenCalls[0]!.exchange.url
    if (
      !refused ||
      source === undefined ||
      isSameSite(source, endpoint) ||
      source === originOf(response.exchange.url)
    ) {
      return pass('the code came from the server that it was sent to')
    }
    return fail({
      confidence: 'likely',
      cause: `${quote(source)} led to ${quote(response.deliveredTo)} with a code, without any login of this client. The page sent that code to ${hostOf(endpoint)}, which did not issue it.`,
      evidence: [
        exchangeEvidence(response.exchange, 'request.headers', {
          label: 'came from',
          actual: source,
          expected: originOf(endpoint) ?? endpoint,
        }),
        parameterEvidence(response.parameters, 'code', { actual: 'not issued by this server' }),
        statusEvidence(refused.exchange),
      ],
      fix: {
        summary: `Handle answers on a path of their own, not on ${quote(response.deliveredTo)}.`,
        steps: [
          'Register that path as the only `redirect_uri`, and let the library look at URLs only there.',
          'Accept a code only together with a state that this browser sent.',
        ],
      },
    })
  },
})

const takenByAnother = (file: CaseFile, response: AuthorizationResponse, { requests: [other] }: Attempt): Failure => {
  const theirs = other && paramValue(other.sent, 'client_id')
  const place = quote(response.deliveredTo)
  return {
    confidence: 'likely',
    cause: `${hostOf(file.request!.exchange.url)} answered client ${quote(file.client_id ?? '')} at ${place}, and no request carried the code on. Pages of this origin redeem the codes of ${quote(theirs ?? '')} (${hostOf(other!.exchange.url)}); a library that takes any \`code\` and \`state\` in a URL for its own finds no matching state there and stops the page.`,
    evidence: [
      parameterEvidence(response.parameters, 'code', { actual: 'delivered, and sent nowhere' }),
      parameterEvidence(file.request!.sent, 'client_id', { label: 'client of this code' }),
      parameterEvidence(other!.sent, 'client_id', { label: 'client of the pages' }),
    ],
    fix: {
      summary: `Let the library of ${quote(theirs ?? '')} handle answers on its own callback path only, and not on ${place}.`,
      steps: [
        'react-oidc-context: `skipSigninCallback` for other paths; elsewhere call the callback handler on the route of the redirect_uri alone.',
        'Give each client a redirect_uri path of its own.',
      ],
    },
    candidates: [
      {
        rule: 'code-not-redeemed',
        title: 'The page stopped for another reason',
        check: 'Its console says which: “No matching state found” is this one.',
      },
    ],
    notObservable: ['The console and the storage of the page.'],
  }
}

const sourceOf = ({ response, world }: CaseFile): string | undefined => {
  const { previousHop, initiator, requestHeaders } = response!.exchange
  const from =
    (previousHop === undefined ? undefined : world.exchange(previousHop)?.url) ??
    initiator ??
    valueOf(header(requestHeaders, 'referer'))
  return from === undefined ? undefined : originOf(from)
}
