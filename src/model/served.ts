/** Where Chromium says a service worker had its answer from: a cache, code of its own, or the server. */
export const isHandedThrough = (source: string | null | undefined): boolean =>
  source === 'network' || source === 'http-cache'

/**
 * Whether a page got something else from its service worker than the server had answered. A browser makes 200 out of a
 * server's 304 by itself (RFC 9110 section 15.4.5).
 */
export const isReplaced = (status: number | undefined, servedStatus: number | undefined): boolean =>
  Boolean(status) && servedStatus !== undefined && servedStatus !== status && status !== 304
