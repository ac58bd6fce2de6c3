import { asHarFile } from '../as-har-file'
import { type Happening, record } from '../builders'
import type { Area, CorpusEntry } from './entry'

/** One of the situations in which people get stuck, rebuilt from what was reported in a public thread. */
export const situation = (
  id: string,
  area: Area,
  title: string,
  /** `owner/repository/issues/number` on GitHub. */
  thread: string,
  expected: CorpusEntry['expected'],
  ...happenings: readonly Happening[]
): CorpusEntry => ({
  id: `situation-${id}`,
  area,
  title,
  source: `https://github.com/${thread}`,
  recording: record(...happenings),
  expected,
})

export const html = '<!doctype html><html><head><title>…</title></head><body><div id="root"></div></body></html>'

/** An HTML page that shows this text. */
export const page = (text: string): string => `<!doctype html><html><body><p>${text}</p></body></html>`

/** A page of the authorization server on which the user goes on. */
export const signInPage = (text: string): string =>
  `<!doctype html><html><body><p>${text}</p><form method="post"><input name="username"></form></body></html>`

export const urlEncoded = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** The headers that browsers send with a POST caused by another site. */
export const crossSitePost = (origin: string) => ({
  Origin: origin,
  'Sec-Fetch-Site': 'cross-site',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
})

/** The same login as a HAR file that somebody sent in. */
export const fromFile = (entry: CorpusEntry): CorpusEntry => ({ ...entry, recording: asHarFile(entry.recording) })
