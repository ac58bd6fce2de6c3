import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { originOf } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { isSameSite } from '../../facts/cookies'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote } from '../shared/text'

export const foreignCodeSwallowed = defineRule({
  id: 'foreign-code-param-swallowed',
  title: 'The page redeemed a code that was not meant for it',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'A `code` came to a page from one site, without a login of this client, and was sent to the token endpoint of another.',
  why: 'A library that takes any `code` in any URL for its own also takes coupon codes and those of other logins.',
  toldApart: 'A code that the server’s own pages brought belongs to it, even when the request was not recorded.',
  silentWhen: 'The request was recorded, the code was redeemed with success, or nothing tells where it came from.',
  references: [rfc(9700, '4.4')],
  covers: ['foreign-code-param-swallowed'],

  check(file) {
    const { request, response, tokenCalls } = file
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

const sourceOf = ({ response, world }: CaseFile): string | undefined => {
  const { previousHop, initiator, requestHeaders } = response!.exchange
  const from =
    (previousHop === undefined ? undefined : world.exchange(previousHop)?.url) ??
    initiator ??
    valueOf(header(requestHeaders, 'referer'))
  return from === undefined ? undefined : originOf(from)
}
