const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const decodeEntities = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const point = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined
    if (point !== undefined) return point <= 0x10ffff ? String.fromCodePoint(point) : whole
    return entities[name?.toLowerCase() ?? ''] ?? whole
  })

/** What a person reads of an HTML page: no scripts, styles, tags and comments; its title only where it is all there is. */
export const visibleText = (html: string): string => {
  const [, title = ''] = /<title\b[^>]*>([^<]*)/i.exec(html) ?? []
  return textOf(html.replaceAll(/<title\b[^]*?(<\/title\s*>|$)/gi, ' ')) || textOf(title)
}

const textOf = (html: string): string =>
  decodeEntities(
    html
      .replaceAll(/<!--[^]*?-->/g, ' ')
      .replaceAll(/<(script|style|template|svg|noscript)\b[^]*?(<\/\1\s*>|$)/gi, ' ')
      .replaceAll(/<[^>]*>/g, ' '),
  )
    .replaceAll(/\s+/g, ' ')
    .trim()

/**
 * What a page tells of an error: the words for people of an error object (RFC 6749 section 5.2, RFC 9457 section 3.1) that
 * it shows among its menus, and all of its text otherwise.
 */
export const toldText = (html: string): string => {
  const text = visibleText(html).replaceAll(/…(?:[\s"'“”]*…)+/g, '…')
  const [, told] =
    /["“]\s*(?:error_description|detail|message)\s*["”]\s*:\s*["“]\s*(.+?)\s*["”]\s*[,}]/.exec(text) ?? []
  return told ?? text
}
