/** An error as a page hands it to its script to draw: with a code of several words, which no text for people has. */
export interface DrawnError {
  readonly error: string
  readonly error_description?: string
}

/** The errors in the scripts of a page, as JSON or as JSON in a string: what a page shows that has nothing visible itself. */
export const drawnErrors = (html: string): readonly DrawnError[] =>
  [...html.matchAll(/<script\b[^>]*>([^]*?)<\/script/gi)].flatMap(([, script]) => textsOf(script!)).flatMap(errorsIn)

const textsOf = (script: string): readonly string[] => [
  script,
  ...[...script.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([literal]) => parse(literal)).filter(isString),
]

const errorsIn = (text: string): readonly DrawnError[] =>
  [...text.matchAll(/"error"\s*:\s*"([a-z]+(?:_[a-z]+)+)"/g)].map(({ 1: error, index }) => {
    const object = parse(text.slice(text.lastIndexOf('{', index), text.indexOf('}', index) + 1))
    const description = (object as { error_description?: unknown } | undefined)?.error_description
    return { error: error!, ...(isString(description) && { error_description: description }) }
  })

const isString = (value: unknown): value is string => typeof value === 'string'

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
