import type { Analysis, Flow, Step, StepKind } from '../../model/analysis'
import type { HttpExchange } from '../../model/exchange'
import { valueOf } from '../../model/observed'
import { originOf, parseUrl, withoutQuery } from '../../model/url'
import { cookiesSent, cookiesSet, responseFields } from './fields'
import { clientLabel, hostOf, serverLabel, serverUrl } from './parties'
import { exchangesById } from './value-index'
import { durationWords, offsetWords } from './time'
import { plural, stepName } from './words'

export type LaneId = 'client' | 'browser' | 'authorization_server' | 'resource_server'

export interface Lane {
  readonly id: LaneId
  readonly title: string
  readonly note: string
}

export interface SequenceRow {
  readonly stepId: string
  readonly number: number
  readonly name: string
  /** Since the start of the attempt. */
  readonly offset: string
  /** Milliseconds since the step before. */
  readonly gapMs: number
  readonly from: LaneId
  readonly to: LaneId
  /** The arrow passes through the browser: a redirect, not a call. */
  readonly via: boolean
  readonly request: string
  readonly response: { readonly text: string; readonly drawn: boolean } | null
  readonly outcome: Step['outcome']
  readonly failedHere: boolean
  readonly badges: readonly { readonly key: string; readonly text: string; readonly hint: string }[]
  readonly notes: readonly string[]
}

export interface Sequence {
  readonly lanes: readonly Lane[]
  readonly rows: readonly SequenceRow[]
}

type Arrow = { readonly from: LaneId; readonly to: LaneId; readonly via?: true }

/** Who speaks to whom, when the exchange itself does not tell more. */
const arrows: Record<StepKind, Arrow> = {
  login_start: { from: 'browser', to: 'client' },
  authorization_request: { from: 'client', to: 'authorization_server', via: true },
  pushed_authorization_request: { from: 'client', to: 'authorization_server' },
  user_interaction: { from: 'browser', to: 'authorization_server' },
  authorization_response: { from: 'authorization_server', to: 'client', via: true },
  code_handover: { from: 'browser', to: 'client' },
  token_request: { from: 'client', to: 'authorization_server' },
  device_authorization_request: { from: 'client', to: 'authorization_server' },
  userinfo_request: { from: 'client', to: 'authorization_server' },
  provider_metadata: { from: 'client', to: 'authorization_server' },
  protected_resource_metadata: { from: 'client', to: 'resource_server' },
  jwks: { from: 'client', to: 'authorization_server' },
  introspection_request: { from: 'resource_server', to: 'authorization_server' },
  revocation_request: { from: 'client', to: 'authorization_server' },
  client_registration_request: { from: 'client', to: 'authorization_server' },
  end_session_request: { from: 'client', to: 'authorization_server', via: true },
  logout_response: { from: 'authorization_server', to: 'client', via: true },
  api_call: { from: 'client', to: 'resource_server' },
  federated_request: { from: 'browser', to: 'authorization_server' },
  after_callback: { from: 'browser', to: 'client' },
}

const pathOf = (url: string): string => {
  const parsed = parseUrl(url)
  if (!parsed) return withoutQuery(url)
  return parsed.pathname === '/' ? parsed.host : parsed.pathname
}

const errorOf = (exchange: HttpExchange): string | undefined =>
  responseFields(exchange).find((field) => field.name === 'error')?.value

const answered: Readonly<Record<string, string>> = {
  id_token: 'ID token',
  access_token: 'access token',
  refresh_token: 'refresh token',
}

const responseText = (step: Step, exchange: HttpExchange | undefined): string | null => {
  const status = exchange ? valueOf(exchange.status) : step.status
  if (exchange?.error) return `${status || ''} ${exchange.error.replace(/^net::/, '')}`.trim()
  if (status === undefined || status === 0) return null
  const error = exchange && errorOf(exchange)
  if (error) return `${status} ${error}`
  const tokens = exchange ? responseFields(exchange).flatMap((field) => answered[field.name] ?? []) : []
  return tokens.length > 0 ? `${status} ${tokens.join(', ')}` : `${status}`
}

const badgesOf = (flow: Flow, exchange: HttpExchange | undefined): SequenceRow['badges'] => {
  if (!exchange) return []
  const sent = cookiesSent(valueOf(exchange.requestHeaders) ?? []).length
  const set = cookiesSet(valueOf(exchange.responseHeaders) ?? []).length
  return [
    ...(exchange.tabId !== flow.tabId && exchange.tabId >= 0
      ? [{ key: 'tab', text: 'other tab', hint: 'Happened in a popup or another tab' }]
      : []),
    ...(exchange.frameId > 0 && exchange.parentFrameId >= 0
      ? [{ key: 'frame', text: 'iframe', hint: 'Happened in a frame inside the page' }]
      : []),
    ...(exchange.fromServiceWorker
      ? [{ key: 'sw', text: 'service worker', hint: 'Answered by a service worker of the page' }]
      : []),
    ...(exchange.servedStatus === undefined
      ? []
      : [
          {
            key: 'sw',
            text: 'service worker',
            hint: `Sent by a service worker, from which the page got ${exchange.servedStatus === 0 ? 'an error' : exchange.servedStatus}`,
          },
        ]),
    ...(exchange.fromCache ? [{ key: 'cache', text: 'cache', hint: 'Answered from the browser cache' }] : []),
    ...(exchange.preflight
      ? [{ key: 'preflight', text: 'preflight', hint: 'The browser asked for permission first (CORS)' }]
      : []),
    ...(set > 0 ? [{ key: 'set', text: `sets ${set}`, hint: `The answer sets ${plural(set, 'cookie')}` }] : []),
    ...(sent > 0
      ? [{ key: 'sent', text: `sends ${sent}`, hint: `The request carries ${plural(sent, 'cookie')}` }]
      : []),
  ]
}

