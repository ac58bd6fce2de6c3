import { isLoopback, parseUrl } from '../../../model/url'
import { paramValue } from '../../../model/parameters'
import { parseJson } from '../../recognition/readers'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote, shorten } from '../shared/text'

export const registrationRefused = defineRule({
  id: 'registration-refused',
  title: 'The server refused to register the client',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['registration_error'],
  what: 'The registration endpoint answered with an error. The redirect_uris of the request are looked at: fragments, plain http, loopback names, custom schemes.',
  why: 'A client that registers itself (as MCP clients do) has no client_id without it, so no login can begin.',
  toldApart:
    '401 and 403 mean that the server wants a token for registering, or none to register at all; 400 is about the data.',
  silentWhen: 'The registration gave a client_id.',
  references: [rfc(7591, '3.2.2'), rfc(8252, '7.3')],
  covers: ['loopback-host-not-allowed'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'registration_error')
    if (point?.message.kind !== 'client_registration_request') {
      return file.attempt.management.some(({ kind }) => kind === 'client_registration_request')
        ? pass('the client was registered')
        : notApplicable
    }
    if (point.status === undefined) return pass('the registration endpoint was not reached')
    const { parameters } = point.message
    const uris = stringsOf(parseJson(paramValue(parameters, 'redirect_uris') ?? ''))
    const closed = point.status === 401 || point.status === 403
    const missing = point.status === 404 || point.status === 405
    const suspects = closed || missing ? [] : uris.flatMap(suspicionOf)
    const aboutRedirect = point.error === 'invalid_redirect_uri' || /redirect/i.test(point.error_description ?? '')
    const said = point.error_description === undefined ? '' : `: “${shorten(point.error_description, 160)}”`
    return fail({
      ...(aboutRedirect && { title: 'The server does not register this redirect_uri' }),
      ...(closed && { title: 'The server does not let anybody register', owner: 'authorization_server' as const }),
      ...(missing && { title: 'There is no registration endpoint at this URL' }),
      ...(aboutRedirect && suspects.length > 0 && { depth: 'mechanism' as const }),
      confidence: point.error === undefined ? 'likely' : 'certain',
      cause:
        `The registration endpoint answered ${point.error === undefined ? `status ${point.status}` : quote(point.error)}${said}.` +
        (aboutRedirect && uris.length > 0 ? ` The client asked for ${list(uris.map(quote))}.` : '') +
        (aboutRedirect ? suspects.map(({ says }) => ` ${says}`).join('') : '') +
        (closed ? ' Registering needs an initial access token there, or is switched off.' : ''),
      evidence: [
        statusEvidence(point.exchange),
        parameterEvidence(parameters, 'redirect_uris', suspects[0] ? { expected: suspects[0].instead } : {}),
      ],
      fix: {
        summary: closed
          ? 'Register the client by hand, or give it an initial access token.'
          : aboutRedirect && suspects[0]
            ? `Register ${quote(suspects[0].instead)} instead, and listen there.`
            : missing
              ? 'Use the registration_endpoint of the server’s metadata, or register the client by hand.'
              : 'Change the client’s metadata to what the server accepts.',
        steps: [
          'A server may refuse grant types, authentication methods and scopes in the metadata too: its answer names the field.',
        ],
      },
    })
  },
})

const stringsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

const suspicionOf = (uri: string): readonly { says: string; instead: string }[] => {
  const url = parseUrl(uri)
  if (uri.includes('#')) return [{ says: 'A redirect_uri must not have a fragment.', instead: uri.split('#', 1)[0]! }]
  if (!url || url.protocol !== 'http:') return []
  if (!isLoopback(url.hostname)) {
    return [
      {
        says: `${quote(uri)} is plain http, which servers take for loopback only.`,
        instead: uri.replace(/^http:/, 'https:'),
      },
    ]
  }
  const name = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return [
    {
      says: `Some servers take http for one loopback name only: this is ${quote(url.hostname)}; ${quote(name)} may be the one.`,
      instead: uri.replace(url.hostname, name),
    },
  ]
}
