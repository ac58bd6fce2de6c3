import type { Analysis, Finding, Flow, Locator, LocatorPart, Reference, Step } from '../../model/analysis'
import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { readJwt } from '../../model/jwt'
import { type Observed, blindSpotText, valueOf } from '../../model/observed'
import type { CapturedBody, HeaderList } from '../../model/recording'
import { claimExplanations } from '../explain/claims'
import { parameterExplanations } from '../explain/parameters'
import { stepExplanations } from '../explain/steps'
import { type Field, allFields, cookiesSent, cookiesSet, requestFields, responseFields } from './fields'
import { findingsOf } from './flow-rows'
import { plainProse } from './prose'
import { isSecretHeader, isSecretParameter } from './secrets'
import { clockTime, durationWords, expiryWords, offsetWords, relativeWords, utcTime } from './time'
import { type ValueIndex, exchangesById, indexValues } from './value-index'
import { partWord, plural, stepName } from './words'

export interface Verdict {
  readonly tone: 'failed' | 'warning'
  readonly title: string
  readonly expected?: string
}

export interface ParameterRow {
  /** Unique in the step; evidence finds its row by it. */
  readonly key: string
  readonly name: string
  readonly value: string
  readonly secret: boolean
  /** Stands in for a masked value, so that equal ones can be told: `code#1`. */
  readonly valueLabel: string | null
  readonly withheld: boolean
  readonly decoded: readonly string[]
  readonly phrase: string
  readonly reference: Reference | null
  readonly verdict: Verdict | null
  /** Other steps that carry the same value. */
  readonly sameIn: readonly { readonly stepId: string; readonly stepNumber: number }[]
}

export interface ParameterGroup {
  readonly title: string
  readonly rows: readonly ParameterRow[]
  /** Why there is nothing to show, in a sentence. */
  readonly empty: string | null
}

export interface ClaimRow {
  readonly key: string
  readonly name: string
  readonly value: string
  readonly meaning: string | null
  readonly phrase: string
  readonly reference: Reference | null
  readonly verdict: Verdict | null
}

export interface TokenCard {
  readonly key: string
  readonly title: string
  readonly raw: string
  readonly label: string | null
  readonly note: string
  readonly signature: { readonly tone: 'ok' | 'failed' | 'soft'; readonly text: string }
  readonly header: readonly ClaimRow[]
  readonly claims: readonly ClaimRow[]
}

export interface CookieRow {
  readonly key: string
  readonly name: string
  readonly value: string
  readonly attributes: readonly string[]
  readonly fate: string
  readonly verdict: Verdict | null
}

export interface HeaderRow {
  readonly key: string
  readonly name: string
  readonly value: string
  readonly secret: boolean
  readonly verdict: Verdict | null
}

export interface BodyView {
  readonly title: string
  readonly text: string | null
  readonly mimeType: string
  readonly truncated: boolean
  readonly empty: string | null
}

export interface StepDetails {
  readonly stepId: string
  readonly number: number
  readonly title: string
  readonly explanation: string
  readonly method: string
  readonly url: string
  readonly status: string
  readonly notes: readonly string[]
  readonly parameters: readonly ParameterGroup[]
  readonly tokens: readonly TokenCard[]
  readonly cookies: {
    readonly sent: readonly CookieRow[]
    readonly set: readonly CookieRow[]
    readonly empty: string | null
  }
  readonly headers: readonly {
    readonly title: string
    readonly rows: readonly HeaderRow[]
    readonly empty: string | null
  }[]
  readonly bodies: readonly BodyView[]
  readonly timing: readonly { readonly name: string; readonly value: string }[]
}

/** Names a row, so that evidence and a search hit can light it up. */
export const rowKey = (part: LocatorPart, name: string): string => `${part}/${name}`

export const locatorKey = (where: Locator): string => rowKey(where.part, where.parameter ?? '')

/** The tab of the step details in which a place is shown. */
export const tabOfPart = (part: LocatorPart): DetailsTab => {
  if (part.includes('claims') || part.endsWith('token.header')) return 'tokens'
  if (part.endsWith('cookies')) return 'cookies'
  if (part.endsWith('headers')) return 'headers'
  if (part === 'timing' || part === 'response.status' || part === 'response.error') return 'timing'
  return 'parameters'
}

export type DetailsTab = 'parameters' | 'tokens' | 'cookies' | 'headers' | 'body' | 'timing'

/** Where evidence is shown: a parameter without a name of its own stands in the body. */
export const tabOfLocator = (where: Locator): DetailsTab =>
  where.part.endsWith('.body') && where.parameter === undefined ? 'body' : tabOfPart(where.part)

