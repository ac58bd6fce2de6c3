import { headerValues } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { parseUrl } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'

export const sessionCookieFlags = defineRule({
  id: 'session-cookie-flags',
  title: 'The session cookie is not protected',
  category: 'risk',
  severity: 'info',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The callback of a client with a server sets cookies, and none of them is HttpOnly, or on https none is Secure.',
  why: 'A script on the page can read a cookie without HttpOnly; one without Secure travels over plain http as well.',
  toldApart:
    'Cookies for scripts beside the session cookie (CSRF tokens) lack HttpOnly rightly; one protected cookie is taken for the session.',
  silentWhen: 'The callback sets no cookie, or its headers were not seen.',
  references: [rfc(6265, '4.1.2'), rfc(6265, '8.3')],
  covers: ['session-cookie-flags'],

  check({ response, isBrowserClient }) {
    if (!response || isBrowserClient !== false) return notApplicable
    const headers = valueOf(response.exchange.responseHeaders)
    const set = headers
      ? headerValues(headers, 'set-cookie')
          .map(readCookie)
          .filter(({ deletes }) => !deletes)
      : []
    if (set.length === 0) return notApplicable
    const isHttps = parseUrl(response.exchange.url)?.protocol === 'https:'
    const missing = [
      ...(set.some(({ flags }) => flags.has('httponly')) ? [] : ['HttpOnly']),
      ...(isHttps && !set.some(({ flags }) => flags.has('secure')) ? ['Secure'] : []),
    ]
    const [first] = set
    if (missing.length === 0 || !first) return pass()
    return fail({
      confidence: 'likely',
      cause: `The callback sets ${list(set.map(({ name }) => quote(name)))} without ${list(missing)}.`,
      evidence: [
        exchangeEvidence(response.exchange, 'response.cookies', {
          label: first.name,
          parameter: first.name,
          actual: [...first.flags].join('; ') || 'no attributes',
          expected: 'HttpOnly; Secure; SameSite=Lax',
        }),
      ],
      fix: {
        summary: `Set the session cookie with ${list(missing)}.`,
        steps: [
          '`HttpOnly; Secure; SameSite=Lax; Path=/` fits most sessions; a name that begins with `__Host-` makes the browser insist on it.',
        ],
      },
    })
  },
})

const readCookie = (text: string) => {
  const [pair = '', ...attributes] = text.split(';').map((part) => part.trim())
  const flags = new Set(attributes.map((attribute) => attribute.split('=', 1)[0]!.toLowerCase()))
  const value = pair.slice(pair.indexOf('=') + 1)
  const deletes =
    value === '' ||
    attributes.some((attribute) => /^max-age=(0|-)/i.test(attribute) || /^expires=.*1970/i.test(attribute))
  return { name: pair.split('=', 1)[0]!, flags, deletes }
}
