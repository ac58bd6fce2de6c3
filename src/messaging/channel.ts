import type { Runtime } from 'webextension-polyfill'

/** Two ends that send each other structured data, in order. */
export interface Channel {
  /** Sending into a closed channel is no error: the other side learns nothing, this side has been told by `onClose`. */
  readonly post: (message: unknown) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  readonly onClose: (listener: () => void) => void
  readonly close: () => void
}

/** A channel over a `runtime.Port`. */
export const portChannel = (port: Runtime.Port): Channel => {
  const closed: (() => void)[] = []
  let open = true
  const closeOnce = () => {
    if (!open) return
    open = false
    closed.forEach((listener) => listener())
  }
  port.onDisconnect.addListener(closeOnce)
  return {
    post: (message) => {
      if (!open) return
      try {
        port.postMessage(message)
      } catch {
        // The port is gone although its onDisconnect has not been delivered yet.
        closeOnce()
      }
    },
    onMessage: (listener) => port.onMessage.addListener((message: unknown) => listener(message)),
    onClose: (listener) => closed.push(listener),
    close: () => {
      port.disconnect()
      closeOnce()
    },
  }
}

/** Two ends in one context, for tests: asynchronous and copying, as a port is. */
export const memoryChannelPair = (): readonly [Channel, Channel] => {
  const listeners: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []]
  const closers: (() => void)[] = []
  let open = true
  const close = () => {
    if (!open) return
    open = false
    closers.forEach((listener) => listener())
  }
  const end = (mine: 0 | 1, theirs: 0 | 1): Channel => ({
    post: (message) => {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => {
        if (open) listeners[theirs].forEach((listener) => listener(copy))
      })
    },
    onMessage: (listener) => listeners[mine].push(listener),
    onClose: (listener) => closers.push(listener),
    close,
  })
  return [end(0, 1), end(1, 0)]
}
