import { decodeOnce, isLoopback, parseUrl } from '../../../model/url'

/** In which ways two URLs differ, in words; `undefined` when they are the same text. */
export const urlDifference = (a: string, b: string): string | undefined => {
  if (a === b) return undefined
  if (a.trim() === b.trim()) return 'white space'
  if (a.replace(/\/+$/, '') === b.replace(/\/+$/, '')) return 'a trailing slash'
  if (a.toLowerCase() === b.toLowerCase()) return 'upper and lower case'
  if (decodeOnce(a) === decodeOnce(b)) return 'percent-encoding'
  const [first, second] = [parseUrl(a), parseUrl(b)]
  if (!first || !second) return 'their text'
  const kinds = [
    first.protocol !== second.protocol &&
      `the scheme (${first.protocol.slice(0, -1)} against ${second.protocol.slice(0, -1)})`,
    first.hostname !== second.hostname && hostDifference(first.hostname, second.hostname),
    first.port !== second.port && `the port (${first.port || 'default'} against ${second.port || 'default'})`,
    first.pathname !== second.pathname && `the path (${first.pathname} against ${second.pathname})`,
    first.search !== second.search && 'the query',
    first.hash !== second.hash && 'the fragment',
  ].filter((kind): kind is string => typeof kind === 'string')
  return kinds.length > 0 ? kinds.join(', ') : 'their spelling'
}

const hostDifference = (a: string, b: string): string => {
  if (isLoopback(a) && isLoopback(b)) return `the loopback name (${a} against ${b})`
  if (`www.${a}` === b || a === `www.${b}`) return 'the www prefix'
  return `the host (${a} against ${b})`
}
