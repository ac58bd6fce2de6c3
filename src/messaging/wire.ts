import type { Calls, News } from './contract'
import { PROTOCOL_VERSION } from './contract'

export type CallName = keyof Calls

/** An error as it crosses contexts: class and stack stay behind. */
export interface WireError {
  readonly name: string
  readonly message: string
  readonly code: ErrorCode
}

export type ErrorCode = 'failed' | 'unknown-call' | 'timeout' | 'disconnected' | 'aborted' | 'version'

export type ToBackground = {
  readonly kind: 'call'
  readonly id: number
  readonly name: CallName
  readonly input: unknown
}

export type FromBackground =
  | { readonly kind: 'answer'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'refused'; readonly version: number }

/** A call that got no answer, and why. */
export class CallError extends Error {
  constructor(
    message: string,
    readonly code: ErrorCode,
  ) {
    super(message)
    this.name = 'CallError'
  }
}

/** Who is at the other end of a port. A devtools page names the tab it inspects. */
export type Peer =
  { readonly role: 'panel' | 'popup' | 'options' } | { readonly role: 'devtools'; readonly tabId: number }

export const portName = (peer: Peer): string =>
  ['loginscope', PROTOCOL_VERSION, peer.role, ...(peer.role === 'devtools' ? [peer.tabId] : [])].join('/')

/** Reads a port's name: the peer, the version of a peer that speaks another one, or nothing of ours. */
export const parsePortName = (name: string): Peer | { readonly otherVersion: number } | undefined => {
  const [product, version, role, tabId] = name.split('/')
  if (product !== 'loginscope' || version === undefined) return undefined
  if (Number(version) !== PROTOCOL_VERSION) return { otherVersion: Number(version) }
  if (role === 'panel' || role === 'popup' || role === 'options') return { role }
  return role === 'devtools' && Number.isInteger(Number(tabId)) ? { role, tabId: Number(tabId) } : undefined
}