type Verdicts = (part: LocatorPart, name: string) => Verdict | null

const verdictsOf = (findings: readonly Finding[], exchangeId: string): Verdicts => {
  const marks = new Map<string, Verdict>()
  for (const finding of findings) {
    if (finding.category === 'info') continue
    for (const { where, actual, expected } of finding.evidence) {
      if (where.exchangeId !== exchangeId || where.parameter === undefined) continue
      const key = locatorKey(where)
      // An item without an expectation supports the finding; it is not itself what is wrong.
      if (marks.has(key) || (expected === undefined && actual !== undefined && finding.evidence.length > 1)) continue
      marks.set(key, {
        tone: finding.category === 'failure' ? 'failed' : 'warning',
        title: plainProse(finding.title),
        ...(expected === undefined ? {} : { expected }),
      })
    }
  }
  return (part, name) => marks.get(rowKey(part, name)) ?? null
}

const decodedLines = (name: string, value: string): readonly string[] => {
  if (name === 'scope' && value.includes(' ')) return value.split(/\s+/)
  const jwt = readJwt(value)
  if (jwt) return [jwt.parts === 5 ? 'encrypted token: only its receiver can read it' : 'JWT: see Tokens']
  if (name === 'expires_in' && /^\d+$/.test(value)) return [durationWords(Number(value) * 1000)]
  if (name === 'max_age' && /^\d+$/.test(value)) return [durationWords(Number(value) * 1000)]
  if (name === 'claims' || name === 'authorization_details') return prettyJson(value)?.split('\n') ?? []
  return []
}

const prettyJson = (text: string): string | null => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return null
  }
}

const parameterRow = (field: Field, stepId: string, index: ValueIndex, verdict: Verdicts): ParameterRow => {
  const explanation = parameterExplanations[field.name]
  const shared = index.get(field.value)
  const seen = new Set([stepId])
  return {
    key: rowKey(field.part, field.name),
    name: field.name,
    value: field.value,
    secret: isSecretParameter(field.name),
    valueLabel: shared?.label ?? null,
    withheld: field.withheld ?? false,
    decoded: field.withheld ? [] : decodedLines(field.name, field.value),
    phrase: explanation?.phrase ?? 'Not a parameter of the specifications this tool knows',
    reference: explanation?.reference ?? null,
    verdict: verdict(field.part, field.name),
    sameIn: (shared?.places ?? []).filter((place) => !seen.has(place.stepId) && seen.add(place.stepId)),
  }
}

const whyNot = (observed: Observed<unknown>, absentText: string): string =>
  observed.state === 'unobserved' ? blindSpotText[observed.because] : absentText

const parameterGroups = (
  exchange: HttpExchange,
  stepId: string,
  index: ValueIndex,
  verdict: Verdicts,
): readonly ParameterGroup[] => {
  const row = (field: Field) => parameterRow(field, stepId, index, verdict)
  const sent = requestFields(exchange)
  const got = responseFields(exchange)
  const inPart = (part: LocatorPart) => sent.filter((field) => field.part === part).map(row)
  const groups: readonly ParameterGroup[] = [
    { title: 'Query', rows: inPart('request.query'), empty: null },
    { title: 'Fragment', rows: inPart('request.fragment'), empty: null },
    {
      title: 'Request body',
      rows: inPart('request.body'),
      empty:
        exchange.requestBody.state === 'unobserved'
          ? blindSpotText[exchange.requestBody.because]
          : lostText(exchange.requestBody),
    },
    {
      title: 'Response body',
      rows: got.map(row),
      empty: isRedirect(exchange)
        ? null
        : (unseenBodyText(exchange, exchange.responseBody) ?? whyNoParameters(exchange.responseBody)),
    },
  ]
  return groups.filter((group) => group.rows.length > 0 || group.empty !== null)
}

const isRedirect = (exchange: HttpExchange): boolean => {
  const status = valueOf(exchange.status)
  return status !== undefined && status >= 300 && status < 400
}

/** An answer that the browser keeps from the page is kept from DevTools too, so opening it earlier would not help. */
const withheldText = (error: string): string =>
  `The browser withheld the answer from the page (${error}), and its body from DevTools as well. Send the request again with curl to see it.`

const unseenBodyText = (exchange: HttpExchange, body: Observed<CapturedBody>): string | null => {
  if (body.state !== 'unobserved') return null
  return body.because === 'body-not-captured' && exchange.error !== undefined
    ? withheldText(exchange.error)
    : blindSpotText[body.because]
}

