import { event, type Happening } from '../builders'
import type { NavigationCommitted } from '../../model/recording'
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
