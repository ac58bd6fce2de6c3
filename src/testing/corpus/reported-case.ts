import { all, event, type Happening } from '../builders'
import type { HeaderList, NavigationCommitted } from '../../model/recording'
import type { CorpusEntry } from './entry'
import { situation } from './situation'

/** One login failure that somebody reported in a public thread, together with its cause. */
export const reported = (...[id, ...rest]: Parameters<typeof situation>): CorpusEntry => ({
  ...situation(id, ...rest),
  id: `case-${id}`,
})

/** The document of a frame changed: by a load, or by a script of the page. */
export const committed = (url: string, more: Partial<NavigationCommitted> = {}): Happening =>
  event((at) => ({
    type: 'navigation.committed',
    at,
    how: 'load',
    tabId: 1,
    frameId: 0,
    parentFrameId: -1,
    url,
    ...more,
  }))

/** What DevTools tells of a document that a service worker answered, and the document itself. */
export const byWorker = (target: string, status: number, text: string, headers: HeaderList = []): Happening =>
  all(
    event((at) => ({
      type: 'entry.observed',
      at,
      origin: 'devtools',
      entryId: `sw-${at}`,
      tabId: 1,
      entry: {
        startedDateTime: at,
        time: 9,
        method: 'GET',
        url: target,
        status,
        responseHeaders: [{ name: 'Content-Type', value: 'text/html; charset=utf-8' }, ...headers],
        responseBody: { kind: 'text', text },
        resourceType: 'main_frame',
        pageref: `page-${at}`,
        fromServiceWorker: true,
      },
    })),
    committed(target),
  )
