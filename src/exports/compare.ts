import { diffArrays } from 'diff'
import type { Analysis, Flow, LocatorPart, Step } from '../model/analysis'
import type { HttpExchange } from '../model/exchange'
import { header, headerValues } from '../model/headers'
import { readJwt } from '../model/jwt'
import { valueOf } from '../model/observed'
import type { CapturedBody } from '../model/recording'
import { fragmentOf, queryOf, readForm } from '../model/url'
import { findingOf } from './prepare'
import { kindName, shortUrl } from './words'

/** Two attempts side by side. */
export interface Comparison {
  /** In order of time; a step that only one attempt has stands alone. */
  readonly rows: readonly ComparedStep[]
  /** What may matter, most meaningful first. Values that differ in every login are not among them unless their shape differs. */
  readonly differences: readonly Difference[]
  /** One sentence. */
  readonly summary: string
}

export interface ComparedStep {
  readonly a?: Step
  readonly b?: Step
  readonly differences: readonly Difference[]
}

export interface Difference {
  readonly step: Step['kind']
  readonly part: LocatorPart
  /** The parameter, header, cookie or claim; empty when it is about the step itself. */
  readonly name: string
  readonly a?: string
  readonly b?: string
  /** `shape`: both have a value of its own, as they must, but not of the same kind. `result`: what came of it, not what was sent. */
  readonly kind: 'missing' | 'different' | 'shape' | 'result'
  /** The root cause of the failed attempt points at this very place. */
  readonly isCause: boolean
  /** `The login that worked sent scope=openid offline_access; the one that failed sent scope=openid.` */
  readonly sentence: string
}

interface Fact {
  readonly part: LocatorPart
  readonly name: string
  readonly value: string
}

/** New in every login; only whether they are there, and what they look like, can be compared. */
const fresh = new Set(
  `state nonce code code_challenge code_verifier access_token refresh_token id_token id_token_hint session_state jti exp iat nbf
  auth_time at_hash c_hash s_hash expires_at request_uri client_assertion assertion device_code user_code sid dpop_jkt ath`
    .split(/\s+/)
    .filter(Boolean),
)

/** Headers a login depends on; the others differ for a hundred harmless reasons. */
const telling = [
  'content-type',
  'origin',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'www-authenticate',
  'cache-control',
]

/** Aligns two attempts by the kinds of their steps and says what differs and matters. Pure. */
export const compareFlows = (a: Flow, b: Flow, analysisA: Analysis, analysisB: Analysis): Comparison => {
  const names = namesOf(a, b)
  const causes = [...causePlaces(a, analysisA), ...causePlaces(b, analysisB)]
  const rows = align(a.steps, b.steps).map(({ a: stepA, b: stepB }): ComparedStep => {
    const differences =
      stepA && stepB
        ? compareSteps(stepA, stepB, analysisA, analysisB, names, causes)
        : [onlyOne(stepA, stepB, names)].flat()
    return { ...(stepA && { a: stepA }), ...(stepB && { b: stepB }), differences }
  })
  const differences = rows.flatMap((row) => row.differences).toSorted((one, other) => weightOf(other) - weightOf(one))
  return {
    rows,
    differences,
    summary:
      differences[0]?.sentence ??
      'Both attempts sent and received the same, but for values that are new in every login.',
  }
}

type Names = readonly [string, string]

const namesOf = (a: Flow, b: Flow): Names => {
  if (a.status === 'succeeded' && b.status === 'failed') return ['the login that worked', 'the one that failed']
  if (b.status === 'succeeded' && a.status === 'failed') return ['the login that failed', 'the one that worked']
  return ['the first login', 'the second']
}

const align = (a: readonly Step[], b: readonly Step[]): readonly { a?: Step; b?: Step }[] => {
  const rows: { a?: Step; b?: Step }[] = []
  let [indexA, indexB] = [0, 0]
  const take = (step: Step | undefined, side: 'a' | 'b') => (step ? { [side]: step } : {})
  for (const { added, removed, count } of diffArrays(
    a.map(({ kind }) => kind),
    b.map(({ kind }) => kind),
  ))
    for (let taken = 0; taken < count; taken += 1) {
      rows.push({ ...(added ? {} : take(a[indexA], 'a')), ...(removed ? {} : take(b[indexB], 'b')) })
      if (!added) indexA += 1
      if (!removed) indexB += 1
    }
  return rows
}

