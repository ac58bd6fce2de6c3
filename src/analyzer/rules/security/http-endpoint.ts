import type { Message } from '../../../model/message'
import { isLoopback, parseUrl, withoutQuery } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { capitalize, endpointOf } from '../shared/endpoint'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

/** Calls to servers; the client's own pages are a matter of its redirect_uri. */
const kinds = new Set<Message['kind']>([
  'authorization_request',
  'pushed_authorization_request',
  'token_request',
  'device_authorization_request',
  'userinfo_request',
  'provider_metadata',
  'jwks',
  'introspection_request',
  'revocation_request',
  'client_registration_request',
  'api_call',
])

export const httpEndpoint = defineRule({
  id: 'http-endpoint',
  title: 'A server of this login is called without TLS',
  category: 'risk',
  severity: 'warning',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: [],
  what: 'A request of the protocol went to an http URL, on a host other than loopback.',
  why: 'Codes, tokens and passwords can be read and changed on the way.',
  toldApart: 'Loopback hosts never leave the machine.',
  silentWhen: 'All endpoints are https or on loopback.',
  references: [rfc(6749, '3.1'), rfc(6749, '3.2'), rfc(6750, '5.3')],
  covers: ['http-endpoint'],

  check(file) {
    const messages = file.attempt.messages.filter(({ kind }) => kinds.has(kind))
    if (messages.length === 0) return notApplicable
    const open = messages.find(({ exchange }) => {
      const url = parseUrl(exchange.url)
      return url?.protocol === 'http:' && !isLoopback(url.hostname)
    })
    if (!open) return pass()
    const { exchange } = open
    const { name, owner } = endpointOf({ kind: 'api_refused', message: open, exchange, at: open.at })
    const url = withoutQuery(exchange.url)
    return fail({
      owner,
      confidence: 'certain',
      cause: `${capitalize(name)} was called as ${quote(url)}, over plain http.`,
      evidence: [
        exchangeEvidence(exchange, 'request.url', {
          label: 'URL',
          actual: url,
          expected: url.replace(/^http:/, 'https:'),
        }),
      ],
      fix: {
        summary: `Serve ${quote(new URL(url).host)} over https, and configure ${quote(url.replace(/^http:/, 'https:'))}.`,
        steps: ['Behind a proxy that ends TLS, tell the server its public https URL, so that its metadata names it.'],
      },
    })
  },
})
