import type { AttemptSummary, TabSummary } from '../messaging/contract'
import type { Owner } from '../model/analysis'
import { parseUrl } from '../model/url'
import type { IconName } from '../ui/icon'

/** What the popup says, ready to be shown. */
export interface PopupView {
  readonly tone: 'failed' | 'ok' | 'warning' | 'soft'
  readonly icon: IconName
  readonly heading: string
  readonly text?: string
  /** Client and authorization server. */
  readonly parties?: string
  readonly owner?: { readonly icon: IconName; readonly name: string }
  readonly fix?: { readonly summary: string; readonly place?: string; readonly value?: string }
  /** Attempts of the tab by outcome. */
  readonly tally?: string
  readonly flowId?: string
  readonly permissionMissing?: boolean
  readonly others?: readonly OtherFailure[]
}

export interface OtherFailure {
  readonly flowId: string
  readonly title: string
  readonly fix?: string
}

const owners: Record<Owner, { readonly icon: IconName; readonly name: string }> = {
  client: { icon: 'client', name: 'Client' },
  authorization_server: { icon: 'authorization_server', name: 'Authorization server settings' },
  resource_server: { icon: 'resource_server', name: 'API' },
  browser: { icon: 'browser', name: 'Browser' },
  network: { icon: 'network', name: 'Network' },
  user: { icon: 'user', name: 'User' },
}

const counted = (count: number, word: string): string[] => (count === 0 ? [] : [`${count} ${word}`])

const tallyOf = ({ failed, succeeded, delivered, pending }: TabSummary): string =>
  [
    ...counted(failed, 'failed'),
    ...counted(succeeded, 'succeeded'),
    ...counted(delivered, 'answered'),
    ...counted(pending, 'under way'),
  ].join(' · ')

const hostOf = (address: string): string => {
  const url = parseUrl(address)
  return url ? url.host + (url.pathname === '/' ? '' : url.pathname) : address
}

const partiesOf = ({ client_id, issuer }: AttemptSummary): string =>
  [client_id, issuer === undefined ? undefined : hostOf(issuer)].filter((name) => name !== undefined).join(' → ')

const empty = (summary: TabSummary): PopupView =>
  summary.status.paused
    ? {
        tone: 'soft',
        icon: 'pending',
        heading: 'Recording is paused',
        text: 'Logins are not recorded until you resume.',
      }
    : {
        tone: 'soft',
        icon: 'eye',
        heading: 'No login seen in this tab yet',
        text: 'Log in on the page. Loginscope is recording, also while DevTools is closed, and keeps what it sees in this browser.',
      }

const noPermission: PopupView = {
  tone: 'warning',
  icon: 'warning',
  heading: 'Not permitted to see requests',
  text: 'Loginscope explains logins from the requests the browser sends, and may not see them. Nothing it sees leaves this browser.',
  permissionMissing: true,
}

const outcomes = {
  failed: { tone: 'failed', icon: 'failed' },
  succeeded: { tone: 'ok', icon: 'succeeded' },
  delivered: { tone: 'soft', icon: 'eye' },
  pending: { tone: 'soft', icon: 'pending' },
  abandoned: { tone: 'soft', icon: 'abandoned' },
} as const

const otherFailure = ({ flowId, summary, finding }: AttemptSummary): OtherFailure => ({
  flowId,
  title: finding?.title ?? summary,
  ...(finding ? { fix: finding.fix.summary } : {}),
})

export const popupView = (summary: TabSummary): PopupView => {
  if (!summary.status.hostPermission) return noPermission
  const { latest } = summary
  if (!latest) return empty(summary)
  const { finding } = latest
  const place = finding?.fix.console
  return {
    ...outcomes[latest.status],
    heading: finding?.title ?? latest.summary,
    ...(finding ? { text: finding.cause, owner: owners[finding.owner] } : {}),
    ...(finding
      ? {
          fix: {
            summary: finding.fix.summary,
            ...(place ? { place: [place.provider, ...place.path].join(' › ') } : {}),
            ...(place?.value === undefined ? {} : { value: place.value }),
          },
        }
      : {}),
    parties: partiesOf(latest),
    tally: tallyOf(summary),
    flowId: latest.flowId,
    ...(summary.others ? { others: summary.others.map(otherFailure) } : {}),
  }
}
