import { getDomain } from 'tldts'
import type { Recording } from '../model/recording'

/**
 * The same recording on other hosts: every host name is replaced by an arbitrary one wherever it stands (in URLs however
 * often encoded, in cookie domains, inside JWTs), so that only structure is left to decide. Loopback names and literal
 * addresses keep what makes them so; `www.` keeps its prefix, sub-domains stay sub-domains of the same site.
 */
export const renameHosts = (recording: Recording): Recording => {
  const text = JSON.stringify(recording)
  const names = namesFor(hostsIn(text + [...text.matchAll(JWT)].map(([jwt]) => readable(jwt)).join('\n')))
  const rename = (original: string) => names.reduce((renamed, [host, name]) => renamed.replaceAll(host, name), original)
  const inJwt = (jwt: string) =>
    jwt
      .split('.')
      .map((part, index) => (index < 2 ? encode(rename(decode(part))) : part))
      .join('.')
  return JSON.parse(rename(text.replaceAll(JWT, inJwt))) as Recording
}

const JWT = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g
const decode = (part: string): string => Buffer.from(part, 'base64url').toString()
const encode = (text: string): string => Buffer.from(text).toString('base64url')
const readable = (jwt: string): string => jwt.split('.').slice(0, 2).map(decode).join('\n')

const hostsIn = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/https?(?::|%(?:25)*3A)(?:\\?\/|%(?:25)*2F){2}([a-z0-9.-]+)/gi)]
      .map(([, host]) => host!.toLowerCase())
      .filter((host) => !/(^|\.)localhost$/.test(host) && !/^[\d.]+$/.test(host) && host.includes('.')),
  )

/** Patterns for the hosts and their sites, longest first, so that a site is not found inside its sub-domains. */
const namesFor = (hosts: ReadonlySet<string>): readonly (readonly [RegExp, string])[] => {
  const sites = new Map<string, string>()
  const labels = new Map<string, string>()
  const numbered = (map: Map<string, string>, key: string, name: string): string => {
    if (!map.has(key)) map.set(key, name)
    return map.get(key)!
  }
  const siteOf = (host: string) => getDomain(host, { allowPrivateDomains: true }) ?? host
  const nameOf = (host: string): string => {
    const site = siteOf(host)
    const prefix = host.slice(0, host.length - site.length).split('.')
    const name = numbered(sites, site, `q${sites.size}zk.${site.split('.').at(-1)}`)
    return (
      prefix
        .map((label) => (label === 'www' || label === '' ? label : numbered(labels, label, `x${labels.size}y`)))
        .join('.') + name
    )
  }
  return [...new Set([...hosts, ...[...hosts].map(siteOf)])]
    .sort((a, b) => b.length - a.length)
    .map((host) => [pattern(host), nameOf(host)])
}

/** What stands before a host: nothing of a longer host, unless it is the rest of a percent-encoded `/`, `=` or `@`. */
const pattern = (host: string): RegExp =>
  new RegExp(
    `(?:(?<![a-z0-9.-])|(?<=%(?:25)*(?:2F|3D|40))|(?<=domain=\\.))${host.replaceAll('.', '\\.')}(?![a-z0-9-]|\\.[a-z])`,
    'gi',
  )

const URL_WITH_PATH =
  /(https?(?::|%(?:25)*3A)(?:\/|%(?:25)*2F){2}[a-z0-9.-]+(?:(?::|%(?:25)*3A)\d+)?)((?:(?:\/|%(?:25)*2F)[A-Za-z0-9._~-]*)+)/gi
/** Of a cookie, as the value of a parameter, or of a link (in JSON, its quotes are escaped). */
const PATH_ALONE = /((?:=|%(?:25)*3D)(?:\\")?)((?:(?:\/|%(?:25)*2F)[\w.~-]+)+)/gi

/** The same recording under other paths, wherever they stand; only `.well-known` keeps its name, as RFC 8615 says. */
export const renamePaths = (recording: Recording): Recording => {
  const names = new Map<string, string>()
  const nameOf = (segment: string, before: string): string => {
    if (segment === '' || segment.startsWith('.') || before === '.well-known') return segment
    if (!names.has(segment)) names.set(segment, `p${names.size}w`)
    return names.get(segment)!
  }
  const inPath = (path: string) => {
    const parts = path.split(/(\/|%(?:25)*2F)/i)
    return parts.map((part, index) => (index % 2 === 1 ? part : nameOf(part, parts[index - 2] ?? ''))).join('')
  }
  const rename = (text: string) =>
    text
      .replaceAll(URL_WITH_PATH, (_url, origin: string, path: string) => origin + inPath(path))
      .replaceAll(PATH_ALONE, (_pair, equals: string, path: string) => equals + inPath(path))
  const inJwt = (jwt: string) =>
    jwt
      .split('.')
      .map((part, index) => (index < 2 ? encode(rename(decode(part))) : part))
      .join('.')
  return JSON.parse(rename(JSON.stringify(recording).replaceAll(JWT, inJwt))) as Recording
}
