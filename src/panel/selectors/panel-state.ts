import type { Flow } from '../../model/analysis'
import type { Snapshot } from '../store'
import { plural } from './words'

/** What stands in place of the attempts when there are none to show. */
export type EmptyState =
  | 'connecting'
  | 'lost'
  | 'outdated'
  | 'first-run'
  | 'no-permission'
  | 'paused'
  | 'waiting'
  | 'no-login-in-file'
  | 'filtered'

export interface Notice {
  readonly key: string
  readonly tone: 'info' | 'warning'
  readonly text: string
  readonly action: {
    readonly id: 'resume' | 'grant' | 'clear' | 'back-to-live'
    readonly label: string
  } | null
}

/** `shown` are the attempts after the filter, `all` before it. */
export const emptyState = (
  snapshot: Snapshot,
  all: readonly Flow[],
  shown: readonly Flow[],
  welcomed: boolean,
): EmptyState | null => {
  if (shown.length > 0) return null
  if (all.length > 0) return 'filtered'
  if (snapshot.connection === 'outdated') return 'outdated'
  if (snapshot.origin.kind !== 'live') return snapshot.loaded ? 'no-login-in-file' : 'connecting'
  if (!snapshot.loaded) return snapshot.connection === 'lost' ? 'lost' : 'connecting'
  if (snapshot.status?.hostPermission === false) return 'no-permission'
  if (snapshot.status?.paused) return 'paused'
  return welcomed ? 'waiting' : 'first-run'
}

const gapNotices = (snapshot: Snapshot): readonly Notice[] => {
  const incomplete = snapshot.events.find(
    (event) => event.type === 'capture.gap' && event.because === 'import-incomplete',
  )
  return [
    ...(incomplete && incomplete.type === 'capture.gap'
      ? [
          {
            key: 'incomplete',
            tone: 'warning',
            text: `The file is incomplete${incomplete.detail ? `: ${incomplete.detail}` : ''}. What is missing is shown as not visible.`,
            action: null,
          } as const,
        ]
      : []),
  ]
}

/** What the user should know above the attempts, most pressing first. */
export const noticesOf = (snapshot: Snapshot, hasAttempts: boolean): readonly Notice[] => {
  const { origin, status, connection, analysis } = snapshot
  const live = origin.kind === 'live'
  return [
    ...(live && connection === 'lost' && hasAttempts
      ? [
          {
            key: 'lost',
            tone: 'warning',
            text: 'The recorder does not answer. What is shown stays; new logins do not arrive. Close this view and open it again.',
            action: null,
          } as const,
        ]
      : []),
    ...(live && connection === 'outdated' && hasAttempts
      ? [
          {
            key: 'outdated',
            tone: 'warning',
            text: 'Loginscope was updated or turned off, so nothing new arrives here. Export what you need, then close and reopen DevTools.',
            action: null,
          } as const,
        ]
      : []),
    ...(live && status?.hostPermission === false && hasAttempts
      ? [
          {
            key: 'permission',
            tone: 'warning',
            text: 'The browser no longer lets Loginscope see the traffic of websites. New logins are not recorded.',
            action: { id: 'grant', label: 'Allow again' },
          } as const,
        ]
      : []),
    ...(live && status?.paused && hasAttempts
      ? [
          {
            key: 'paused',
            tone: 'warning',
            text: 'Recording is paused. New logins are not recorded.',
            action: { id: 'resume', label: 'Resume' },
          } as const,
        ]
      : []),
    ...(live && status?.storageFull
      ? [
          {
            key: 'full',
            tone: 'warning',
            text: 'The memory for recordings is full. Old response bodies are given up first; export what you need, then clear.',
            action: { id: 'clear', label: 'Clear recording' },
          } as const,
        ]
      : []),
    ...(origin.kind === 'file'
      ? [
          {
            key: 'file',
            tone: 'info',
            text: `You are looking at ${origin.name}${origin.notes.length > 0 ? `. ${origin.notes.join(' ')}` : ', not at live traffic.'}`,
            action: { id: 'back-to-live', label: 'Back to live' },
          } as const,
        ]
      : []),
    ...(origin.kind === 'sample'
      ? [
          {
            key: 'sample',
            tone: 'info',
            text: 'This is a sample: a login that failed, and one that worked. Nothing here comes from your browser.',
            action: { id: 'back-to-live', label: 'Close the sample' },
          } as const,
        ]
      : []),
    ...gapNotices(snapshot),
    ...(analysis.crashed.length > 0
      ? [
          {
            key: 'crashed',
            tone: 'warning',
            text: `${plural(analysis.crashed.length, 'check')} could not be made because of a fault in Loginscope: ${analysis.crashed
              .map(({ rule }) => rule)
              .join(', ')}. All others were.`,
            action: null,
          } as const,
        ]
      : []),
  ]
}

/** What was missed of one attempt because DevTools was opened late, and how to see it; null when nothing was. */
export const lateDevTools = (snapshot: Snapshot, flow: Flow): string | null => {
  if (snapshot.origin.kind !== 'live') return null
  const blind = flow.steps.some((step) => {
    if (step.kind !== 'token_request' && step.kind !== 'userinfo_request') return false
    const exchange = snapshot.analysis.exchanges.find((candidate) => candidate.id === step.exchangeId)
    // An answer the browser withheld from the page is missing for another reason than the time.
    if (!exchange || exchange.error !== undefined) return false
    const body = exchange.responseBody
    return (
      (body.state === 'unobserved' && body.because === 'body-not-captured') ||
      (body.state === 'present' && body.value.kind === 'lost')
    )
  })
  if (!blind) return null
  return snapshot.status?.devtoolsTabs.includes(flow.tabId)
    ? 'The answers of the token endpoint in this attempt were not readable: DevTools was opened later, or the page moved on before the body could be read. To see them, turn on Preserve log in the Network panel and log in again.'
    : 'DevTools was closed during this login, so the answers of the token endpoint were not visible. To see them, open DevTools on that tab and log in again.'
}