/** The step at which the attempt broke: the last failed one that the root cause names, else the first failed one. */
export const failedStep = (analysis: Analysis, flow: Flow): string | null => {
  if (flow.status !== 'failed') return null
  const root = analysis.findings.find((finding) => finding.id === flow.rootCause)
  const named = flow.steps.filter((step) => root?.steps.includes(step.id))
  const failed =
    named.findLast((step) => step.outcome === 'failed') ?? flow.steps.find((step) => step.outcome === 'failed')
  return (failed ?? named.at(-1))?.id ?? null
}

/** The step whose details are shown: the chosen one, none when closed (null), else the one that failed. */
export const shownStep = (analysis: Analysis, flow: Flow, chosen: string | null | undefined): string | null => {
  if (chosen === null) return null
  return flow.steps.some((step) => step.id === chosen) ? (chosen ?? null) : failedStep(analysis, flow)
}

const apiHost = (flow: Flow): string => {
  const call = flow.steps.find((step) => step.kind === 'api_call')
  return call ? hostOf(call.url) : ''
}

export const sequenceOf = (analysis: Analysis, flow: Flow): Sequence => {
  const exchanges = exchangesById(analysis)
  const brokenAt = failedStep(analysis, flow)
  const ids = new Set(flow.steps.map((step) => step.exchangeId))
  const clientOrigin = originOf(flow.redirect_uri ?? '')
  const serverOrigin = originOf(serverUrl(flow) ?? '')

  const rows = flow.steps.map((step, index): SequenceRow => {
    const exchange = exchanges.get(step.exchangeId)
    const arrow = arrowOf(step, clientOrigin, serverOrigin)
    const before = flow.steps[index - 1]
    const text = responseText(step, exchange)
    const continues = exchange?.nextHop !== undefined && ids.has(exchange.nextHop)
    const name = stepName[step.kind]
    const failedHere = step.id === brokenAt
    const offset = step.outcome === 'unobserved' && !exchange ? '–' : offsetWords(step.at - flow.startedAt)
    return {
      stepId: step.id,
      number: index + 1,
      name,
      offset,
      gapMs: before ? Math.max(0, step.at - before.at) : 0,
      from: arrow.from,
      to: arrow.to,
      via: arrow.via ?? false,
      request: step.url === '' ? '' : `${exchange?.method ?? 'GET'} ${pathOf(step.url)}`,
      response: text === null ? null : { text, drawn: !continues },
      outcome: step.outcome,
      failedHere,
      badges: badgesOf(flow, exchange),
      notes: step.notes,
    }
  })
  return { lanes: lanesOf(flow, rows), rows }
}

/** A page of the user interaction may belong to the client's own origin, and a callback may land on the server's. */
const arrowOf = (step: Step, clientOrigin: string | undefined, serverOrigin: string | undefined): Arrow => {
  const arrow = arrows[step.kind]
  if (step.kind !== 'user_interaction' && step.kind !== 'after_callback') return arrow
  const origin = originOf(step.url)
  if (origin !== undefined && origin === clientOrigin) return { from: 'browser', to: 'client' }
  if (origin !== undefined && origin === serverOrigin) return { from: 'browser', to: 'authorization_server' }
  return arrow
}

const lanesOf = (flow: Flow, rows: readonly SequenceRow[]): readonly Lane[] => {
  const used = new Set(rows.flatMap((row) => [row.from, row.to, ...(row.via ? (['browser'] as const) : [])]))
  const redirectHost = flow.redirect_uri ? hostOf(flow.redirect_uri) : ''
  const serverHost = hostOf(serverUrl(flow) ?? '')
  const client = clientLabel(flow)
  const server = serverLabel(flow)
  const lanes: readonly Lane[] = [
    {
      id: 'client',
      title: 'Client',
      note: redirectHost && redirectHost !== client ? `${client}, ${redirectHost}` : client,
    },
    { id: 'browser', title: 'Browser', note: '' },
    {
      id: 'authorization_server',
      title: 'Authorization server',
      note: serverHost && serverHost !== server ? `${server}, ${serverHost}` : server,
    },
    { id: 'resource_server', title: 'API', note: apiHost(flow) },
  ]
  return lanes.filter((lane) => used.has(lane.id))
}

/** Extra space above a row in the view that is true to time: a second is as tall as a row, and long waits are cut. */
export const scaledGap = (gapMs: number): number => Math.min(160, Math.round(gapMs / 25))

export const gapWords = (gapMs: number): string | null => (gapMs >= 4000 ? durationWords(gapMs) : null)
