import type { CapturedBody, EntryObserved, EpochMs, NewCaptureEvent } from '../model/recording'
import { withoutFragment } from '../model/url'
import {
  type LoginContext,
  type RelevanceSettings,
  forgetTab,
  holdMs,
  isActive,
  learn,
  learnOpener,
  newLoginContext,
} from './login-context'
import type { Sighting } from './login-structure'
import { type Relevance, decide, decideNavigation } from './relevance'

/** Events pass through here on their way to the log: kept at once, held for a while, or dropped. */
export interface Sieve {
  /** The events to append now: this one, others that it made relevant, or none. */
  readonly offer: (event: NewCaptureEvent) => readonly NewCaptureEvent[]
  /** Whether the log has this request. */
  readonly keeps: (requestId: string) => boolean
  /** Whether its response body is worth reading: it is kept, or may yet be, since its tab has a login under way. */
  readonly wantsBody: (requestId: string) => boolean
  /**
   * Takes up again after a restart of the worker: what the log has, and what was held.
   *
   * @returns held events that the log turns out to make relevant, to append now.
   */
  readonly restore: (kept: readonly NewCaptureEvent[], held: readonly NewCaptureEvent[]) => readonly NewCaptureEvent[]
  /** What is held, to be stored beside the log. */
  readonly held: () => readonly NewCaptureEvent[]
  /** Forgets what is held and what was learnt. */
  readonly clear: () => void
  readonly configure: (settings: RelevanceSettings) => void
}

/** A request with its hops, or a single event that belongs to none. */
interface Item {
  readonly tabId: number
  readonly at: EpochMs
  relevance: Relevance
  /** Held events; empty once kept. */
  events: NewCaptureEvent[]
  seen?: Sighting
  decide: (context: LoginContext) => Relevance
}

const maxHeld = 400
const maxHeldPerTab = 150
/** How long after its last event a request may still get a body from another source. */
const rememberMs = 5 * 60_000

type OfRequest = Extract<NewCaptureEvent, { requestId: string }>

const isOfRequest = (event: NewCaptureEvent): event is OfRequest => 'requestId' in event

const textOf = (body: CapturedBody | undefined) => (body?.kind === 'text' ? { responseText: body.text } : {})

/** What is known of a request after one more of its events. */
const look = (before: Sighting | undefined, event: OfRequest): Sighting => {
  // A worker that was asleep may hear of the answer before the request (or not of the request at all).
  const known: Sighting = before ?? { at: event.at, method: '', url: event.url, resourceType: 'other', tabId: -1 }
  switch (event.type) {
    case 'request.started':
      return {
        at: event.at,
        method: event.method,
        url: event.url,
        resourceType: event.resourceType,
        tabId: event.tabId,
        ...(event.initiator === undefined ? {} : { initiator: event.initiator }),
        ...(event.body ? { requestBody: event.body } : {}),
      }
    case 'request.headers':
      return { ...known, requestHeaders: event.headers }
    case 'response.headers':
      return { ...known, status: event.status, responseHeaders: event.headers }
    case 'request.redirected':
      return { ...known, redirectUrl: event.redirectUrl }
    case 'request.completed':
      return { ...known, status: event.status }
    case 'request.failed':
      return { ...known, error: event.error }
    case 'response.body':
      return { ...known, ...textOf(event.body) }
  }
}

const lookAtEntry = ({ entry, tabId }: Omit<EntryObserved, 'seq'>): Sighting => ({
  at: entry.startedDateTime,
  method: entry.method,
  url: entry.url,
  resourceType: entry.resourceType ?? 'other',
  tabId,
  ...(entry.initiator === undefined ? {} : { initiator: entry.initiator }),
  ...(entry.requestBody ? { requestBody: entry.requestBody } : {}),
  ...(entry.requestHeaders ? { requestHeaders: entry.requestHeaders } : {}),
  ...(entry.status === undefined ? {} : { status: entry.status }),
  ...(entry.responseHeaders ? { responseHeaders: entry.responseHeaders } : {}),
  ...(entry.redirectURL ? { redirectUrl: entry.redirectURL } : {}),
  ...textOf(entry.responseBody),
})

/** What is only held is held without its body. */
const withoutBody = (event: NewCaptureEvent): NewCaptureEvent =>
  event.type === 'request.started' && event.body
    ? { ...event, body: { kind: 'lost', because: 'body-not-captured' } }
    : event

const sameRequest = (seen: Sighting, entry: Sighting): boolean =>
  seen.method === entry.method &&
  withoutFragment(seen.url) === withoutFragment(entry.url) &&
  Math.abs(seen.at - entry.at) < rememberMs

const identify = (event: NewCaptureEvent): string =>
  [event.type, event.at, 'requestId' in event ? event.requestId : '', 'url' in event ? event.url : ''].join(' ')