const stepNotes = (step: Step, exchange: HttpExchange): readonly string[] =>
  step.notes.map((note) =>
    note === blindSpotText['body-not-captured'] ? (unseenBodyText(exchange, exchange.responseBody) ?? note) : note,
  )

const lostText = (body: Observed<CapturedBody>): string | null =>
  body.state === 'present' && body.value.kind === 'lost' ? blindSpotText[body.value.because] : null

const whyNoParameters = (body: Observed<CapturedBody>): string | null => {
  if (body.state === 'unobserved') return blindSpotText[body.because]
  if (body.state === 'absent') return 'The answer had no body.'
  if (body.value.kind === 'lost') return blindSpotText[body.value.because]
  return 'The body holds no parameters. It is shown under Body.'
}

const claimText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const claimRows = (
  members: Readonly<Record<string, unknown>>,
  part: LocatorPart,
  exchange: HttpExchange,
  verdict: Verdicts,
): readonly ClaimRow[] =>
  Object.entries(members).map(([name, value]) => {
    const explanation = claimExplanations[name]
    const at = typeof value === 'number' ? value * 1000 : null
    return {
      key: rowKey(part, name),
      name,
      value: claimText(value),
      meaning:
        at === null || !explanation?.isTime
          ? null
          : `${utcTime(at)}, ${
              explanation.isTime === 'expiry'
                ? expiryWords(at, exchange.startedAt, 'this call')
                : relativeWords(at, exchange.startedAt, 'this call')
            }`,
      phrase: explanation?.phrase ?? '',
      reference: explanation?.reference ?? null,
      verdict: verdict(part, name),
    }
  })

const tokenParts: Readonly<
  Record<string, { readonly title: string; readonly header: LocatorPart; readonly claims: LocatorPart }>
> = {
  id_token: { title: 'ID token', header: 'id_token.header', claims: 'id_token.claims' },
  id_token_hint: { title: 'ID token (hint)', header: 'id_token.header', claims: 'id_token.claims' },
  request: { title: 'Request object', header: 'request_object.claims', claims: 'request_object.claims' },
  client_assertion: { title: 'Client assertion', header: 'client_assertion.claims', claims: 'client_assertion.claims' },
  logout_token: { title: 'Logout token', header: 'id_token.header', claims: 'id_token.claims' },
}

const accessTokenPart = { title: 'Access token', header: 'access_token.header', claims: 'access_token.claims' } as const

export type SignatureResult = 'valid' | 'invalid' | 'key-not-found' | 'unsupported'

const signatureWords: Record<SignatureResult, TokenCard['signature']> = {
  valid: { tone: 'ok', text: 'Signature valid: checked against the keys of this recording' },
  invalid: { tone: 'failed', text: 'Signature does not match the keys of this recording' },
  'key-not-found': { tone: 'soft', text: 'Signature not checked: its key is not among the keys of this recording' },
  unsupported: { tone: 'soft', text: 'Signature not checked: the algorithm is not supported here' },
}

const tokenCards = (
  exchange: HttpExchange,
  index: ValueIndex,
  verdict: Verdicts,
  signatures: ReadonlyMap<string, SignatureResult>,
): readonly TokenCard[] =>
  allFields(exchange).flatMap((field): readonly TokenCard[] => {
    const jwt = field.withheld ? undefined : readJwt(field.value)
    const known = tokenParts[field.name] ?? accessTokenPart
    const isToken = ['access_token', 'refresh_token', 'Authorization'].includes(field.name) || field.name in tokenParts
    if (!jwt && !(isToken && ['access_token', 'refresh_token', 'id_token'].includes(field.name))) return []
    const title = field.name === 'refresh_token' ? 'Refresh token' : known.title
    const base = {
      key: `${field.part}/${field.name}`,
      title,
      raw: field.value,
      label: index.get(field.value)?.label ?? null,
    }
    if (!jwt)
      return [
        {
          ...base,
          note: `Opaque, ${plural(field.value.length, 'character')}: only the authorization server can read it.`,
          signature: { tone: 'soft', text: 'No signature to check' },
          header: [],
          claims: [],
        },
      ]
    const result = signatures.get(`${exchange.id}/${field.name}`)
    return [
      {
        ...base,
        note:
          jwt.parts === 5
            ? 'Encrypted (JWE): only its receiver can read the claims.'
            : `Found in: ${partWord[field.part].toLowerCase()}, ${field.name}`,
        signature:
          jwt.parts === 3 && jwt.signature === ''
            ? { tone: 'failed', text: 'Not signed' }
            : result
              ? signatureWords[result]
              : {
                  tone: 'soft',
                  text: `Signed${typeof jwt.header['alg'] === 'string' ? ` with ${jwt.header['alg']}` : ''}; not checked`,
                },
        header: claimRows(jwt.header, known.header, exchange, verdict),
        claims: jwt.claims ? claimRows(jwt.claims, known.claims, exchange, verdict) : [],
      },
    ]
  })

