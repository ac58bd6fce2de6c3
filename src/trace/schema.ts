import * as z from 'zod/mini'
import type { CaptureEvent } from '../model/recording'

/** Raised with every change of shape; files of older versions are brought up by `modernize`. */
export const TRACE_VERSION = 1

const blindSpot = z.enum([
  'body-not-captured',
  'body-truncated',
  'headers-not-captured',
  'server-to-server',
  'inside-request-object',
  'pushed-by-reference',
  'encrypted',
  'capture-started-late',
  'not-answered-yet',
  'removed-by-sanitizer',
  'other-browser',
  'not-readable',
])

const headers = z.array(z.object({ name: z.string(), value: z.string(), withheld: z.exactOptional(z.boolean()) }))

const body = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    mimeType: z.exactOptional(z.string()),
    truncated: z.exactOptional(z.boolean()),
  }),
  z.object({
    kind: z.literal('form'),
    fields: z.array(z.object({ name: z.string(), value: z.string(), withheld: z.exactOptional(z.boolean()) })),
    mimeType: z.exactOptional(z.string()),
  }),
  z.object({ kind: z.literal('lost'), because: blindSpot }),
])

const resourceType = z.enum([
  'main_frame',
  'sub_frame',
  'xmlhttprequest',
  'script',
  'stylesheet',
  'image',
  'font',
  'ping',
  'websocket',
  'other',
])

const base = { seq: z.int(), at: z.number() }
const ofRequest = { ...base, requestId: z.string(), url: z.string() }

const observedEntry = z.object({
  startedDateTime: z.number(),
  time: z.exactOptional(z.number()),
  method: z.string(),
  url: z.string(),
  requestHeaders: z.exactOptional(headers),
  requestBody: z.exactOptional(body),
  status: z.exactOptional(z.number()),
  responseHeaders: z.exactOptional(headers),
  responseBody: z.exactOptional(body),
  redirectURL: z.exactOptional(z.string()),
  error: z.exactOptional(z.string()),
  resourceType: z.exactOptional(resourceType),
  initiator: z.exactOptional(z.string()),
  pageref: z.exactOptional(z.string()),
  fromCache: z.exactOptional(z.boolean()),
  fromServiceWorker: z.exactOptional(z.boolean()),
  servedStatus: z.exactOptional(z.number()),
  preflight: z.exactOptional(z.boolean()),
})

const hashes = z.exactOptional(z.array(z.string()))

/** One event of the log, as `CaptureEvent` types it. */
export const captureEvent = z.discriminatedUnion('type', [
  z.object({
    ...ofRequest,
    type: z.literal('request.started'),
    method: z.string(),
    resourceType,
    tabId: z.number(),
    frameId: z.number(),
    parentFrameId: z.number(),
    documentId: z.exactOptional(z.string()),
    initiator: z.exactOptional(z.string()),
    documentLifecycle: z.exactOptional(z.string()),
    body: z.exactOptional(body),
  }),
  z.object({ ...ofRequest, type: z.literal('request.headers'), headers }),
  z.object({ ...ofRequest, type: z.literal('response.headers'), status: z.number(), headers }),
  z.object({
    ...ofRequest,
    type: z.literal('request.redirected'),
    redirectUrl: z.string(),
    status: z.number(),
    fromCache: z.exactOptional(z.boolean()),
  }),
  z.object({
    ...ofRequest,
    type: z.literal('request.completed'),
    status: z.number(),
    fromCache: z.exactOptional(z.boolean()),
  }),
  z.object({ ...ofRequest, type: z.literal('request.failed'), error: z.string() }),
  z.object({ ...ofRequest, type: z.literal('response.body'), body }),
  z.object({
    ...base,
    type: z.literal('entry.observed'),
    origin: z.enum(['devtools', 'file']),
    entryId: z.string(),
    tabId: z.number(),
    entry: observedEntry,
  }),
  z.object({
    ...base,
    type: z.literal('navigation.committed'),
    how: z.enum(['load', 'history', 'fragment', 'restored']),
    tabId: z.number(),
    frameId: z.number(),
    parentFrameId: z.number(),
    documentId: z.exactOptional(z.string()),
    url: z.string(),
    transitionType: z.exactOptional(z.string()),
    transitionQualifiers: z.exactOptional(z.array(z.string())),
  }),
  z.object({
    ...base,
    type: z.literal('navigation.failed'),
    tabId: z.number(),
    frameId: z.number(),
    url: z.string(),
    error: z.string(),
  }),
  z.object({
    ...base,
    type: z.literal('tab.opened'),
    tabId: z.number(),
    openerTabId: z.number(),
    openerFrameId: z.exactOptional(z.number()),
  }),
  z.object({ ...base, type: z.literal('tab.closed'), tabId: z.number() }),
  z.object({
    ...base,
    type: z.literal('capture.gap'),
    because: z.enum([
      'storage-full',
      'paused',
      'permission-missing',
      'worker-stopped',
      'import-incomplete',
      'failures-left-out',
    ]),
    detail: z.exactOptional(z.string()),
  }),
  z.object({
    ...base,
    type: z.literal('recording.started'),
    by: z.enum(['browser', 'file', 'paste']),
    userAgent: z.exactOptional(z.string()),
  }),
  z.object({
    ...base,
    type: z.literal('jws.verified'),
    exchangeId: z.string(),
    parameter: z.string(),
    result: z.enum(['valid', 'invalid', 'key-not-found', 'unsupported']),
    detail: z.exactOptional(z.string()),
  }),
  z.object({
    ...base,
    type: z.literal('values.described'),
    values: z.record(
      z.string(),
      z.object({
        length: z.number(),
        charset: z.enum(['digits', 'hex', 'unreserved', 'base64', 'token', 'visible', 'other']),
        hashesTo: z.exactOptional(
          z.object({
            S256: hashes,
            'left-half-256': hashes,
            'left-half-384': hashes,
            'left-half-512': hashes,
          }),
        ),
      }),
    ),
  }),
])

