import type { CaptureEvent, DescribedValue, ObservedEntry, Recording } from '../model/recording'
import { readJwt } from '../model/jwt'
import { placeOf } from '../model/url'
import { describeValue } from './describe'
import type { SecretKind } from './names'
import { rewriteBody } from './rewrite-body'
import { rewriteHeaders } from './rewrite-headers'
import { rewriteUrl } from './rewrite-url'
import type { Encoding } from './secret-index'
import { type Replacer, Vault } from './vault'

declare const redacted: unique symbol

/** What only {@link redact} makes: the secrets in it are replaced by labels. Exporters take nothing else. */
export type Redacted<T> = T & { readonly [redacted]: true }

export interface RedactionOptions {
  /** Names, e-mail addresses and other personal claims: labelled unless asked for. */
  readonly personal?: 'label' | 'keep'
}

export interface RedactionResult {
  readonly recording: Redacted<Recording>
  /** How many different values of each kind were replaced. */
  readonly receipt: Readonly<Record<SecretKind, number>>
  /** Searches a finished export for every secret in every encoding. Empty when it may be handed over. */
  readonly prove: (output: string) => readonly Leak[]
  /** Puts labels in the place of what {@link prove} finds. */
  readonly scrub: (output: string) => string
}

/** Where a secret, or 12 characters or more of one, was found in an export. It does not repeat the secret. */
export interface Leak {
  readonly label: string
  readonly encoding: Encoding
  /** Both counted from 1. */
  readonly line: number
  readonly column: number
}

/**
 * Replaces every secret of a recording by a label, the same one wherever the same value stands. What the analysis would have
 * computed from the values (length, alphabet, hashes that match) is added as one `values.described` event.
 */
export const redact = (recording: Recording, { personal = 'label' }: RedactionOptions = {}): RedactionResult => {
  const described = recording.events.flatMap((event) =>
    event.type === 'values.described' ? Object.keys(event.values) : [],
  )
  const vault = new Vault(personal === 'keep', described)
  const digests = new Set<string>()
  const known: Known = { statuses: statusesOf(recording), places: placesOf(recording) }
  for (const event of recording.events) collectDigests(rewriteEvent(event, vault.collector, known), digests)
  const writer = vault.writer
  const events = recording.events.map((event) => rewriteEvent(event, writer, known))
  const facts = describeAll(vault, digests)
  const last = recording.events.reduce((seq, event) => Math.max(seq, event.seq), -1)
  const at = recording.events.reduce((time, event) => Math.max(time, event.at), 0)
  const complete: readonly CaptureEvent[] =
    Object.keys(facts).length > 0 ? [...events, { type: 'values.described', seq: last + 1, at, values: facts }] : events
  return {
    recording: { events: complete } as unknown as Redacted<Recording>,
    receipt: vault.receipt,
    prove: proverOf(vault),
    scrub: writer.scrub,
  }
}

/** Marks a recording as fit for export although it holds its secrets: only for a user who asked for exactly that. */
export const keepSecrets = (recording: Recording): Redacted<Recording> => recording as Redacted<Recording>

/** What of other events decides how one is written. */
interface Known {
  readonly statuses: ReadonlyMap<string, number>
  readonly places: ReadonlySet<string>
}

const placesOf = ({ events }: Recording): ReadonlySet<string> =>
  new Set(
    events.flatMap((event) => {
      const url =
        event.type === 'request.started' ? event.url : event.type === 'entry.observed' ? event.entry.url : undefined
      return url === undefined ? [] : (placeOf(url) ?? [])
    }),
  )

/** A response's status by request and URL, for the bodies that come as events of their own. */
const statusesOf = ({ events }: Recording): ReadonlyMap<string, number> =>
  new Map(
    events.flatMap((event) =>
      event.type === 'response.headers' ? [[`${event.requestId} ${event.url}`, event.status] as const] : [],
    ),
  )

