import type { WebRequest } from 'webextension-polyfill'
import type { NewCaptureEvent } from '../model/recording'
import { maxBodyLength, responseBody } from './request-body'

/** The recorder, as far as bodies concern it. */
export interface BodyConsumer {
  readonly offer: (event: NewCaptureEvent) => void
  readonly wantsBody: (requestId: string) => boolean
  readonly settled: () => Promise<void>
}

const joinText = (chunks: readonly ArrayBuffer[]): string => {
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
}

/** Passes a body through unchanged and keeps a copy of its beginning. */
const copyBody = (filter: WebRequest.StreamFilter, done: (text: string) => void): void => {
  const chunks: ArrayBuffer[] = []
  let size = 0
  filter.ondata = ({ data }) => {
    // The page first: whatever goes wrong here must not cost it a byte.
    filter.write(data)
    if (size > maxBodyLength) return
    chunks.push(data)
    size += data.byteLength
  }
  filter.onstop = () => {
    filter.disconnect()
    done(joinText(chunks))
  }
}

/**
 * Firefox alone: reads the response bodies of requests that matter to a login, with DevTools closed. Does nothing where
 * the browser has no `filterResponseData`. Call after {@link captureWebRequests}, so that the log has heard of a request
 * when this asks about it.
 */
export const captureResponseBodies = (webRequest: WebRequest.Static, recorder: BodyConsumer): void => {
  const { filterResponseData } = webRequest as { filterResponseData?: WebRequest.Static['filterResponseData'] }
  if (!filterResponseData) return

  const attach = (details: WebRequest.OnBeforeRequestDetailsType) => {
    const { requestId, url } = details
    if (!recorder.wantsBody(requestId)) return
    copyBody(filterResponseData(requestId), (text) =>
      recorder.offer({ type: 'response.body', at: Date.now(), requestId, url, body: responseBody(text) }),
    )
  }

  let restored = false
  void recorder.settled().then(() => {
    restored = true
  })
  webRequest.onBeforeRequest.addListener(
    (details) => {
      if (restored) {
        attach(details)
        return {}
      }
      // On a cold start the request waits until the log knows whether it is wanted.
      return recorder.settled().then(() => {
        attach(details)
        return {}
      })
    },
    { urls: ['<all_urls>'], types: ['main_frame', 'sub_frame', 'xmlhttprequest'] },
    ['blocking'],
  )
}
