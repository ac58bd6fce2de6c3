const waysOn =
  /<(form|input|button|select|textarea|a|script|iframe|frame|object|embed|meta\s[^>]*http-equiv\s*=\s*["']?refresh)\b/i

/** Whether a page or a bare text leaves something to do: a form, a link, a script. */
export const hasWayOn = (html: string): boolean => waysOn.test(html)

/** A page that says something and leaves nothing to do, whatever language it speaks. */
export const isDeadEnd = (html: string): boolean =>
  /<(html|body|!doctype)\b/i.test(html) && !hasWayOn(html) && /<body\b[^>]*>[^]*[^\s<>]+\s*</i.test(html)

/** An alert (WAI-ARIA) on a page that asks for nothing, in whatever language; what scripts may show later does not count. */
export const isAlertWithoutForm = (html: string): boolean => {
  const shown = html.replaceAll(/<(script|template|noscript)\b[^]*?(<\/\1\s*>|$)/gi, '')
  return /\brole\s*=\s*["']?alert\b/i.test(shown) && !/<(form|input|select|textarea)\b/i.test(shown)
}

/** A page that asks somebody to sign in, whatever it is called there. */
export const asksForPassword = (html: string): boolean => /<input\b[^>]*\btype\s*=\s*["']?password\b/i.test(html)

const targetsOf = (html: string, base: string, attribute: RegExp): readonly string[] =>
  [...html.matchAll(attribute)].flatMap(([, double, single, bare]) => {
    const target = (double ?? single ?? bare ?? '').replaceAll('&amp;', '&')
    return URL.canParse(target, base) ? [new URL(target, base).href] : []
  })

/** Where the forms of a page lead. */
export const formTargetsOf = (html: string, base: string): readonly string[] =>
  targetsOf(html, base, /<form\b[^>]*?\saction\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi)

/** Where the links of a page lead. */
export const linkTargetsOf = (html: string, base: string): readonly string[] =>
  targetsOf(html, base, /<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi)

/** What a page says before anything else: its title, its headings, and its alerts (WAI-ARIA). */
export const headlinesOf = (html: string): readonly string[] =>
  [
    ...html.matchAll(/<(title|h[1-3])\b[^>]*>([^]*?)<\/\1\s*>/gi),
    ...html.matchAll(/<(\w+)\b[^>]*\brole\s*=\s*["']?alert\b[^>]*>([^]*?)<\/\1\s*>/gi),
  ].map(([, , content = '']) => content)

/** The names of the fields that a page asks for. */
export const fieldNamesOf = (html: string): readonly string[] =>
  [...html.matchAll(/<(?:input|select|textarea)\b[^>]*?\sname\s*=\s*["']?([^"'\s>]+)/gi)].map(([, name = '']) => name)
