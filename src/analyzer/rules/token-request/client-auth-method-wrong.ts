import type { ClientAuthentication, TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import type { FailurePoint } from '../../facts/failure-points'
import { challenges } from '../../recognition/readers'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { judgeAuthentication, saidBy } from '../shared/token-calls'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

/** The names that metadata uses for what was seen (OIDC Core section 9). */
const names: Partial<Record<ClientAuthentication, readonly string[]>> = {
  client_secret_basic: ['client_secret_basic'],
  client_secret_post: ['client_secret_post'],
  client_assertion: ['private_key_jwt', 'client_secret_jwt'],
}

const ways: Readonly<Record<string, string>> = {
  client_secret_basic: 'the Authorization header (Basic)',
  client_secret_post: '`client_id` and `client_secret` in the body',
  private_key_jwt: 'a JWT signed with the client’s private key',
  client_secret_jwt: 'a JWT signed with the client secret',
  tls_client_auth: 'a client certificate',
  self_signed_tls_client_auth: 'a self-signed client certificate',
  none: 'no authentication (public clients)',
}

const CHECK = 'Compare how your server authenticates with token_endpoint_auth_methods_supported in the metadata.'

export const clientAuthMethodWrong = defineRule({
  id: 'client-auth-method-wrong',
  title: 'The server does not take this kind of client authentication',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The way in which the client authenticated at the token endpoint is not in `token_endpoint_auth_methods_supported` of the server’s metadata, or not the one that its answer asks for.',
  why: 'The server looks for the secret in another place, finds none, and answers `invalid_client` as for a wrong secret.',
  toldApart:
    'The metadata that was seen leaves the method out, or the secret was in the body and the answer is no OAuth error but a challenge for Basic. A method that is offered in general may still be switched off for one client; that is a candidate of `client-secret-wrong`.',
  silentWhen: 'The metadata was not seen or names no methods, or the client sent no credentials.',
  references: [
    rfc(8414, '2'),
    link('OpenID Connect Core section 9', 'https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication'),
  ],
  covers: [],

  check: (file) =>
    judgeAuthentication(file, CHECK, ({ call, point }) => {
      const used = names[call.clientAuthentication]
      if (call.clientAuthentication === 'unobserved') return indeterminate('headers-not-captured', CHECK)
      if (!used) return notApplicable
      const supported = file.metadata?.document['token_endpoint_auth_methods_supported']
      if (asksForBasic(call) && point.error === undefined) return fail(basicInstead(call, point))
      if (!file.metadata || !Array.isArray(supported)) {
        return indeterminate('The metadata that names the accepted methods is not in the recording.', CHECK)
      }
      const offered = supported.filter((method): method is string => typeof method === 'string')
      if (used.some((method) => offered.includes(method))) return pass(`the metadata offers ${used.join(' or ')}`)
      const instead = offered.filter((method) => method !== 'none')
      const better = instead[0] ?? 'none'
      return fail({
        confidence: 'certain',
        cause: `The client authenticated with ${quote(used[0]!)} (${ways[used[0]!]}). The server’s metadata offers ${list(offered.map(quote))} only. It answered ${saidBy(point)}.`,
        evidence: [
          call.clientAuthentication === 'client_secret_basic'
            ? exchangeEvidence(call.exchange, 'request.headers', {
                label: 'client authentication',
                parameter: 'Authorization',
                actual: 'client_secret_basic',
                expected: offered.join(', '),
              })
            : parameterEvidence(
                call.parameters,
                call.clientAuthentication === 'client_assertion' ? 'client_assertion' : 'client_secret',
                {
                  label: 'client authentication',
                  actual: used.join(' or '),
                  expected: offered.join(', '),
                },
              ),
          {
            label: 'token_endpoint_auth_methods_supported',
            where: {
              exchangeId: file.metadata.exchangeId,
              part: 'response.body',
              parameter: 'token_endpoint_auth_methods_supported',
            },
            actual: offered.join(', '),
          },
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: `Authenticate with ${quote(better)}${ways[better] ? `: ${ways[better]}` : ''}.`,
          steps: [
            `Set the client library’s token endpoint authentication method to ${quote(better)}.`,
            'If the server lets you choose the method for each client, it must be the same one there.',
          ],
        },
        consoleValue: used[0]!,
      })
    }),
})

/** RFC 6749 section 5.2: a challenge names what the server takes. One that read the body would have answered in JSON. */
const asksForBasic = ({ clientAuthentication, exchange, response }: TokenRequest): boolean =>
  clientAuthentication === 'client_secret_post' &&
  response.form.state === 'present' &&
  (valueOf(challenges(exchange.responseHeaders)) ?? []).some(({ scheme }) => /^basic$/i.test(scheme))

const basicInstead = (call: TokenRequest, point: FailurePoint): Failure => ({
  confidence: 'likely',
  cause: `The client sent its secret in the body. The server answered ${saidBy(point)} with ${quote('WWW-Authenticate: Basic')} and no OAuth error: it looks for the secret in the Authorization header, and did not read the body.`,
  evidence: [
    parameterEvidence(call.parameters, 'client_secret', {
      label: 'client authentication',
      actual: 'client_secret_post',
      expected: 'client_secret_basic',
    }),
    exchangeEvidence(call.exchange, 'response.headers', { label: 'WWW-Authenticate', parameter: 'www-authenticate' }),
    statusEvidence(call.exchange),
  ],
  fix: {
    summary: `Authenticate with ${quote('client_secret_basic')}: ${ways['client_secret_basic']}.`,
    steps: [
      `Set the client library’s token endpoint authentication method to ${quote('client_secret_basic')}.`,
      'If it still answers 401 then, the secret itself is not accepted.',
    ],
  },
  consoleValue: 'client_secret_basic',
})