const rewriteEvent = (event: CaptureEvent, replacer: Replacer, known: Known): CaptureEvent => {
  switch (event.type) {
    case 'request.started':
      return {
        ...event,
        url: rewriteUrl(event.url, replacer),
        ...(event.initiator === undefined ? {} : { initiator: rewriteUrl(event.initiator, replacer) }),
        ...(event.body === undefined ? {} : { body: rewriteBody(event.body, replacer) }),
      }
    case 'request.headers':
    case 'response.headers':
      return { ...event, url: rewriteUrl(event.url, replacer), headers: rewriteHeaders(event.headers, replacer) }
    case 'request.redirected':
      return { ...event, url: rewriteUrl(event.url, replacer), redirectUrl: rewriteUrl(event.redirectUrl, replacer) }
    case 'request.completed':
      return { ...event, url: rewriteUrl(event.url, replacer) }
    case 'request.failed':
    case 'navigation.failed':
      return { ...event, url: rewriteUrl(event.url, replacer), error: replacer.prose(event.error) }
    case 'response.body':
      return {
        ...event,
        url: rewriteUrl(event.url, replacer),
        body: rewriteBody(event.body, replacer, {
          url: event.url,
          status: known.statuses.get(`${event.requestId} ${event.url}`),
          places: known.places,
        }),
      }
    case 'navigation.committed':
      return { ...event, url: rewriteUrl(event.url, replacer) }
    case 'entry.observed':
      return { ...event, entry: rewriteEntry(event.entry, replacer, known) }
    case 'capture.gap':
    case 'jws.verified':
      return event.detail === undefined ? event : { ...event, detail: replacer.prose(event.detail) }
    case 'recording.started':
      return event.userAgent === undefined ? event : { ...event, userAgent: replacer.scrub(event.userAgent) }
    case 'tab.opened':
    case 'tab.closed':
    case 'values.described':
      return event
  }
}

const rewriteEntry = (entry: ObservedEntry, replacer: Replacer, { places }: Known): ObservedEntry => ({
  ...entry,
  url: rewriteUrl(entry.url, replacer),
  ...(entry.requestHeaders && { requestHeaders: rewriteHeaders(entry.requestHeaders, replacer) }),
  ...(entry.requestBody && { requestBody: rewriteBody(entry.requestBody, replacer) }),
  ...(entry.responseHeaders && { responseHeaders: rewriteHeaders(entry.responseHeaders, replacer) }),
  ...(entry.responseBody && {
    responseBody: rewriteBody(entry.responseBody, replacer, { url: entry.url, status: entry.status, places }),
  }),
  ...(entry.redirectURL !== undefined && { redirectURL: rewriteUrl(entry.redirectURL, replacer) }),
  ...(entry.error !== undefined && { error: replacer.prose(entry.error) }),
  ...(entry.initiator !== undefined && { initiator: rewriteUrl(entry.initiator, replacer) }),
  ...(entry.pageref !== undefined && { pageref: replacer.scrub(entry.pageref) }),
})

/** Everything in the recording that has the shape of a digest: `code_challenge`, `at_hash`, `c_hash`, `s_hash`, `ath`. */
const collectDigests = (event: CaptureEvent, digests: Set<string>): void => {
  const texts = JSON.stringify(event)
  for (const [run] of texts.matchAll(/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{22,86}(?![A-Za-z0-9_-])/g)) digests.add(run)
  for (const [token] of texts.matchAll(/ey[\w-]+\.ey[\w-]+\.[\w-]*/g))
    for (const value of Object.values(readJwt(token)?.claims ?? {}))
      if (typeof value === 'string' && /^[A-Za-z0-9_-]{22,86}$/.test(value)) digests.add(value)
}

const describeAll = (vault: Vault, found: ReadonlySet<string>): Readonly<Record<string, DescribedValue>> => {
  const digests = new Map([...found].map((digest) => [digest, vault.replacementOf(digest)]))
  return Object.fromEntries(
    vault.replaced.map(({ value, replacement }) => [replacement, describeValue(value, digests)]),
  )
}

const proverOf =
  (vault: Vault): RedactionResult['prove'] =>
  (output) =>
    vault.findIn(output).map(({ start, label, encoding }) => {
      const before = output.slice(0, start)
      return { label, encoding, line: before.split('\n').length, column: start - before.lastIndexOf('\n') }
    })