const cookieViews = (
  flow: Flow,
  step: Step,
  exchange: HttpExchange,
  exchanges: ReadonlyMap<string, HttpExchange>,
  verdict: Verdicts,
): StepDetails['cookies'] => {
  const position = flow.steps.indexOf(step)
  const numbersWhere = (steps: readonly Step[], offset: number, test: (exchange: HttpExchange) => boolean) =>
    steps.flatMap((other, index) => {
      const found = exchanges.get(other.exchangeId)
      return found && test(found) ? [index + offset + 1] : []
    })
  const sends = (name: string, value: string) => (other: HttpExchange) =>
    cookiesSent(valueOf(other.requestHeaders) ?? []).some((cookie) => cookie.name === name && cookie.value === value)
  const sets = (name: string) => (other: HttpExchange) =>
    cookiesSet(valueOf(other.responseHeaders) ?? []).some((cookie) => cookie.name === name)

  const set = cookiesSet(valueOf(exchange.responseHeaders) ?? []).map((cookie): CookieRow => {
    const back = numbersWhere(flow.steps.slice(position + 1), position + 1, sends(cookie.name, cookie.value))
    return {
      key: rowKey('response.cookies', cookie.name),
      name: cookie.name,
      value: cookie.value,
      attributes: cookie.attributes,
      fate: back.length > 0 ? `Sent back in ${stepsWord(back)}` : 'Not sent again in this attempt',
      verdict: verdict('response.cookies', cookie.name),
    }
  })
  const sent = cookiesSent(valueOf(exchange.requestHeaders) ?? []).map((cookie): CookieRow => {
    const origin = numbersWhere(flow.steps.slice(0, position), 0, sets(cookie.name))
    return {
      key: rowKey('request.cookies', cookie.name),
      name: cookie.name,
      value: cookie.value,
      attributes: [],
      fate: origin.length > 0 ? `Set in ${stepsWord(origin)}` : 'Set before this attempt',
      verdict: verdict('request.cookies', cookie.name),
    }
  })
  const blind = exchange.requestHeaders.state === 'unobserved' ? blindSpotText[exchange.requestHeaders.because] : null
  return {
    sent,
    set,
    empty: sent.length + set.length > 0 ? null : (blind ?? 'No cookies were sent or set in this step.'),
  }
}

const stepsWord = (numbers: readonly number[]): string =>
  `${numbers.length === 1 ? 'step' : 'steps'} ${numbers.join(', ')}`

const headerRows = (part: LocatorPart, headers: HeaderList, verdict: Verdicts): readonly HeaderRow[] =>
  headers.map(({ name, value }) => ({
    key: rowKey(part, name),
    name,
    value,
    secret: isSecretHeader(name),
    verdict: verdict(part, name) ?? verdict(part, name.toLowerCase()),
  }))

const headerGroup = (title: string, part: LocatorPart, headers: Observed<HeaderList>, verdict: Verdicts) => ({
  title,
  rows: headerRows(part, valueOf(headers) ?? [], verdict),
  empty: headers.state === 'present' ? null : whyNot(headers, 'No headers were seen.'),
})

/** One form field to a line; the ampersands stay, so that the text is still what was sent. */
const lineByLine = (body: CapturedBody & { kind: 'text' }): string =>
  body.mimeType?.includes('x-www-form-urlencoded') ? body.text.replaceAll('&', '\n&') : body.text

const bodyView = (title: string, observed: Observed<CapturedBody>, none: string, unseen: string | null): BodyView => {
  const body = valueOf(observed)
  if (body === undefined)
    return { title, text: null, mimeType: '', truncated: false, empty: unseen ?? whyNot(observed, none) }
  if (body.kind === 'lost')
    return { title, text: null, mimeType: '', truncated: false, empty: blindSpotText[body.because] }
  const text =
    body.kind === 'form'
      ? body.fields.map((field) => `${field.name}=${field.withheld ? '(not recorded)' : field.value}`).join('\n')
      : (prettyJson(body.text) ?? lineByLine(body))
  return {
    title,
    text: text === '' ? null : text,
    mimeType: body.mimeType ?? (body.kind === 'form' ? 'form fields' : ''),
    truncated: body.kind === 'text' && (body.truncated ?? false),
    empty: text === '' ? 'The body is empty.' : null,
  }
}

