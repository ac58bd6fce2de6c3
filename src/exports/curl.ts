import type { HttpExchange } from '../model/exchange'
import { valueOf } from '../model/observed'
import type { CapturedBody, Header } from '../model/recording'

/** Set by curl itself, or meaningless outside of the browser. */
const leftOut = /^(?:host|content-length|connection|accept-encoding|sec-.*|upgrade-insecure-requests|priority|te|:.*)$/i

/**
 * One request as a `curl` command. Takes an exchange of a redacted recording: each label becomes a shell variable, listed on top,
 * for the reader to fill in.
 */
export const writeCurl = (exchange: HttpExchange): string => {
  const variables = new Map<string, string>()
  const quote = (text: string) => quoteForShell(text, variables)
  const headers = (valueOf(exchange.requestHeaders) ?? []).filter(({ name }) => !leftOut.test(name))
  const body = valueOf(exchange.requestBody)
  const lines = [
    `curl ${quote(exchange.url.split('#', 1)[0] ?? '')}`,
    ...(exchange.method === (body ? 'POST' : 'GET') ? [] : [`-X ${exchange.method}`]),
    ...headers.map((header) => optionOf(header, quote)),
    ...(body ? dataOf(body, quote) : []),
  ]
  const assignments = [...variables].map(([variable, label]) => `${variable}='' # ${label}`)
  return `${[...assignments, lines.join(' \\\n  ')].join('\n')}\n`
}

const optionOf = ({ name, value }: Header, quote: (text: string) => string): string => {
  const credentials = /^basic\s+(\S+)$/i.exec(value)?.[1]
  const decoded = name.toLowerCase() === 'authorization' && credentials ? decodeBase64(credentials) : undefined
  return decoded === undefined ? `-H ${quote(`${name}: ${value}`)}` : `-u ${quote(decoded)}`
}

const decodeBase64 = (text: string): string | undefined => {
  try {
    return atob(text)
  } catch {
    return undefined
  }
}

const dataOf = (body: CapturedBody, quote: (text: string) => string): readonly string[] => {
  if (body.kind === 'lost') return ['# the body was not recorded']
  if (body.kind === 'text') return body.text === '' ? [] : [`--data-raw ${quote(body.text)}`]
  return body.fields.map(({ name, value }) => `--data-urlencode ${quote(`${name}=${value}`)}`)
}

/** A label alone, percent-encoded, or as the signature of the JWT that it stands for. */
const labels = /eyJ[\w-]*\.[\w-]*\.(?:\.\.)?([a-z_]+)-(\d+)-*|([a-z][a-z_]*)(?:#|%23)(\d+)/g

const quoteForShell = (text: string, variables: Map<string, string>): string => {
  let from = 0
  let quoted = ''
  for (const match of text.matchAll(labels)) {
    const [whole, tokenKind, tokenNumber, kind, number] = match
    const [name, index] = [tokenKind ?? kind ?? '', tokenNumber ?? number ?? '']
    const variable = `${name.toUpperCase()}_${index}`
    variables.set(variable, `${name}#${index}`)
    quoted += `${escape(text.slice(from, match.index))}\${${variable}}`
    from = match.index + whole.length
  }
  return `"${quoted}${escape(text.slice(from))}"`
}

const escape = (text: string): string => text.replace(/[\\"$`]/g, '\\$&')
