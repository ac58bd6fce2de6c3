import { readJwt } from '../model/jwt'
import type { CapturedBody, EpochMs, Header, ObservedEntry } from '../model/recording'

/** What a pasted text was taken for, and the one exchange it stands for. */
export interface Pasted {
  readonly what: 'url' | 'curl' | 'jwt' | 'token response'
  readonly entry: ObservedEntry
}

/** Stands for the host nobody pasted; RFC 2606 keeps it from ever being real. */
const UNKNOWN_ORIGIN = 'https://pasted.invalid'

/** A URL of a login, a curl command, a JWT or the JSON of a token response; `undefined` when it is none of these. */
export const readPaste = (text: string, at: EpochMs): Pasted | undefined => {
  const trimmed = text.trim()
  return (
    readPastedUrl(trimmed, at) ?? readCurl(trimmed, at) ?? readPastedJwt(trimmed, at) ?? readTokenResponse(trimmed, at)
  )
}

const get = (url: string, at: EpochMs, more: Partial<ObservedEntry> = {}): ObservedEntry => ({
  startedDateTime: at,
  method: 'GET',
  url,
  ...more,
})

const readPastedUrl = (text: string, at: EpochMs): Pasted | undefined => {
  // A URL copied from a mail or a terminal may be broken over lines.
  const url = text.replace(/\s*\n\s*/g, '').replace(/^["'<]|[">']$/g, '')
  if (!/^[a-z][a-z0-9+.-]*:\/{0,2}[^\s]+$/i.test(url) || !URL.canParse(url)) return undefined
  return { what: 'url', entry: get(url, at, { resourceType: 'main_frame' }) }
}

/** An ID token arrives as an authorization response does, an access token as an API sees it: neither claims what else was sent. */
const readPastedJwt = (text: string, at: EpochMs): Pasted | undefined => {
  const token = text.replace(/^(?:authorization:\s*)?(?:bearer|dpop)\s+/i, '')
  if (/\s/.test(token)) return undefined
  const jwt = readJwt(token)
  if (!jwt) return undefined
  const isIdToken = ['nonce', 'at_hash', 'c_hash', 'auth_time'].some((claim) => jwt.claims?.[claim] !== undefined)
  const entry: ObservedEntry = isIdToken
    ? get(`${UNKNOWN_ORIGIN}/callback`, at, {
        method: 'POST',
        resourceType: 'main_frame',
        requestBody: { kind: 'form', fields: [{ name: 'id_token', value: token }] },
      })
    : get(`${UNKNOWN_ORIGIN}/`, at, {
        resourceType: 'xmlhttprequest',
        requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }],
      })
  return { what: 'jwt', entry }
}

const readTokenResponse = (text: string, at: EpochMs): Pasted | undefined => {
  if (!text.startsWith('{')) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const members = value as Record<string, unknown>
  const tells = ['access_token', 'id_token', 'refresh_token', 'token_type', 'error']
  if (!tells.some((name) => typeof members[name] === 'string')) return undefined
  const entry = get(`${UNKNOWN_ORIGIN}/token`, at, {
    method: 'POST',
    resourceType: 'xmlhttprequest',
    status: typeof members['error'] === 'string' ? 400 : 200,
    responseBody: { kind: 'text', text, mimeType: 'application/json' },
  })
  return { what: 'token response', entry }
}

