import { param } from '../../../model/parameters'
import { isLoopback, overHttps, parseUrl } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const redirectUriInsecure = defineRule({
  id: 'redirect-uri-insecure',
  title: 'The code comes back over plain http',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The redirect_uri is http, on a host other than loopback.',
  why: 'Everybody on the way can read the code and the state, and the session cookie of that page.',
  toldApart: 'http on localhost and other loopback names never leaves the machine.',
  silentWhen: 'The redirect_uri was not seen.',
  references: [rfc(9700, '2.6'), rfc(6749, '3.1.2.1'), rfc(8252, '8.3')],
  covers: [],

  check({ request }) {
    if (!request) return notApplicable
    const sent = param(request.parameters, 'redirect_uri')
    const url = sent.state === 'present' ? parseUrl(sent.value) : undefined
    if (sent.state !== 'present' || !url) return notApplicable
    if (url.protocol !== 'http:' || isLoopback(url.hostname)) return pass()
    return fail({
      confidence: 'certain',
      cause: `The client has the answer sent to ${quote(sent.value)}, without TLS.`,
      evidence: [parameterEvidence(request.parameters, 'redirect_uri', { expected: overHttps(sent.value) })],
      fix: {
        summary: `Serve the callback over https, and register ${quote(overHttps(sent.value))}.`,
        steps: ['Behind a proxy, forward X-Forwarded-Proto so that the application builds https URLs.'],
      },
      consoleValue: overHttps(sent.value),
    })
  },
})