const where = z.object({ exchangeId: z.string(), part: z.string(), parameter: z.exactOptional(z.string()) })

const finding = z.object({
  id: z.string(),
  rule: z.string(),
  category: z.enum(['failure', 'risk', 'conformance', 'info']),
  severity: z.enum(['error', 'warning', 'info']),
  confidence: z.enum(['certain', 'likely']),
  flow: z.string(),
  steps: z.array(z.string()),
  owner: z.enum(['client', 'authorization_server', 'resource_server', 'browser', 'network', 'user']),
  title: z.string(),
  cause: z.string(),
  evidence: z.array(
    z.object({
      label: z.string(),
      where,
      actual: z.exactOptional(z.string()),
      expected: z.exactOptional(z.string()),
    }),
  ),
  ruledOut: z.array(z.object({ rule: z.string(), because: z.string() })),
  notObservable: z.array(z.string()),
  candidates: z.exactOptional(z.array(z.object({ rule: z.string(), title: z.string(), check: z.string() }))),
  fix: z.object({
    summary: z.string(),
    steps: z.array(z.string()),
    console: z.exactOptional(
      z.object({
        provider: z.string(),
        path: z.array(z.string()),
        url: z.exactOptional(z.string()),
        value: z.exactOptional(z.string()),
      }),
    ),
  }),
  references: z.array(z.object({ title: z.string(), url: z.string() })),
  explains: z.array(z.string()),
})

const isoTime = z.string()

const flow = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.enum(['succeeded', 'failed', 'pending', 'abandoned']),
  /** The answer reached the client, and what the client did with it was not seen. */
  endSeen: z.exactOptional(z.literal(false)),
  issuer: z.exactOptional(z.string()),
  provider: z.exactOptional(z.string()),
  client_id: z.exactOptional(z.string()),
  redirect_uri: z.exactOptional(z.string()),
  startedAt: isoTime,
  endedAt: z.exactOptional(isoTime),
  retryOf: z.exactOptional(z.string()),
  parent: z.exactOptional(z.string()),
  steps: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      exchangeId: z.string(),
      at: isoTime,
      url: z.string(),
      status: z.exactOptional(z.number()),
      outcome: z.enum(['ok', 'failed', 'unobserved']),
      notes: z.array(z.string()),
    }),
  ),
  links: z.array(z.object({ from: z.string(), to: z.string(), by: z.string() })),
  rootCause: z.nullable(z.string()),
  findings: z.array(z.string()),
  summary: z.string(),
})

const redaction = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('redacted'), receipt: z.record(z.string(), z.int()) }),
  z.object({ mode: z.literal('none') }),
])

const envelope = {
  format: z.literal('loginscope-trace'),
  version: z.literal(TRACE_VERSION),
  generator: z.object({ name: z.string(), version: z.string() }),
  exportedAt: isoTime,
  redaction,
}

/** The exported trace, as documented by its JSON Schema. */
export const traceSchema = z.object({
  ...envelope,
  recording: z.object({ events: z.array(captureEvent) }),
  analysis: z.object({ flows: z.array(flow), findings: z.array(finding) }),
})

/** What opening a trace needs: the events are read one by one and the analysis is made anew. */
export const traceEnvelope = z.object({
  format: z.literal('loginscope-trace'),
  version: z.literal(TRACE_VERSION),
  recording: z.object({ events: z.array(z.unknown()) }),
})

export type Trace = z.infer<typeof traceSchema>

/** The event, or `undefined` when it is none that this version knows. */
export const readEvent = (value: unknown): CaptureEvent | undefined => {
  const parsed = captureEvent.safeParse(value)
  return parsed.success ? parsed.data : undefined
}
