import type { Calls } from '../../messaging/contract'
import { type Connection, followRecording } from '../../messaging/connection'
import { CallError } from '../../messaging/wire'
import type { Source } from '../source'

type Readings = 'notes.read' | 'logins.good'

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
      connection.onGone(() => sink.onConnection('outdated'))
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
      const read = <Name extends Readings>(name: Name, tell: (output: Calls[Name]['out']) => void) => {
        connection
          .call(name, null)
          .then(tell)
          .catch((error: unknown) => {
            // A lost connection is told of above; without these nothing is missing but names and an offer.
            if (!(error instanceof CallError)) throw error
          })
      }
      connection.onOpen(() => {
        read('notes.read', sink.onNotes)
        read('logins.good', sink.onGoodLogins)
      })
      connection.onNews((news) => {
        if (news.type === 'log.cleared') read('logins.good', sink.onGoodLogins)
        if (news.type === 'notes.changed') sink.onNotes(news.notes)
        if (news.type === 'settings.changed') sink.onSettings(news.settings)
      })
      followRecording(connection, sink)
      return () => connection.close()
    },
    note: async (flowId, change) => {
      await current?.call('notes.write', { flowId, change })
    },
    setPaused: async (paused) => {
      await current?.call('recording.pause', { paused })
    },
    clear: async () => {
      await current?.call('recording.clear', tabId === null ? {} : { tabId })
    },
  }
}