/** Reads a `curl` command as browsers and documentation write it (POSIX quoting, `$'…'`, and `^` of Windows' cmd). */
export const readCurl = (text: string, at: EpochMs): Pasted | undefined => {
  const command = text.replace(/^\$\s+/, '')
  if (!/^curl(?:\.exe)?\s/.test(command)) return undefined
  const [, ...words] = shellWords(command)
  const headers: Header[] = []
  const data: string[] = []
  let method: string | undefined
  let url: string | undefined
  let asQuery = false
  for (let index = 0; index < words.length; index += 1) {
    const [word, attached] = splitOption(words[index] ?? '')
    const argument = () => attached ?? words[(index += 1)] ?? ''
    if (word === '-X' || word === '--request') method = argument()
    else if (word === '-H' || word === '--header') headers.push(...headerOf(argument()))
    else if (word === '-b' || word === '--cookie') headers.push({ name: 'Cookie', value: argument() })
    else if (word === '-A' || word === '--user-agent') headers.push({ name: 'User-Agent', value: argument() })
    else if (word === '-e' || word === '--referer') headers.push({ name: 'Referer', value: argument() })
    else if (word === '-u' || word === '--user')
      headers.push({ name: 'Authorization', value: `Basic ${btoa(argument())}` })
    else if (word === '--data-urlencode') data.push(urlEncoded(argument()))
    else if (/^(?:-d|--data|--data-raw|--data-binary|--data-ascii)$/.test(word)) data.push(argument())
    else if (word === '-F' || word === '--form') data.push(argument())
    else if (word === '-G' || word === '--get') asQuery = true
    else if (word === '--url') url = argument()
    else if (
      /^(?:-o|--output|-m|--max-time|--connect-timeout|-x|--proxy|--cacert|-E|--cert|--key|-w|--write-out)$/.test(word)
    )
      argument()
    else if (!word.startsWith('-')) url ??= word
  }
  if (!url) return undefined
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`
  if (!URL.canParse(absolute)) return undefined
  const query = asQuery && data.length > 0 ? `${absolute.includes('?') ? '&' : '?'}${data.join('&')}` : ''
  const body = asQuery || data.length === 0 ? undefined : bodyOf(data.join('&'), headers)
  const entry = get(absolute + query, at, {
    method: method?.toUpperCase() ?? (body ? 'POST' : 'GET'),
    requestHeaders: headers,
    ...(body ? { requestBody: body } : {}),
  })
  return { what: 'curl', entry }
}

const bodyOf = (text: string, headers: readonly Header[]): CapturedBody => {
  const declared = headers.find((header) => header.name.toLowerCase() === 'content-type')?.value
  return { kind: 'text', text, mimeType: declared ?? 'application/x-www-form-urlencoded' }
}

const headerOf = (line: string): readonly Header[] => {
  const at = line.indexOf(':')
  return at > 0 ? [{ name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }] : []
}

const urlEncoded = (data: string): string => {
  const at = data.indexOf('=')
  return at < 0 ? encodeURIComponent(data) : `${data.slice(0, at + 1)}${encodeURIComponent(data.slice(at + 1))}`
}

/** `--data=x` and `-dx` carry their argument. */
const splitOption = (word: string): readonly [string, string | undefined] => {
  const long = /^(--[a-z-]+)=(.*)$/s.exec(word)
  if (long) return [long[1] ?? word, long[2]]
  const short = /^(-[XHbAeudF])(.+)$/s.exec(word)
  return short ? [short[1] ?? word, short[2]] : [word, undefined]
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

const shellWords = (command: string): readonly string[] => {
  const source = command.replace(/[\\^]\r?\n/g, ' ')
  const word = /(?:\$'((?:[^'\\]|\\.)*)'|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|\^(.)|([^\s'"\\^$]+|\$))|(\s+)/gs
  const words: string[] = []
  let current: string | undefined
  for (const [, ansi, single, double, escaped, caret, plain, space] of source.matchAll(word)) {
    if (space !== undefined) {
      if (current !== undefined) words.push(current)
      current = undefined
      continue
    }
    const part =
      ansi?.replace(/\\u([0-9a-fA-F]{4})|\\(.)/gs, (_, code: string | undefined, character: string) =>
        code ? String.fromCharCode(parseInt(code, 16)) : (escapes[character] ?? character),
      ) ??
      single ??
      double?.replace(/\\(["\\$`])/g, '$1') ??
      escaped ??
      caret ??
      plain ??
      ''
    current = (current ?? '') + part
  }
  return current === undefined ? words : [...words, current]
}
