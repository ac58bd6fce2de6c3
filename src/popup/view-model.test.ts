import { describe, expect, it } from 'vitest'
import type { RecorderStatus, TabSummary } from '../messaging/contract'
import type { Finding } from '../model/analysis'
import { popupView } from './view-model'

const status: RecorderStatus = { paused: false, hostPermission: true, storageFull: false, devtoolsTabs: [] }
const none: TabSummary = { tabId: 1, failed: 0, succeeded: 0, delivered: 0, pending: 0, status }

const finding = {
  title: 'redirect_uri is not registered for this client',
  cause: 'You sent `http://localhost:5173/callback/`.',
  owner: 'authorization_server',
  fix: {
    summary: 'Send it without the slash.',
    steps: [],
    console: { provider: 'Keycloak', path: ['Clients', 'my-spa'], value: 'http://localhost:5173/callback/' },
  },
} as unknown as Finding

describe('the popup', () => {
  it('says the cause, whose side it is, the fix and where to make it', () => {
    const latest = {
      flowId: 'f',
      status: 'failed',
      summary: 'failed',
      client_id: 'my-spa',
      issuer: 'https://login.example/realms/x',
      finding,
    } as const
    expect(popupView({ ...none, failed: 2, succeeded: 1, latest })).toEqual({
      tone: 'failed',
      icon: 'failed',
      heading: 'redirect_uri is not registered for this client',
      text: 'You sent `http://localhost:5173/callback/`.',
      parties: 'my-spa → login.example/realms/x',
      owner: { icon: 'authorization_server', name: 'Authorization server settings' },
      fix: {
        summary: 'Send it without the slash.',
        place: 'Keycloak › Clients › my-spa',
        value: 'http://localhost:5173/callback/',
      },
      tally: '2 failed · 1 succeeded',
      flowId: 'f',
    })
  })

  it('does not take an answer for a login whose end was not seen', () => {
    const summary = 'The answer reached the client; what the client did with it was not seen.'
    const latest = { flowId: 'f', status: 'delivered', summary } as const
    expect(popupView({ ...none, delivered: 1, latest })).toEqual({
      tone: 'soft',
      icon: 'eye',
      heading: summary,
      parties: '',
      tally: '1 answered',
      flowId: 'f',
    })
  })

  it('tells the other failures with their fixes', () => {
    const attempt = { flowId: 'f', status: 'failed', summary: 'no cause was found' } as const
    const others = [
      { ...attempt, flowId: 'g', finding },
      { ...attempt, flowId: 'h' },
    ]
    expect(popupView({ ...none, failed: 3, latest: attempt, others }).others).toEqual([
      { flowId: 'g', title: finding.title, fix: 'Send it without the slash.' },
      { flowId: 'h', title: 'no cause was found' },
    ])
  })

  it('says that nothing was seen, unless nothing could be seen', () => {
    expect(popupView(none).heading).toBe('No login seen in this tab yet')
    expect(popupView({ ...none, status: { ...status, paused: true } }).heading).toBe('Recording is paused')
    expect(popupView({ ...none, status: { ...status, hostPermission: false } })).toMatchObject({
      heading: 'Not permitted to see requests',
      permissionMissing: true,
    })
  })
})
