import type { Parameter } from './parameters'

const member = /["'.]?\b(code|state|error|error_description|id_token|access_token)["']?\s*[:=]\s*(["'])(.*?)\2/g

/**
 * What a script in a page may post to the window that asked for a login: the members of the message that carry an
 * authorization response (`response_mode=web_message`).
 */
export const postedParameters = (script: string): readonly Parameter[] =>
  [...script.matchAll(member)].map(([, name = '', , value = '']) => ({ name, value: unescaped(value) }))

const unescaped = (text: string): string =>
  text.replaceAll(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gi,
    (_all, two?: string, four?: string, one?: string) =>
      one ?? String.fromCharCode(Number.parseInt(two ?? four ?? '', 16)),
  )
