import { stringClaim } from '../../../model/jwt'
import type { CaseFile } from '../../facts/case-file'
import { endpointKey } from '../../recognition/known'
import { claimEvidence } from '../shared/claims'
import { link, oidcCore } from '../shared/references'
import { quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const idTokenIssuerMismatch = defineRule({
  id: 'id-token-issuer-mismatch',
  title: 'The ID token names another issuer than the server’s metadata',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable'],
  clientMustReject: true,
  what: 'The `iss` claim is compared, character by character, with `issuer` of the metadata whose endpoints this login used.',
  why: 'A client must refuse an ID token of another issuer. Proxies, renamed hosts and a slash at the end are the usual reasons.',
  toldApart:
    'Only metadata that names the endpoints that were used counts. Placeholders such as a tenant in braces match anything.',
  silentWhen: 'The metadata or the ID token was not visible, or the client went on with it.',
  references: [
    oidcCore('3.1.3.7', 'IDTokenValidation'),
    link(
      'OpenID Connect Discovery section 4.3',
      'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation',
    ),
  ],
  covers: [],

  check: (file) => {
    const token = file.idTokens.find(({ jwt }) => stringClaim(jwt, 'iss') !== undefined)
    if (!token) return notApplicable
    const metadata = usedMetadata(file)
    if (metadata?.issuer === undefined) return indeterminate('The server’s metadata is not in the recording.')
    const iss = stringClaim(token.jwt, 'iss')!
    if (matches(iss, metadata.issuer)) return pass('the issuer is the one of the metadata')
    return fail({
      confidence: 'certain',
      cause: `The ID token says ${quote(`iss: ${iss}`)}; the server’s metadata says ${quote(`issuer: ${metadata.issuer}`)}. They differ in ${urlDifference(metadata.issuer, iss)}, and the client must refuse the token.`,
      evidence: [
        claimEvidence(token, 'iss', { actual: iss, expected: metadata.issuer }),
        {
          label: 'issuer of the metadata',
          where: { exchangeId: metadata.exchangeId, part: 'response.body', parameter: 'issuer' },
          actual: metadata.issuer,
        },
      ],
      fix: {
        summary: `Make the server use one issuer: ${quote(metadata.issuer)} or ${quote(iss)}, in the metadata and in its tokens.`,
        steps: [
          'Set the public address (hostname, frontend URL) of the server, so that it does not depend on which host a request came in by.',
          'Configure the client with the issuer exactly as the tokens spell it, scheme and slash at the end included.',
        ],
      },
      consoleValue: iss,
    })
  },
})

const usedMetadata = ({ world, request, tokenCalls }: CaseFile) => {
  const used = new Set(
    [request, ...tokenCalls].flatMap((message) => (message ? [endpointKey(message.exchange.url)] : [])),
  )
  return world.known.metadata.findLast(({ document }) =>
    ['authorization_endpoint', 'token_endpoint'].some((name) => {
      const url = document[name]
      return typeof url === 'string' && used.has(endpointKey(url))
    }),
  )
}

const matches = (iss: string, issuer: string): boolean => {
  if (iss === issuer) return true
  const [before, after] = issuer.split(/\{[^}]*\}/)
  return after !== undefined && iss.startsWith(before!) && iss.endsWith(after)
}
