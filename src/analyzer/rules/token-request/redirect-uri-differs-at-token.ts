import { param } from '../../../model/parameters'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { judgeExchange, saidBy } from '../shared/token-calls'
import { urlDifference } from '../shared/url-difference'
import { defineRule, fail, indeterminate, pass } from '../rule'

const CHECK = 'Log the redirect_uri that your server sends to the token endpoint, and compare it with the one above.'

export const redirectUriDiffersAtToken = defineRule({
  id: 'redirect-uri-differs-at-token',
  title: 'The token request names another redirect_uri',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable', 'callback_error', 'client_error'],
  what: 'The `redirect_uri` of the token request is not, character by character, the one of the authorization request.',
  why: 'A server that stored the first compares the second with it, and answers `invalid_grant` when they differ.',
  toldApart:
    'Both values are on the wire and are compared; a redirect_uri that is not registered fails earlier, at the authorization endpoint.',
  silentWhen: 'The login went on, as it does at servers that follow OAuth 2.1 and ignore the parameter here.',
  references: [rfc(6749, '4.1.3')],
  covers: ['redirect-uri-differs-at-token'],

  check: (file) =>
    judgeExchange(file, CHECK, (call, refused) => {
      const asked = file.asked('redirect_uri')
      const sent = param(call.parameters, 'redirect_uri')
      if (asked.state === 'unobserved') return indeterminate(asked.because, CHECK)
      if (sent.state === 'unobserved') return indeterminate(sent.because, CHECK)
      if (asked.state === 'absent') return pass('the authorization request had no redirect_uri to compare with')
      if (sent.state === 'absent' && !refused) return pass('the server did not ask for redirect_uri again')
      const difference = sent.state === 'present' ? urlDifference(asked.value, sent.value) : 'missing'
      if (difference === undefined) return pass('redirect_uri is the same in both requests')
      const answer = refused ? ` The server answered ${saidBy(refused)}.` : ''
      return fail({
        confidence: sent.state === 'present' ? 'certain' : 'likely',
        ...(sent.state === 'absent' && { title: 'The token request does not repeat the redirect_uri' }),
        cause:
          sent.state === 'present'
            ? `The login began with ${quote(asked.value)}; the token request says ${quote(sent.value)}. They differ in ${difference}, and the server compares character by character.${answer}`
            : `The login began with the redirect_uri ${quote(asked.value)}; the token request has none, and must repeat it.${answer}`,
        evidence: [
          parameterEvidence(call.parameters, 'redirect_uri', {
            actual: sent.state === 'present' ? sent.value : 'missing',
            expected: asked.value,
          }),
          parameterEvidence(file.request!.parameters, 'redirect_uri'),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: `Send ${quote(asked.value)} as \`redirect_uri\` in the token request too.`,
          steps: [
            'Store the redirect_uri together with state when the login starts, and use the stored value for the token request.',
            'Do not build it a second time from the current address: the path, a trailing slash or the host behind a proxy may differ by then.',
          ],
        },
      })
    }),
})
