import { isHarmless, rankOf, type SecretKind, vocabulary } from './names'
import { buildSecretIndex, type Hit, type SecretIndex } from './secret-index'
import { isInstant, isRandom, isSearchable, runsOf } from './shape'

/** What the rewriters ask while they walk a recording. */
export interface Replacer {
  /** What stands in the place of a secret of this kind. White space and quotes around it stay: they may be the mistake. */
  readonly secret: (value: string, kind: SecretKind) => string
  /** A value that may be shown and is never a secret elsewhere. */
  readonly shown: (value: string) => void
  /** A text for people, without the secrets, addresses and random values in it. */
  readonly prose: (text: string) => string
  /** A text that is kept but for known secrets in it. */
  readonly scrub: (text: string) => string
  /** A whole token with structure of its own stands for itself: `text` replaces it, and `value` counts as this kind. */
  readonly structured: (value: string, kind: SecretKind, replace: (label: string) => string) => string
  /** Facts about a value, which the vault's owner keeps. */
  readonly keepPersonal: boolean
}

interface Secret {
  kind: SecretKind
  readonly order: number
  label?: string | undefined
  replacement?: string
}

const around = /^([\s"']*)(.*?)([\s"']*)$/s

/**
 * Holds the secrets of one recording. The first walk over the recording collects them ({@link Vault.collector}); then all values
 * are known and the second walk writes labels ({@link Vault.writer}).
 */
export class Vault {
  readonly #secrets = new Map<string, Secret>()
  readonly #shown = new Set<string>()
  readonly #counts = new Map<SecretKind, number>()
  #index: SecretIndex | undefined
  #searched: readonly string[] = []
  readonly #keepPersonal: boolean
  readonly #alreadyLabels: ReadonlySet<string>

  /** `alreadyLabels` stand in a recording that was redacted before; they stay, and new labels are numbered on from them. */
  constructor(keepPersonal: boolean, alreadyLabels: readonly string[]) {
    this.#keepPersonal = keepPersonal
    this.#alreadyLabels = new Set(alreadyLabels)
    for (const label of alreadyLabels) {
      const [, kind = '', number] = /^([a-z_]+)#(\d+)$/.exec(label) ?? []
      if (number) this.#counts.set(kind, Math.max(this.#counts.get(kind) ?? 0, Number(number)))
    }
  }

  readonly #isLabel = (value: string): boolean =>
    this.#alreadyLabels.has(value) ||
    (this.#alreadyLabels.size > 0 && value.includes('%') && this.#alreadyLabels.has(decodeOnce(value) ?? ''))

  readonly #remember = (value: string, kind: SecretKind): void => {
    if (isHarmless(value) || this.#isLabel(value)) return
    const known = this.#secrets.get(value)
    if (!known) this.#secrets.set(value, { kind, order: this.#secrets.size })
    else if (rankOf(kind) > rankOf(known.kind)) known.kind = kind
  }

  get collector(): Replacer {
    return {
      secret: (value, kind) => {
        this.#remember(coreOf(value), kind)
        return value
      },
      shown: (value) => void this.#shown.add(value),
      prose: (text) => {
        for (const [found, kind] of identifiersIn(text)) this.#remember(found, kind)
        return text
      },
      scrub: (text) => text,
      structured: (value, kind, replace) => {
        this.#remember(value, kind)
        replace('')
        return value
      },
      keepPersonal: this.#keepPersonal,
    }
  }

  get writer(): Replacer {
    return {
      secret: (value, kind) => {
        const [, before = '', core = '', after = ''] = around.exec(value) ?? []
        return isHarmless(core) || this.#isLabel(core) ? value : before + this.#labelOf(core, kind) + after
      },
      shown: () => {},
      prose: (text) =>
        this.#replaceSecrets(text, (between) =>
          replaceIdentifiers(between, (found, kind) => this.#labelOf(found, kind)),
        ),
      scrub: (text) => this.#scrub(text),
      structured: (value, kind, replace) => {
        if (this.#isLabel(value)) return value
        const label = this.#labelOf(value, kind)
        const replacement = replace(label)
        const secret = this.#secrets.get(value)
        if (secret) secret.replacement = replacement
        return replacement
      },
      keepPersonal: this.#keepPersonal,
    }
  }

  /** Where secrets, or pieces of them, stand in a text, and the label of each. */
  readonly findIn = (text: string): readonly (Hit & { readonly label: string })[] =>
    this.#getIndex()
      .find(text)
      .map((hit) => ({ ...hit, label: this.#labelOf(this.#ownerOf(this.#searched[hit.secret] ?? ''), 'value') }))

  /** How many different values of each kind were replaced. */
  get receipt(): Readonly<Record<SecretKind, number>> {
    const counts = new Map<SecretKind, number>()
    for (const { kind } of this.replaced) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** What stands in the place of a whole value: itself when it is no secret. */
  readonly replacementOf = (value: string): string => {
    const secret = this.#secrets.get(value)
    return secret?.replacement ?? secret?.label ?? value
  }

  /** Each value that was replaced, and what stands in its place. */
  get replaced(): readonly { readonly value: string; readonly kind: SecretKind; readonly replacement: string }[] {
    return [...this.#secrets].flatMap(([value, { kind, label, replacement }]) =>
      label === undefined ? [] : [{ value, kind, replacement: replacement ?? label }],
    )
  }

  readonly #labelOf = (value: string, kind: SecretKind): string => {
    const encoded = this.#labelOfEncoded(value)
    if (encoded) return encoded
    let secret = this.#secrets.get(value)
    if (!secret) this.#secrets.set(value, (secret = { kind, order: this.#secrets.size }))
    secret.label ??= this.#labelOfVariant(value, secret)
    if (secret.label === undefined) {
      const number = (this.#counts.get(secret.kind) ?? 0) + 1
      this.#counts.set(secret.kind, number)
      secret.label = sized(`${secret.kind}#${number}`, value, secret.kind)
    }
    return secret.label
  }

  /**
   * A value that is another one cut off, lengthened, or changed in case or encoding gets a label that relates to the other's in the
   * same way: what was done to it on its way is what the reader must see.
   */
  readonly #labelOfVariant = (value: string, { kind, order }: Secret): string | undefined => {
    if (rankOf(kind) === 0 || value.length < 8) return undefined
    for (const [other, secret] of this.#secrets) {
      if (other === value || other.length < 8 || secret.kind !== kind) continue
      const isFirst = secret.order < order
      if (value.startsWith(other)) return `${this.#labelOf(other, kind)}~${value.length - other.length}`
      if (value.endsWith(other)) return `${value.length - other.length}~${this.#labelOf(other, kind)}`
      if (isFirst && value.toLowerCase() === other.toLowerCase()) return this.#labelOf(other, kind).toUpperCase()
      if (isFirst && plainly(value) === plainly(other)) return encodeURIComponent(this.#labelOf(other, kind))
    }
    return undefined
  }

  /** A percent-encoded secret gets its label percent-encoded: what differs by encoding alone still does. */
  readonly #labelOfEncoded = (value: string): string | undefined => {
    if (!/%[0-9A-Fa-f]{2}/.test(value)) return undefined
    const decoded = decodeOnce(value)
    if (decoded === undefined || decoded === value) return undefined
    const inner = this.#secrets.has(decoded) ? this.#labelOf(decoded, 'value') : this.#labelOfEncoded(decoded)
    return inner === undefined ? undefined : encodeURIComponent(inner)
  }

  readonly #getIndex = (): SecretIndex => {
    if (!this.#index) {
      // A verifier that was sent as its own challenge is a secret wherever it stands.
      const shown = new Set([...this.#shown].filter((value) => this.#secrets.get(value)?.kind !== 'code_verifier'))
      this.#searched = [...this.#secrets].flatMap(([value, { kind }]) =>
        shown.has(value) ? [] : searchablePartsOf(value, kind).filter((part) => !shown.has(part)),
      )
      this.#index = buildSecretIndex(this.#searched, [...shown, ...vocabulary], (secret) =>
        namesOfPeople.has(this.#secrets.get(this.#searched[secret] ?? '')?.kind ?? ''),
      )
    }
    return this.#index
  }

  readonly #scrub = (text: string): string => this.#replaceSecrets(text, (between) => between)

  /** Known secrets first: what looks like an identifier may be a piece of one. */
  readonly #replaceSecrets = (text: string, rewriteBetween: (text: string) => string): string => {
    if (text.length < 6) return text
    let result = ''
    let from = 0
    for (const hit of this.findIn(text)) {
      result += rewriteBetween(text.slice(from, hit.start))
      result += hit.encoding.startsWith('percent') ? encodeURIComponent(hit.label) : hit.label
      from = hit.end
    }
    return result + rewriteBetween(text.slice(from))
  }

  readonly #ownerOf = (part: string): string => {
    if (this.#secrets.has(part)) return part
    for (const value of this.#secrets.keys()) if (value.includes(part)) return value
    return part
  }
}

/** A long cookie or header keeps its length, because servers refuse requests that are too large. */
const sized = (label: string, value: string, kind: SecretKind): string =>
  value.length >= (kind === 'cookie' || kind === 'header' ? 200 : 2000) ? label.padEnd(value.length, '.') : label

const coreOf = (value: string): string => around.exec(value)?.[2] ?? value

/** As it reads after a form has been decoded once more than it should have been. */
const plainly = (value: string): string => decodeOnce(value.replaceAll('+', ' ')) ?? value

const decodeOnce = (value: string): string | undefined => {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}

/** Nobody draws these at random, and all but a bare word can be told from other text. */
const chosenByPeople = new Set([
  'password',
  'username',
  'name',
  'login_hint',
  'email',
  'phone_number',
  'personal',
  'birthdate',
])

/** Their words are words; as a whole they tell somebody. */
const namesOfPeople = new Set(['username', 'name', 'personal'])

const opaque = /^[^\s{}"&;,|<>]+$/

/** A secret made of parts (a list, a document, a JWT) is searched for by the parts that could not be there by chance. */
const searchablePartsOf = (value: string, kind: SecretKind): readonly string[] => {
  if (vocabulary.has(value.toLowerCase())) return []
  if (chosenByPeople.has(kind)) return value.length >= 6 && !/^[A-Za-z]+$/.test(value) ? [value] : []
  if (isInstant(value)) return []
  if (isJwtShaped(value))
    return value
      .split('.')
      .slice(2)
      .filter((part) => part.length >= 12)
  const text = /%3A%2F%2F/i.test(value) ? (decodeOnce(value) ?? value) : value
  if (opaque.test(text) && !text.includes('://'))
    return (rankOf(kind) === 0 ? isRandom(value) : isSearchable(value)) ? [value] : []
  const parts = text.includes('://') ? text.split(/[/?#&=]/) : [text]
  return parts.flatMap((part) => (part.match(runsOf) ?? []).filter(isRandom))
}

const isJwtShaped = (value: string): boolean => /^eyJ[\w-]*\.[\w-]*\.[\w.-]*$/.test(value)

const email = /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/
const ipAddress = /\b(?!127\.|0\.0\.0\.0)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b(?![.\d])/
const phoneNumber = /(?<![\w.])\+\d[\d ()-]{7,16}\d\b/
const identifiers = new RegExp(
  `(?<email>${email.source})|(?<ip_address>${ipAddress.source})|(?<phone_number>${phoneNumber.source})|(?<random>${runsOf.source})`,
  'g',
)

const replaceIdentifiers = (text: string, replace: (found: string, kind: SecretKind) => string): string =>
  text.replace(identifiers, (...match) => {
    const groups = match.at(-1) as Readonly<Record<string, string | undefined>>
    const [kind = 'value', found = ''] = Object.entries(groups).find(([, value]) => value !== undefined) ?? []
    if (kind !== 'random') return replace(found, kind)
    return isRandom(found) ? replace(found, 'value') : found
  })

const identifiersIn = (text: string): readonly (readonly [string, SecretKind])[] => {
  const found: [string, SecretKind][] = []
  replaceIdentifiers(text, (value, kind) => {
    found.push([value, kind])
    return value
  })
  return found
}
