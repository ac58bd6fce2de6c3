import { isDeadEnd } from '../model/html'
import type { CapturedBody } from '../model/recording'
import { wordsOfFault } from './page-words'
import { type Answer, rewriteHtml } from './rewrite-html'
import { rewriteJson } from './rewrite-json'
import { rewriteJwt } from './rewrite-jwt'
import { rewriteForm, rewriteValue } from './rewrite-url'
import type { Replacer } from './vault'

/**
 * `answer` is the response whose body it is: the words of an error page are kept, those of other pages are the user's.
 *
 * A body of a kind nobody reads for a login (scripts, images, XML …) is left out, and the recording says so.
 */
export const rewriteBody = (body: CapturedBody, replacer: Replacer, answer?: Answer): CapturedBody => {
  if (body.kind === 'lost') return body
  if (body.kind === 'form')
    return {
      ...body,
      fields: body.fields.map((field) =>
        field.withheld
          ? field
          : { ...field, name: replacer.scrub(field.name), value: rewriteValue(field.name, field.value, replacer) },
      ),
    }
  const text = rewriteText(body.text, body.mimeType ?? '', replacer, answer)
  return text === undefined ? { kind: 'lost', because: 'removed-by-sanitizer' } : { ...body, text }
}

const rewriteText = (text: string, mimeType: string, replacer: Replacer, answer?: Answer): string | undefined => {
  const start = text.trimStart()
  if (start === '') return text
  if (/javascript|css|image|font|audio|video|octet-stream|wasm|protobuf/.test(mimeType)) return undefined
  if (/^[[{"]/.test(start)) {
    const value = parse(text)
    if (value !== undefined) return JSON.stringify(rewriteJson('', value, replacer))
    return rewriteBrokenJson(text, replacer)
  }
  if (mimeType.startsWith('multipart/')) return rewriteMultipart(text, mimeType, replacer)
  const token = /^\S+$/.test(start.trimEnd()) ? rewriteJwt(start.trimEnd(), 'token', replacer) : undefined
  if (token) return token
  if (start.startsWith('<'))
    return /xml/.test(mimeType) && !/html/.test(mimeType)
      ? undefined
      : rewriteHtml(text, replacer, (answer?.status ?? 0) >= 400 || isDeadEnd(text), answer)
  if (mimeType.includes('x-www-form-urlencoded') || /^[\w.[\]-]+=[^\s<]*$/.test(start.trimEnd()))
    return rewriteForm(text, replacer)
  return replacer.prose(wordsOfFault(text, true))
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** JSON that breaks off or is malformed: what still reads as a member is treated as one, the rest as prose. */
const rewriteBrokenJson = (text: string, replacer: Replacer): string =>
  text
    .split(/("(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*(?:"|$)|\d{4,}))/)
    .map((piece) => {
      const [, name = '', between = '', quoted, closing = '', number] =
        /^"((?:[^"\\]|\\.)*)"(\s*:\s*)(?:"((?:[^"\\]|\\.)*)("?)|(\d+))$/s.exec(piece) ?? []
      if (between === '') return replacer.prose(piece)
      const value = quoted ?? number ?? ''
      const rewritten = rewriteValue(name, unescape(value), replacer)
      return `"${name}"${between}"${JSON.stringify(rewritten).slice(1, -1)}${number === undefined ? closing : '"'}`
    })
    .join('')

const unescape = (text: string): string => {
  const value = parse(`"${text}"`)
  return typeof value === 'string' ? value : text
}

const rewriteMultipart = (text: string, mimeType: string, replacer: Replacer): string | undefined => {
  const boundary = /boundary="?([^";]+)"?/.exec(mimeType)?.[1] ?? /^--([^\r\n]+)/.exec(text)?.[1]
  if (!boundary) return undefined
  return text
    .split(`--${boundary}`)
    .map((part) => {
      const [, head, value = '', end = ''] = /^(\r?\n[\s\S]*?\r?\n\r?\n)([\s\S]*?)(\r?\n)?$/.exec(part) ?? []
      if (head === undefined) return part.replace(/[^\r\n-]/g, '')
      const name = /\bname="([^"]*)"/.exec(head)?.[1] ?? ''
      return (
        replacer.scrub(head.replace(/filename="[^"]*"/g, 'filename="removed"')) +
        rewriteValue(name, value, replacer) +
        end
      )
    })
    .join(`--${boundary}`)
}
