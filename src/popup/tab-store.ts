import type { Connection } from '../messaging/connection'
import type { Settings, TabSummary } from '../messaging/contract'

/** What the popup shows, outside React. */
export interface TabStore {
  readonly subscribe: (listener: () => void) => () => void
  /** The same object until something changed; `undefined` before the first answer. */
  readonly getSnapshot: () => TabSnapshot
}

export type TabSnapshot =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly summary: TabSummary; readonly settings: Settings }
  | { readonly state: 'lost'; readonly message: string }

const refreshMs = 100

/** Asks for the summary of a tab now and whenever the log changes. */
export const createTabStore = (connection: Connection, tabId: number): TabStore => {
  const listeners = new Set<() => void>()
  let snapshot: TabSnapshot = { state: 'loading' }
  let timer: ReturnType<typeof setTimeout> | undefined

  const put = (next: TabSnapshot) => {
    snapshot = next
    listeners.forEach((listener) => listener())
  }

  const refresh = () => {
    Promise.all([connection.call('tab.summary', { tabId }), connection.call('settings.read', null)])
      .then(([summary, settings]) => put({ state: 'ready', summary, settings }))
      .catch((error: unknown) =>
        put({ state: 'lost', message: error instanceof Error ? error.message : String(error) }),
      )
  }

  connection.onOpen(refresh)
  connection.onNews(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      refresh()
    }, refreshMs)
  })

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => snapshot,
  }
}