export const createSieve = (settings: RelevanceSettings): Sieve => {
  let context = newLoginContext(settings)
  /** In order of arrival. */
  const items = new Map<string, Item>()
  let standalone = 0

  const prune = (now: EpochMs) => {
    const perTab = new Map<number, number>()
    let held = 0
    for (const [key, item] of [...items].reverse()) {
      const inTab = (perTab.get(item.tabId) ?? 0) + 1
      const isHeld = item.relevance === 'hold'
      if (isHeld) {
        perTab.set(item.tabId, inTab)
        held += 1
      }
      const tooMany = isHeld && (inTab > maxHeldPerTab || held > maxHeld)
      if (tooMany || now - item.at > (isHeld ? holdMs : rememberMs)) items.delete(key)
    }
  }
  let lastPrune = 0

  const release = (item: Item): readonly NewCaptureEvent[] => {
    item.relevance = 'keep'
    const { events } = item
    item.events = []
    return events
  }

  /** Looks at everything held again until nothing new is learnt from what that releases. */
  const releaseRelated = (): readonly NewCaptureEvent[] => {
    const released: NewCaptureEvent[] = []
    for (let learnt = true; learnt;) {
      learnt = false
      for (const item of items.values()) {
        if (item.relevance !== 'hold' || item.decide(context) !== 'keep') continue
        released.push(...release(item))
        if (item.seen && learn(item.seen, context)) learnt = true
      }
    }
    return released
  }

  const pass = (item: Item, event: NewCaptureEvent): readonly NewCaptureEvent[] => {
    if (item.relevance === 'hold') item.relevance = item.decide(context)
    if (item.relevance === 'drop') return []
    if (item.relevance === 'hold') {
      if (event.type !== 'response.body') item.events.push(withoutBody(event))
      return []
    }
    const now = [...release(item), event]
    return item.seen && learn(item.seen, context) ? [...now, ...releaseRelated()] : now
  }

  const offerRequest = (event: OfRequest): readonly NewCaptureEvent[] => {
    const known = items.get(event.requestId)
    const seen = look(known?.seen, event)
    const item: Item = known ?? {
      tabId: seen.tabId,
      at: event.at,
      relevance: 'hold',
      events: [],
      decide: () => 'hold',
    }
    item.seen = seen
    item.decide = (current) => decide(seen, current)
    items.set(event.requestId, item)
    return pass(item, event)
  }

  const offerEntry = (event: Omit<EntryObserved, 'seq'>): readonly NewCaptureEvent[] => {
    const seen = lookAtEntry(event)
    const same = [...items.values()].filter((item) => item.seen && sameRequest(item.seen, seen))
    const kept = same.some((item) => item.relevance === 'keep')
    if (!kept && decide(seen, context) !== 'keep') return []
    // The same request may be held under its webRequest id: the body has now told what it is.
    const released = same.filter((item) => item.relevance === 'hold').flatMap(release)
    return learn(seen, context) ? [...released, event, ...releaseRelated()] : [...released, event]
  }

  const offerAlone = (
    event: NewCaptureEvent & { tabId: number },
    decideAlone: Item['decide'],
  ): readonly NewCaptureEvent[] => {
    const item: Item = { tabId: event.tabId, at: event.at, relevance: 'hold', events: [], decide: decideAlone }
    items.set(`alone:${++standalone}`, item)
    return pass(item, event)
  }

  const offer = (event: NewCaptureEvent): readonly NewCaptureEvent[] => {
    if (event.at - lastPrune > 1000) {
      prune(event.at)
      lastPrune = event.at
    }
    if (isOfRequest(event)) return offerRequest(event)
    switch (event.type) {
      case 'entry.observed':
        return offerEntry(event)
      case 'navigation.committed':
      case 'navigation.failed': {
        const outermost = event.type === 'navigation.failed' ? event.frameId === 0 : event.parentFrameId === -1
        const { url, tabId, at } = event
        return offerAlone(event, (current) => decideNavigation({ url, tabId, at, outermost }, current))
      }
      case 'tab.opened': {
        const { tabId, openerTabId, at } = event
        learnOpener(tabId, openerTabId, context)
        return offerAlone(event, (current) =>
          isActive(tabId, at, current) || isActive(openerTabId, at, current) ? 'keep' : 'hold',
        )
      }
      case 'tab.closed': {
        const inLogin = isActive(event.tabId, event.at, context)
        forgetTab(event.tabId, context)
        return inLogin ? [event] : []
      }
      default:
        return [event]
    }
  }

  return {
    offer,
    keeps: (requestId) => items.get(requestId)?.relevance === 'keep',
    wantsBody: (requestId) => {
      const item = items.get(requestId)
      if (!item || item.relevance === 'drop') return false
      return item.relevance === 'keep' || isActive(item.tabId, item.at, context)
    },
    restore: (kept, held) => {
      for (const event of kept) {
        if (event.type === 'tab.opened') learnOpener(event.tabId, event.openerTabId, context)
        if (event.type === 'entry.observed') learn(lookAtEntry(event), context)
        if (!isOfRequest(event)) continue
        const seen = look(items.get(event.requestId)?.seen, event)
        learn(seen, context)
        items.set(event.requestId, {
          tabId: seen.tabId,
          at: event.at,
          relevance: 'keep',
          events: [],
          seen,
          decide: () => 'keep',
        })
      }
      // What is held is stored less often than the log: some of it may have been released since.
      const released = new Set(kept.map(identify))
      return held.filter((event) => !released.has(identify(event))).flatMap(offer)
    },
    held: () => [...items.values()].flatMap((item) => (item.relevance === 'hold' ? item.events : [])),
    clear: () => {
      items.clear()
      context = newLoginContext(context.settings)
    },
    configure: (next) => {
      context.settings = next
    },
  }
}