const onlyOne = (a: Step | undefined, b: Step | undefined, [nameA, nameB]: Names): readonly Difference[] => {
  const step = a ?? b
  // A page more or less between request and answer depends on whether the user was logged in.
  if (!step || step.kind === 'user_interaction' || step.outcome === 'unobserved') return []
  const [has, lacks] = a ? [nameA, nameB] : [nameB, nameA]
  return [
    {
      step: step.kind,
      part: 'request.url',
      name: '',
      ...(a && { a: shortUrl(a.url) }),
      ...(b && { b: shortUrl(b.url) }),
      kind: 'result',
      isCause: false,
      sentence: sentenceOf(`${has} has the step “${kindName(step.kind)}”; ${lacks} does not`),
    },
  ]
}

const compareSteps = (
  a: Step,
  b: Step,
  analysisA: Analysis,
  analysisB: Analysis,
  names: Names,
  causes: readonly string[],
): readonly Difference[] => {
  const [exchangeA, exchangeB] = [exchangeOf(a, analysisA), exchangeOf(b, analysisB)]
  if (!exchangeA || !exchangeB) return []
  const [factsA, factsB] = [indexFacts(factsOf(exchangeA)), indexFacts(factsOf(exchangeB))]
  return [...new Set([...factsA.keys(), ...factsB.keys()])].flatMap((key): readonly Difference[] => {
    const [factA, factB] = [factsA.get(key), factsB.get(key)]
    const fact = factA ?? factB
    if (!fact || factA?.value === factB?.value) return []
    const kind = kindOf(fact, factA?.value, factB?.value, exchangeA, exchangeB)
    if (kind === undefined) return []
    return [
      {
        step: a.kind,
        part: fact.part,
        name: fact.name,
        ...(factA && { a: factA.value }),
        ...(factB && { b: factB.value }),
        kind,
        isCause: causes.includes(`${fact.part} ${fact.name}`),
        sentence: describe(fact, factA?.value, factB?.value, a, names, kind),
      },
    ]
  })
}

const kindOf = (
  { part, name }: Fact,
  a: string | undefined,
  b: string | undefined,
  exchangeA: HttpExchange,
  exchangeB: HttpExchange,
): Difference['kind'] | undefined => {
  if (isUnobserved({ part, name }, exchangeA) || isUnobserved({ part, name }, exchangeB)) return undefined
  if (part.startsWith('response.')) return fresh.has(name) && a !== undefined && b !== undefined ? undefined : 'result'
  if (a === undefined || b === undefined) return 'missing'
  if (!fresh.has(name) && part !== 'request.cookies') return 'different'
  return shapeOf(a) === shapeOf(b) ? undefined : 'shape'
}

const isUnobserved = ({ part, name }: Pick<Fact, 'part' | 'name'>, exchange: HttpExchange): boolean => {
  if (part === 'request.body') return exchange.requestBody.state === 'unobserved'
  if (part === 'request.cookies') return header(exchange.requestHeaders, 'cookie').state === 'unobserved'
  if (part === 'response.cookies') return header(exchange.responseHeaders, 'set-cookie').state === 'unobserved'
  const wanted = name === 'Authorization scheme' ? 'authorization' : name
  if (part === 'request.headers') return header(exchange.requestHeaders, wanted).state === 'unobserved'
  if (part === 'response.headers') return header(exchange.responseHeaders, wanted).state === 'unobserved'
  return part === 'response.body' && exchange.responseBody.state === 'unobserved'
}

