/** A place in a text, both counted from 1, as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface ImportError {
  /** One sentence: what is wrong and what was expected. */
  readonly message: string
  readonly place?: Place
}

export type ParsedJson = { readonly value: unknown } | { readonly error: ImportError }

/** Parses JSON; an error names line and column whatever the engine's own message says. */
export const parseJson = (text: string): ParsedJson => {
  const source = withoutByteOrderMark(text)
  try {
    return { value: JSON.parse(source) as unknown }
  } catch {
    const offset = findSyntaxError(source)
    const found = offset < source.length ? `found ${JSON.stringify(source[offset])}` : 'the text ends there'
    return { error: { message: `This is not valid JSON: ${found}`, place: placeOf(source, offset) } }
  }
}

/** Fiddler and Charles on Windows write one. */
export const withoutByteOrderMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)

export const placeOf = (text: string, offset: number): Place => {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  let line = 1
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1
  return { line, column: offset - lineStart + 1 }
}

const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const space = /[ \t\r\n]*/y

/** Offset of the first character that cannot continue a JSON text. */
const findSyntaxError = (text: string): number => {
  let at = 0
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const matched = pattern.test(text)
    if (matched) at = pattern.lastIndex
    return matched
  }
  const open: ('}' | ']')[] = []
  let expects: 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' = 'value'
  for (;;) {
    skip(space)
    const character = text[at]
    if (expects === 'comma or end') {
      if (open.length === 0) return at
      if (character === ',') {
        at += 1
        expects = open.at(-1) === '}' ? 'key' : 'value'
      } else if (character === open.at(-1)) {
        at += 1
        open.pop()
      } else return at
    } else if (expects === 'key' || expects === 'key or end') {
      if (expects === 'key or end' && character === '}') {
        at += 1
        open.pop()
        expects = 'comma or end'
        continue
      }
      if (!skip(string)) return endOfBadToken(text, at)
      skip(space)
      if (text[at] !== ':') return at
      at += 1
      expects = 'value'
    } else if (expects === 'value or end' && character === ']') {
      at += 1
      open.pop()
      expects = 'comma or end'
    } else if (character === '{') {
      at += 1
      open.push('}')
      expects = 'key or end'
    } else if (character === '[') {
      at += 1
      open.push(']')
      expects = 'value or end'
    } else {
      if (!skip(character === '"' ? string : scalar)) return endOfBadToken(text, at)
      expects = 'comma or end'
    }
  }
}

/** A string that never closes is wrong at its end, everything else where it starts. */
const endOfBadToken = (text: string, at: number): number => {
  if (text[at] !== '"') return at
  const good = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y
  good.lastIndex = at
  good.test(text)
  return good.lastIndex
}

/**
 * The complete objects of the first array with this name, from a text that breaks off or is damaged after them.
 * `undefined` when there is no such array.
 */
export const salvageArray = (text: string, name: string): readonly unknown[] | undefined => {
  const start = new RegExp(`"${name}"\\s*:\\s*\\[`).exec(text)
  if (!start) return undefined
  const items: unknown[] = []
  let at = start.index + start[0].length
  for (;;) {
    const separator = /[\s,]*/y
    separator.lastIndex = at
    separator.test(text)
    const begin = separator.lastIndex
    if (text[begin] !== '{') return items
    const end = endOfObject(text, begin)
    if (end === undefined) return items
    try {
      items.push(JSON.parse(text.slice(begin, end)))
    } catch {
      return items
    }
    at = end
  }
}

const endOfObject = (text: string, begin: number): number | undefined => {
  const interesting = /["{}[\]]/g
  interesting.lastIndex = begin
  let depth = 0
  for (let found = interesting.exec(text); found; found = interesting.exec(text)) {
    if (found[0] === '"') {
      string.lastIndex = found.index
      if (!string.test(text)) return undefined
      interesting.lastIndex = string.lastIndex
    } else {
      depth += found[0] === '{' || found[0] === '[' ? 1 : -1
      if (depth === 0) return found.index + 1
    }
  }
  return undefined
}
