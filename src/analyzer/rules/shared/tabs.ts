import type { HttpExchange } from '../../../model/exchange'

/** ` in the same tab`, for the end of a phrase; nothing where it is not known, as in files, which tell no tabs apart. */
export const inSameTab = (a: HttpExchange, b: HttpExchange): string =>
  a.tabId <= 0 || b.tabId <= 0 ? '' : a.tabId === b.tabId ? ' in the same tab' : ' in another tab'
