const waysOn =
  /<(form|input|button|select|textarea|a|script|iframe|frame|object|embed|meta\s[^>]*http-equiv\s*=\s*["']?refresh)\b/i

/** A page that says something and leaves nothing to do: no form, no link, no script, whatever language it speaks. */
export const isDeadEnd = (html: string): boolean =>
  /<(html|body|!doctype)\b/i.test(html) && !waysOn.test(html) && /<body\b[^>]*>[^]*[^\s<>]+\s*</i.test(html)

/** An alert (WAI-ARIA) on a page that asks for nothing, in whatever language; what scripts may show later does not count. */
export const isAlertWithoutForm = (html: string): boolean => {
  const shown = html.replaceAll(/<(script|template|noscript)\b[^]*?(<\/\1\s*>|$)/gi, '')
  return /\brole\s*=\s*["']?alert\b/i.test(shown) && !/<(form|input|select|textarea)\b/i.test(shown)
}

/** A page that asks somebody to sign in, whatever it is called there. */
export const asksForPassword = (html: string): boolean => /<input\b[^>]*\btype\s*=\s*["']?password\b/i.test(html)

/** Where the forms of a page lead. */
export const formTargetsOf = (html: string, base: string): readonly string[] =>
  [...html.matchAll(/<form\b[^>]*?\saction\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi)].flatMap((match) => {
    const target = (match[1] ?? match[2] ?? match[3] ?? '').replaceAll('&amp;', '&')
    return URL.canParse(target, base) ? [new URL(target, base).href] : []
  })