/** Both, where the server answered and the browser then refused the answer. */
const statusText = (exchange: HttpExchange): string | null =>
  [valueOf(exchange.status), exchange.error].filter((part) => part !== undefined && part !== 0).join(' ') || null

const timingRows = (flow: Flow, step: Step, exchange: HttpExchange): StepDetails['timing'] => {
  const position = flow.steps.indexOf(step)
  const before = flow.steps[position - 1]
  const serverDate = Date.parse(valueOf(header(exchange.responseHeaders, 'date')) ?? '')
  const row = (name: string, value: string) => ({ name, value })
  return [
    row('Status', statusText(exchange) ?? whyNot(exchange.status, 'no answer')),
    row(
      'Started',
      `${clockTime(exchange.startedAt)}, ${offsetWords(exchange.startedAt - flow.startedAt)} into the attempt`,
    ),
    ...(before ? [row('After the step before', durationWords(step.at - before.at))] : []),
    row(
      'Took',
      exchange.endedAt === undefined ? 'no end was seen' : durationWords(exchange.endedAt - exchange.startedAt),
    ),
    ...(Number.isNaN(serverDate)
      ? []
      : [
          row(
            'Clock of the server',
            `${utcTime(serverDate)}, ${skewWords(serverDate - (exchange.endedAt ?? exchange.startedAt))}`,
          ),
        ]),
    row('Requested as', exchange.resourceType.replaceAll('_', ' ')),
    ...(exchange.initiator ? [row('Caused by', exchange.initiator)] : []),
    row(
      'Tab and frame',
      `${exchange.tabId === flow.tabId ? 'the tab of this attempt' : 'another tab'}, ${exchange.frameId === 0 ? 'main frame' : `frame ${exchange.frameId}`}`,
    ),
    ...(exchange.hop > 0 ? [row('Redirect', `hop ${exchange.hop} of its chain`)] : []),
    ...(exchange.fromCache ? [row('Cache', 'answered from the cache')] : []),
  ]
}

/** The Date header counts whole seconds, so up to a second says nothing. */
const skewWords = (ms: number): string =>
  Math.abs(ms) < 2000
    ? 'in step with this browser'
    : `${durationWords(ms)} ${ms < 0 ? 'behind' : 'ahead of'} this browser`

const unseenStep = (flow: Flow, step: Step, number: number): StepDetails => ({
  stepId: step.id,
  number,
  title: stepName[step.kind],
  explanation: stepExplanations[step.kind],
  method: '',
  url: step.url,
  status: '',
  notes: step.notes.length > 0 ? step.notes : ['Nothing of this step is in the recording.'],
  parameters: [],
  tokens: [],
  cookies: { sent: [], set: [], empty: 'Nothing of this step is in the recording.' },
  headers: [],
  bodies: [],
  timing: flow.startedAt > 0 && step.outcome !== 'unobserved' ? [{ name: 'Started', value: clockTime(step.at) }] : [],
})

export const stepDetails = (
  analysis: Analysis,
  flow: Flow,
  stepId: string,
  signatures: ReadonlyMap<string, SignatureResult> = new Map(),
): StepDetails | null => {
  const position = flow.steps.findIndex((step) => step.id === stepId)
  const step = flow.steps[position]
  if (!step) return null
  const exchanges = exchangesById(analysis)
  const exchange = exchanges.get(step.exchangeId)
  if (!exchange) return unseenStep(flow, step, position + 1)
  const index = indexValues(flow, exchanges)
  const verdict = verdictsOf(findingsOf(analysis, flow), exchange.id)
  return {
    stepId,
    number: position + 1,
    title: stepName[step.kind],
    explanation: stepExplanations[step.kind],
    method: exchange.method,
    url: exchange.url,
    status: statusText(exchange) ?? 'no answer seen',
    notes: stepNotes(step, exchange),
    parameters: parameterGroups(exchange, stepId, index, verdict),
    tokens: tokenCards(exchange, index, verdict, signatures),
    cookies: cookieViews(flow, step, exchange, exchanges, verdict),
    headers: [
      headerGroup('Request headers', 'request.headers', exchange.requestHeaders, verdict),
      headerGroup('Response headers', 'response.headers', exchange.responseHeaders, verdict),
    ],
    bodies: [
      bodyView('Request body', exchange.requestBody, 'The request had no body.', null),
      bodyView(
        'Response body',
        exchange.responseBody,
        'The answer had no body.',
        unseenBodyText(exchange, exchange.responseBody),
      ),
    ],
    timing: timingRows(flow, step, exchange),
  }
}
