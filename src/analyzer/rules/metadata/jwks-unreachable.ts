import { valueOf } from '../../../model/observed'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { oidcCore, rfc } from '../shared/references'
import { quote } from '../shared/text'

export const jwksUnreachable = defineRule({
  id: 'jwks-unreachable',
  title: 'The server’s keys could not be read',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: ['keys_unusable'],
  what: 'The request for the key set (JWKS) was answered with an error or with something that is no key set, or the browser kept the answer from the page.',
  why: 'A page that checks signatures itself needs the keys; without them it refuses the ID token.',
  toldApart: 'A page that got its tokens from the token endpoint over TLS may skip the signature; then nothing failed.',
  silentWhen: 'The keys were read from elsewhere, or the login went on.',
  references: [rfc(7517, '5'), oidcCore('3.1.3.7', 'IDTokenValidation')],
  covers: ['jwks-unreachable-cors'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'keys_unusable')
    if (!point)
      return file.attempt.documents.some(({ kind }) => kind === 'jwks') ? pass('the keys were read') : notApplicable
    const announced = file.metadata?.document['jwks_uri']
    const { url } = point.exchange
    const other = typeof announced === 'string' && announced !== url ? announced : undefined
    const form = 'response' in point.message ? valueOf(point.message.response.form) : undefined
    return fail({
      ...(other !== undefined && { owner: 'client' as const, depth: 'mechanism' as const }),
      ...(point.transport !== undefined && { depth: 'symptom' as const }),
      confidence: 'certain',
      cause:
        `The page asked ${quote(url)} for the server’s keys and ${point.status === undefined || (point.transport !== undefined && point.status < 400) ? 'got no answer that the browser lets it read' : point.status === 200 && form !== undefined ? `got ${form === 'html' ? 'an HTML page' : 'no key set'}` : `got status ${point.status}`}.` +
        (other === undefined ? '' : ` The server’s metadata names ${quote(other)}.`),
      evidence: [
        exchangeEvidence(point.exchange, 'request.url', {
          label: 'key set',
          actual: url,
          ...(other !== undefined && { expected: other }),
        }),
        statusEvidence(point.exchange),
      ],
      fix: {
        summary:
          other === undefined
            ? `Let ${quote(url)} answer with the key set, and with Access-Control-Allow-Origin for pages.`
            : `Read the keys from ${quote(other)}.`,
        steps: [
          'A page that gets its ID token from the token endpoint over TLS may do without the signature check; many libraries have a setting for it.',
        ],
      },
    })
  },
})
