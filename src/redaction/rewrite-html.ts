import { drawnErrors } from '../model/drawn-error'
import { type PhpNotice, splitPhpNotices } from '../model/php-notices'
import { placeOf, withoutFragment, withoutQuery } from '../model/url'
import { postedParameters } from '../model/web-message'
import { withoutNames, wordsOfFault } from './page-words'
import { rewriteJson } from './rewrite-json'
import { isRandom } from './shape'
import { rewriteUrl, rewriteValue } from './rewrite-url'
import { escapeHtml } from './secret-index'
import type { Replacer } from './vault'

/** What is known of the answer that a body came with. */
export interface Answer {
  readonly url: string
  readonly status?: number | undefined
  /** The places ({@link placeOf}) that the browser was at in this recording. */
  readonly places: ReadonlySet<string>
}

/**
 * A page reduced to what a diagnosis can use: its words where it tells of an error, its forms with their fields, where it
 * redirects, and its links to addresses that are in the recording anyway. Scripts, styles, comments and all other attributes
 * are left out.
 */
export const rewriteHtml = (
  html: string,
  replacer: Replacer,
  isErrorPage: boolean,
  answer: Answer | undefined,
): string => {
  const markup = html
    .replace(/<(script|style|svg|template|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, (element) =>
      rewriteScript(element, replacer, isErrorPage),
    )
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  return splitPhpNotices(markup)
    .map((part) =>
      typeof part === 'string' ? rewriteMarkup(part, replacer, isErrorPage, answer) : rewriteNotice(part, replacer),
    )
    .join('')
}

const rewriteMarkup = (markup: string, replacer: Replacer, isErrorPage: boolean, answer: Answer | undefined): string =>
  markup
    .split(/(<script>.*?<\/script>|<[^>]*(?:>|$))/)
    .map((piece) => {
      if (piece.startsWith('<script>')) return piece
      return piece.startsWith('<') ? rewriteTag(piece, replacer, answer) : rewriteVisible(piece, replacer, isErrorPage)
    })
    .join('')

/** A notice speaks of the program; where its files lie is nobody’s business. */
const rewriteNotice = ({ level, words, file, line }: PhpNotice, replacer: Replacer): string => {
  const shown = (text: string) => escapeHtml(replacer.prose(withoutNames(withoutFolders(unescapeHtml(text)))))
  return `<br>\n<b>${level}</b>: ${shown(words)} in <b>${shown(file)}</b> on line <b>${line}</b><br>`
}

const withoutFolders = (text: string): string =>
  text.replace(/(?<=^|[\s("'])(?:[A-Za-z]:)?(?:[\\/][^\s\\/:"'()]+)*[\\/]([\w.-]+)/g, '$1')

/** A page with a script may show more than it says; some have the code of an error there, or an answer to another window. */
const rewriteScript = (element: string, replacer: Replacer, isErrorPage: boolean): string => {
  const codes = new Set(element.match(/\bAADSTS\d{4,8}\b/g))
  const posted = postedParameters(element)
  const answer = posted.some(({ name }) => name === 'state')
    ? posted.map(({ name, value }) => `${JSON.stringify(name)}:${JSON.stringify(rewriteValue(name, value, replacer))}`)
    : []
  const drawn = isErrorPage && answer.length === 0 ? drawnErrors(element) : []
  const kept = [...codes, ...answer, ...drawn.map((error) => JSON.stringify(rewriteJson('', error, replacer)))].join(
    ' ',
  )
  if (kept === '' && !/^<script/i.test(element)) return ''
  return `<script>${kept.replaceAll('<', '\\u003c')}</script>`
}

const rewriteVisible = (text: string, replacer: Replacer, isErrorPage: boolean): string => {
  const decoded = unescapeHtml(text)
  const rewritten = replacer.prose(wordsOfFault(decoded, isErrorPage))
  return rewritten === decoded ? text : escapeHtml(rewritten)
}

const rewriteTag = (tag: string, replacer: Replacer, answer: Answer | undefined): string => {
  const [, slash = '', name = ''] = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)/.exec(tag) ?? []
  if (!name || isRandom(name)) return ''
  const lower = name.toLowerCase()
  if (slash) return `</${lower}>`
  const attributes = attributesOf(tag)
  const kept: [string, string][] = []
  const keep = (attribute: string, rewrite: (value: string) => string = (value) => replacer.scrub(value)) => {
    const value = attributes.get(attribute)
    if (value !== undefined) kept.push([attribute, rewrite(value)])
  }
  if (attributes.get('role') === 'alert') keep('role')
  if (lower === 'form') {
    keep('method')
    keep('action', (value) => rewriteUrl(value, replacer))
  } else if (['input', 'button', 'select', 'textarea'].includes(lower)) {
    keep('type')
    keep('name')
    keep('value', (value) => rewriteValue(attributes.get('name') ?? '', value, replacer))
  } else if (lower === 'meta' && attributes.get('http-equiv')?.toLowerCase() === 'refresh') {
    keep('http-equiv')
    keep('content', (value) =>
      value.replace(/^([^=]*=\s*)(.*)$/s, (_, before: string, url: string) => before + rewriteUrl(url, replacer)),
    )
  } else if (lower === 'iframe') keep('src', (value) => rewriteUrl(value, replacer))
  else if (lower === 'a') {
    const shown = knownLink(attributes.get('href'), answer)
    if (shown !== undefined) kept.push(['href', rewriteUrl(shown, replacer)])
  }
  return `<${[lower, ...kept.map(([attribute, value]) => `${attribute}="${escapeHtml(value)}"`)].join(' ')}>`
}

/** A link to a place in the recording, with no more of it than names that place. */
const knownLink = (link: string | undefined, answer: Answer | undefined): string | undefined => {
  if (link === undefined || !answer || !URL.canParse(link, answer.url)) return undefined
  const place = placeOf(new URL(link, answer.url).href)
  if (place === undefined || !answer.places.has(place)) return undefined
  return place.startsWith('?') ? withoutFragment(link) : withoutQuery(link)
}

const attributesOf = (tag: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const [, name = '', double, single, bare] of tag.matchAll(
    /([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g,
  ))
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), unescapeHtml(double ?? single ?? bare ?? ''))
  return found
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

const unescapeHtml = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole
      const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
