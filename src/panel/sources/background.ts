import { type Connection, followRecording } from '../../messaging/connection'
import { CallError } from '../../messaging/wire'
import type { Source } from '../source'

/**
 * The running recorder, over a connection that survives restarts of the background.
 *
 * @param connect makes a fresh connection for every start, since a stopped one stays closed
 */
export const backgroundSource = (connect: () => Connection, tabId: number | null): Source => {
  let current: Connection | undefined
  return {
    origin: { kind: 'live', tabId },
    start: (sink) => {
      const connection = connect()
      current = connection
      connection.onOpen(() => {
        connection
          .call('settings.read', null)
          .then((settings) => {
            sink.onSettings(settings)
            sink.onConnection('open')
          })
          .catch((error: unknown) => {
            if (!(error instanceof CallError)) throw error
            sink.onConnection(error.code === 'version' ? 'outdated' : 'lost')
          })
      })
      const readGoodLogins = () => {
        connection
          .call('logins.good', null)
          .then(sink.onGoodLogins)
          .catch((error: unknown) => {
            // Without them nothing is missing but an offer.
            if (!(error instanceof CallError)) throw error
          })
      }
      connection.onOpen(readGoodLogins)
      connection.onNews((news) => {
        if (news.type === 'log.cleared') readGoodLogins()
        if (news.type === 'settings.changed') sink.onSettings(news.settings)
      })
      followRecording(connection, sink)
      return () => connection.close()
    },
    setPaused: async (paused) => {
      await current?.call('recording.pause', { paused })
    },
    clear: async () => {
      await current?.call('recording.clear', tabId === null ? {} : { tabId })
    },
  }
}
