import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rulesDocument } from './documentation'
import { rules } from './index'
import { notVisible } from './not-visible'
import { signatures } from './signatures'

describe('the rule documentation', () => {
  it('is what `npm run docs` writes', () => {
    expect(readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')).toBe(rulesDocument())
  })

  it('accounts for every signature', () => {
    const answered = new Set([...rules.flatMap(({ covers }) => covers), ...notVisible.map(({ slug }) => slug)])
    expect(signatures.filter((slug) => !answered.has(slug))).toEqual([])
  })

  it('names only signatures that are in the catalogue', () => {
    const known = new Set<string>(signatures)
    const named = [...rules.flatMap(({ covers }) => covers), ...notVisible.map(({ slug }) => slug)]
    expect(named.filter((slug) => !known.has(slug))).toEqual([])
  })

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s says all it has to', (_id, rule) => {
    for (const text of [rule.title, rule.what, rule.why, rule.toldApart, rule.silentWhen])
      expect(text.trim()).not.toBe('')
    expect(rule.title).not.toMatch(/[.!]$/)
    for (const { url } of rule.references) expect(URL.canParse(url)).toBe(true)
  })
})
