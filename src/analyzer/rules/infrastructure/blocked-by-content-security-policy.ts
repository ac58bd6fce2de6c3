import { otherEndpoints, tokenEndpoint } from '../shared/endpoint'
import { link } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const blockedByContentSecurityPolicy = defineTransportRule({
  id: 'blocked-by-content-security-policy',
  title: 'The page’s Content-Security-Policy forbids a call of this login',
  owner: 'client',
  of: [...otherEndpoints, ...tokenEndpoint, 'authorization_unreachable', 'callback_unreachable'],
  kinds: ['content-security-policy'],
  what: 'Calls that the browser did not send because of connect-src, frame-src or form-action of the page’s policy.',
  why: 'A policy that was written before the login was added names too few hosts; the script sees a network error only.',
  toldApart: 'The browser names it.',
  silentWhen: 'The policy is report-only.',
  references: [link('Content Security Policy Level 3', 'https://www.w3.org/TR/CSP3/#directive-connect-src')],
  covers: ['csp-blocks-idp'],
})