/** A label says nothing of the length of what it stands for. */
const shapeOf = (value: string): string => {
  if (readJwt(value)) return 'a JWT'
  if (/^[a-z_]+#\d+$/.test(value)) return 'a value'
  if (value === '') return 'nothing'
  return /\s/.test(value) ? 'a value with white space' : 'a value'
}

const describe = (
  { part, name }: Fact,
  a: string | undefined,
  b: string | undefined,
  step: Step,
  [nameA, nameB]: Names,
  kind: Difference['kind'],
): string => {
  const place = `${kindName(step.kind)}: `
  if (part === 'response.status')
    return sentenceOf(`${place}${nameA} was answered with ${a ?? 'nothing'}; ${nameB} with ${b ?? 'nothing'}`)
  const verb = part.startsWith('response.') ? 'got' : 'sent'
  const told = (value: string | undefined) => {
    if (value === undefined) return `${verb} no ${name}`
    if (kind === 'shape') return `${verb} ${name} as ${shapeOf(value)}`
    return fresh.has(name) || part.endsWith('cookies') ? `${verb} ${name}` : `${verb} ${name}=${value}`
  }
  return sentenceOf(`${place}${nameA} ${told(a)}; ${nameB} ${told(b)}`)
}

const sentenceOf = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

const weightOf = ({ isCause, kind, step, part }: Difference): number => {
  const protocol = ['authorization_request', 'token_request', 'pushed_authorization_request'].includes(step) ? 4 : 0
  const headers = part.endsWith('headers') ? -3 : 0
  return (isCause ? 100 : 0) + (kind === 'result' ? 0 : 10) + (kind === 'missing' ? 2 : 0) + protocol + headers
}

const causePlaces = (flow: Flow, analysis: Analysis): readonly string[] =>
  findingOf(analysis, flow.rootCause)?.evidence.map(({ where }) => `${where.part} ${where.parameter ?? ''}`) ?? []

const exchangeOf = (step: Step, { exchanges }: Analysis): HttpExchange | undefined =>
  exchanges.find(({ id }) => id === step.exchangeId)

/** A repeated parameter is compared as one list. */
const indexFacts = (facts: readonly Fact[]): ReadonlyMap<string, Fact> => {
  const index = new Map<string, Fact>()
  for (const fact of facts) {
    const key = `${fact.part} ${fact.name}`
    const before = index.get(key)
    index.set(key, before ? { ...fact, value: `${before.value}, ${fact.value}` } : fact)
  }
  return index
}

const factsOf = (exchange: HttpExchange): readonly Fact[] => {
  const [sent, received] = [valueOf(exchange.requestHeaders) ?? [], valueOf(exchange.responseHeaders) ?? []]
  const status = valueOf(exchange.status)
  const headersOf = (part: 'request.headers' | 'response.headers', list: typeof sent) =>
    telling.flatMap((name) => headerValues(list, name).map((value): Fact => ({ part, name, value })))
  return [
    { part: 'request.method', name: 'method', value: exchange.method },
    { part: 'request.url', name: 'URL', value: shortUrl(exchange.url) },
    ...readForm(queryOf(exchange.url)).map(({ name, value }): Fact => ({ part: 'request.query', name, value })),
    ...readForm(fragmentOf(exchange.url)).map(({ name, value }): Fact => ({ part: 'request.fragment', name, value })),
    ...membersOf(valueOf(exchange.requestBody)).map(([name, value]): Fact => ({ part: 'request.body', name, value })),
    ...headersOf('request.headers', sent),
    ...headerValues(sent, 'authorization').map((value): Fact => ({
      part: 'request.headers',
      name: 'Authorization scheme',
      value: value.split(' ', 1)[0] ?? '',
    })),
    ...headerValues(sent, 'cookie')
      .flatMap((line) => line.split(/;\s*/))
      .map((pair): Fact => ({ part: 'request.cookies', name: `cookie ${pair.split('=', 1)[0]}`, value: pair })),
    ...(status === undefined ? [] : [{ part: 'response.status', name: 'status', value: String(status) } as const]),
    ...headersOf('response.headers', received),
    ...headerValues(received, 'set-cookie').map((line): Fact => ({
      part: 'response.cookies',
      name: `cookie ${line.split('=', 1)[0]}`,
      value: line
        .split(/;\s*/)
        .slice(1)
        .filter((attribute) => !/^expires=/i.test(attribute))
        .join('; '),
    })),
    ...membersOf(valueOf(exchange.responseBody)).map(([name, value]): Fact => ({ part: 'response.body', name, value })),
    ...(exchange.error === undefined
      ? []
      : [{ part: 'response.error', name: 'error', value: exchange.error } as const]),
  ]
}

const membersOf = (body: CapturedBody | undefined): readonly (readonly [string, string])[] => {
  if (!body || body.kind === 'lost') return []
  if (body.kind === 'form') return body.fields.map(({ name, value }) => [name, value])
  if (!body.text.trimStart().startsWith('{'))
    return /^[\w.-]+=\S*$/.test(body.text) ? readForm(body.text).map(({ name, value }) => [name, value]) : []
  try {
    const members = JSON.parse(body.text) as Readonly<Record<string, unknown>>
    return Object.entries(members).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
  } catch {
    return []
  }
}
