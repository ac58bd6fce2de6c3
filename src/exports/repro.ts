import type { Flow, Step } from '../model/analysis'
import type { HttpExchange } from '../model/exchange'
import { valueOf } from '../model/observed'
import type { CapturedBody, HeaderList } from '../model/recording'
import { findingOf, flowsOf, type ExportInput } from './prepare'
import { mockServer } from './repro-mock'
import { sentence } from './text'
import { flowName, kindName } from './words'

/** Describe the transport of the recorded answer, not of the one the mock gives. */
const notReplayed =
  /^(?:content-length|content-encoding|transfer-encoding|connection|keep-alive|date|strict-transport-security|alt-svc|content-security-policy|:.*)$/i
const notSent =
  /^(?:host|content-length|connection|origin|referer|cookie|accept-encoding|user-agent|sec-.*|upgrade-insecure-requests)$/i

/**
 * A Playwright test with a mock of the servers that gives the recorded answers. Alone it replays the requests of the recording; with
 * `CLIENT_URL` set, a real client runs against the same answers.
 */
export const writeRepro = (input: ExportInput): string => {
  const flows = flowsOf(input)
  const flow = flows.find(({ status }) => status === 'failed') ?? flows.at(-1)
  if (!flow) return `// No login found in this recording.\nexport {}\n`
  const cause = findingOf(input.analysis, flow.rootCause)
  const title = cause ? sentence(cause.title) : `${flowName(flow)} ${flow.status}`
  const exchanges = exchangesOf(input, flow)
  return `// ${oneLine(title)}
// ${oneLine(cause?.cause ?? flow.summary)}
//
// npx playwright test <this file>                                   replays the recorded requests
// CLIENT_URL=http://localhost:5173 npx playwright test <this file>  opens that client instead: give it the issuer and the
//                                                                   redirect_uri that the test prints
//
// Values such as code#1 are labels of secrets that were removed.
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type APIRequestContext, expect, test } from '@playwright/test'

interface Recorded {
  step: string
  navigation: boolean
  method: string
  url: string
  requestHeaders: Record<string, string>
  requestBody?: string
  status: number
  headers: [string, string][]
  body: string
}

const recordedAt = ${JSON.stringify(Math.round(flow.startedAt / 1000))}
const recorded: Recorded[] = ${JSON.stringify(exchanges, null, 2)}
${mockServer}
test(${JSON.stringify(title)}, async ({ request }) => {
  const mock = await startMock()
  try {
    for (const exchange of recorded) {
      const answer = await replay(request, mock, exchange)
      expect.soft(answer, exchange.step).toEqual({ status: exchange.status, error: errorIn(exchange.body) })
    }
  } finally {
    mock.close()
  }
})

if (process.env.CLIENT_URL)
  test('a client of your own against the same answers', async ({ page }) => {
    const mock = await startMock()
    console.log('Set the issuer of the client to its counterpart here:', Object.fromEntries(mock.origins))
    await page.goto(process.env.CLIENT_URL ?? '')
    await page.pause()
    mock.close()
  })
`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

const exchangesOf = ({ analysis }: ExportInput, flow: Flow) => {
  const byId = new Map(analysis.exchanges.map((exchange) => [exchange.id, exchange]))
  const seen = new Set<string>()
  return flow.steps.flatMap((step) => {
    const exchange = byId.get(step.exchangeId)
    const status = exchange && valueOf(exchange.status)
    if (!exchange || !status || seen.has(exchange.id) || !/^https?:/.test(exchange.url)) return []
    seen.add(exchange.id)
    return [recordedOf(step, exchange, status)]
  })
}

const recordedOf = (step: Step, exchange: HttpExchange, status: number) => {
  const requestBody = textOf(valueOf(exchange.requestBody))
  return {
    step: kindName(step.kind),
    navigation: exchange.method === 'GET' && /_frame$/.test(exchange.resourceType),
    method: exchange.method,
    url: exchange.url,
    requestHeaders: Object.fromEntries(pairsOf(valueOf(exchange.requestHeaders) ?? [], notSent)),
    ...(requestBody === undefined ? {} : { requestBody }),
    status,
    headers: pairsOf(valueOf(exchange.responseHeaders) ?? [], notReplayed),
    body: textOf(valueOf(exchange.responseBody)) ?? '',
  }
}

const pairsOf = (headers: HeaderList, without: RegExp): (readonly [string, string])[] =>
  headers.filter(({ name }) => !without.test(name)).map(({ name, value }) => [name.toLowerCase(), value] as const)

const textOf = (body: CapturedBody | undefined): string | undefined => {
  if (!body || body.kind === 'lost') return undefined
  if (body.kind === 'text') return body.text
  return new URLSearchParams(body.fields.map(({ name, value }) => [name, value])).toString()
}
