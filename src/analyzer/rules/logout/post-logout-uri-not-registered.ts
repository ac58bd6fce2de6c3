import { hasParam, paramValue } from '../../../model/parameters'
import { speaksOfRedirectUri } from '../../facts/rejection'
import { callText } from '../shared/endpoint'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { refusedLogout } from '../shared/refused-logout'
import { link } from '../shared/references'
import { quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const postLogoutUriNotRegistered = defineRule({
  id: 'post-logout-uri-not-registered',
  title: 'post_logout_redirect_uri is not registered for this client',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: ['logout_error'],
  what: 'A logout with a return address that was answered 400, or with a page of the server that asks for nothing or for a new sign-in, and the return address of this client that worked before, when one was seen.',
  why: 'Return addresses of the logout are registered apart from those of the login, and compared character by character.',
  toldApart:
    'A missing client, a wrong hint and a URL that is too long are looked at first; an address that worked before shows the difference.',
  silentWhen:
    'The browser came back, the server shows a page that asks the user, or its words are about the client or the hint.',
  references: [
    link(
      'OpenID Connect RP-Initiated Logout section 3.1',
      'https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RedirectionAfterLogout',
    ),
  ],
  covers: ['post-logout-uri-not-registered'],

  check(file) {
    const refused = refusedLogout(file)
    if (!refused || ![200, 400, 422].includes(refused.status)) return notApplicable
    const { parameters, exchange } = refused.request
    const sent = paramValue(parameters, 'post_logout_redirect_uri')
    if (sent === undefined) return notApplicable
    if (/\bclient\b|id_token/i.test(refused.said) && !speaksOfRedirectUri(refused.said)) {
      return pass('the server’s words are about something else')
    }
    const worked = file.attempts
      .filter((other) => other !== file.attempt && other.logoutResponses.length > 0)
      .flatMap(({ logoutRequests }) => logoutRequests)
      .map((request) => paramValue(request.parameters, 'post_logout_redirect_uri'))
      .findLast((value) => value !== undefined)
    const difference = worked === undefined ? undefined : urlDifference(sent, worked)
    return fail({
      cause:
        `${callText(exchange)} was answered ${refused.status} and did not send the browser back to ${quote(sent)}.` +
        refused.said +
        (difference
          ? ` The last logout that worked went back to ${quote(worked!)}: they differ by ${difference}.`
          : ''),
      evidence: [
        parameterEvidence(parameters, 'post_logout_redirect_uri', difference ? { expected: worked! } : {}),
        statusEvidence(refused.point.exchange),
      ],
      confidence: difference ? 'certain' : 'likely',
      ...(difference && { depth: 'mechanism' as const }),
      fix: {
        summary: difference
          ? `Send ${quote(worked!)}, or add ${quote(sent)} to the client’s post-logout redirect URIs.`
          : `Add ${quote(sent)} to the client’s post-logout redirect URIs, exactly as it is sent.`,
        steps: [
          'It is a list of its own at most servers; the redirect URIs of the login do not count.',
          ...(hasParam(parameters, 'id_token_hint')
            ? []
            : ['Some servers look the address up only when `id_token_hint` is there.']),
        ],
      },
      consoleValue: sent,
    })
  },
})
