import type { Candidate, Category, Evidence, Finding, Flow, RuledOut } from '../../model/analysis'
import type { JsonResponse } from '../../model/message'
import { type BlindSpot, blindSpotText, valueOf } from '../../model/observed'
import { paramValue } from '../../model/parameters'
import { withoutSecrets } from '../../model/secrets'
import type { Attempt } from '../correlation/attempt'
import type { CaseFile } from '../facts/case-file'
import type { FailurePoint } from '../facts/failure-points'
import type { Explained, Failure, Judged, Rule } from '../rules/rule'
import { flowStatus } from './status'
import { stepsOf, withUnseenRedemption } from './steps'
import { summarize } from './summary'

interface Claim {
  readonly finding: Finding
  readonly rule: Rule
  readonly failure: Failure
  readonly explained: readonly FailurePoint[]
}

/**
 * One root cause for each failed attempt: what looks deepest, is seen most surely, explains most, and stands earliest in
 * the chain. Everything else that claims the same failure becomes its symptom. What failed nothing accuses nobody:
 * without a failure on the wire, a finding of category `failure` is lowered to `conformance`.
 */
export const diagnose = (file: CaseFile, judged: readonly Judged[]): { flow: Flow; findings: readonly Finding[] } => {
  const { attempt } = file
  const steps = stepsOf(file)
  const claims = judged.flatMap(({ rule, verdict }) =>
    verdict.verdict === 'fail' ? verdict.failures.map((failure) => claimOf(file, rule, failure, steps)) : [],
  )
  const refused = claims.some(
    (claim) => claim.rule.clientMustReject && claim.finding.category === 'failure' && !wentOn(file, claim),
  )
  const status = flowStatus(file, refused)
  const counts = (claim: Claim) =>
    claim.finding.category === 'failure' &&
    status === 'failed' &&
    (claim.explained.length > 0 || (claim.rule.clientMustReject === true && !wentOn(file, claim)))
  const failures = claims.filter(counts).sort(compareClaims)
  const [root, ...rest] = failures
  const rivals = root ? rest.filter((claim) => isRival(root, claim)) : []
  const symptoms = rest.filter((claim) => !rivals.includes(claim))
  const others = claims.filter((claim) => !counts(claim)).map((claim) => withoutAccusation(claim.finding))
  const findings = root
    ? [
        { ...root.finding, ...lookAlikes(root, rivals, judged), explains: symptoms.map(({ finding }) => finding.id) },
        ...symptoms.map(({ finding }) => finding),
        ...others,
      ]
    : others
  const settled = dedupe(findings)
  return {
    findings: settled,
    flow: {
      id: attempt.id,
      kind: attempt.kind,
      status,
      ...(file.issuer !== undefined && { issuer: file.issuer }),
      ...(file.provider && { provider: file.provider.id }),
      ...(file.client_id !== undefined && { client_id: file.client_id }),
      ...(file.redirect_uri !== undefined && { redirect_uri: file.redirect_uri }),
      startedAt: attempt.startedAt,
      ...endOf(attempt),
      tabId: attempt.tabId,
      ...(attempt.retryOf !== undefined && { retryOf: attempt.retryOf }),
      ...(attempt.parent !== undefined && { parent: attempt.parent }),
      steps: withUnseenRedemption(steps, file, status),
      links: attempt.links,
      rootCause: root?.finding.id ?? null,
      findings: settled.map(({ id }) => id),
      summary: summarize(file, status, root?.finding),
    },
  }
}

const endOf = (attempt: Attempt): { endedAt?: number } => {
  const ends = attempt.messages.map(({ exchange }) => exchange.endedAt ?? exchange.startedAt)
  return ends.length > 0 ? { endedAt: Math.max(...ends) } : {}
}

const depths = { mechanism: 0, statement: 1, symptom: 2 } as const
const confidences = { certain: 0, likely: 1 } as const

const depthOf = (claim: Claim) => claim.failure.depth ?? claim.rule.depth

const compareClaims = (a: Claim, b: Claim): number =>
  depths[depthOf(a)] - depths[depthOf(b)] ||
  confidences[a.finding.confidence] - confidences[b.finding.confidence] ||
  b.explained.length - a.explained.length ||
  placeOf(a) - placeOf(b) ||
  (a.finding.id < b.finding.id ? -1 : 1)

/** Position of the first failure that the claim accounts for. */
const placeOf = (claim: Claim): number => claim.explained[0]?.at ?? 0

const claimOf = (file: CaseFile, rule: Rule, failure: Failure, steps: Flow['steps']): Claim => {
  const exchanges = [...new Set(failure.evidence.map(({ where }) => where.exchangeId))]
  const explained = file.failurePoints.filter((point) => rule.explains.some((explains) => accountsFor(explains, point)))
  const consoleOf = file.provider?.console?.[rule.id]
  const finding: Finding = {
    id: `${rule.id}@${file.attempt.id}@${failure.evidence[0].where.exchangeId}/${failure.evidence[0].where.parameter ?? failure.evidence[0].where.part}`,
    rule: rule.id,
    category: failure.category ?? rule.category,
    severity: failure.severity ?? rule.severity,
    confidence: failure.confidence,
    flow: file.attempt.id,
    steps: exchanges.flatMap((id) => steps.filter((step) => step.exchangeId === id).map((step) => step.id)),
    owner: failure.owner ?? rule.owner,
    title: withoutSecrets(failure.title ?? rule.title),
    cause: withoutSecrets(failure.cause),
    evidence: [toldOf(failure.evidence[0]), ...failure.evidence.slice(1).map(toldOf)],
    ruledOut: [],
    notObservable: failure.notObservable ?? [],
    ...(failure.candidates && failure.candidates.length > 0 && { candidates: failure.candidates }),
    fix: {
      ...failure.fix,
      summary: withoutSecrets(failure.fix.summary),
      steps: failure.fix.steps.map(withoutSecrets),
      ...(!failure.fix.console &&
        consoleOf &&
        file.provider && {
          console: {
            provider: file.provider.name,
            ...consoleOf,
            ...(failure.consoleValue !== undefined && { value: failure.consoleValue }),
          },
        }),
    },
    references: [...(failure.references ?? []), ...rule.references],
    explains: [],
  }
  return { finding, rule, failure, explained }
}

const toldOf = ({ actual, expected, ...evidence }: Evidence): Evidence => ({
  ...evidence,
  ...(actual !== undefined && { actual: withoutSecrets(actual) }),
  ...(expected !== undefined && { expected: withoutSecrets(expected) }),
})

const accountsFor = (explains: Explained, point: FailurePoint): boolean =>
  explains === point.kind || explains === `${point.kind}:${point.error ?? ''}`

/** Whether the client went on with what it should have refused: then it did not break this login. */
const wentOn = (file: CaseFile, claim: Claim): boolean => {
  const first = claim.failure.evidence[0].where.exchangeId
  const at = file.world.exchange(first)?.startedAt ?? 0
  const used = file.attempt.apiCalls.some(
    ({ exchange }) => exchange.startedAt > at && exchange.status.state === 'present' && exchange.status.value < 300,
  )
  const presented = file.tokenCalls.some(
    ({ exchange, response }) => exchange.id === first && presentsTokens(file, response),
  )
  const fromResponse = file.attempt.responses.some(({ exchange }) => exchange.id === first)
  return used || presented || (fromResponse && file.attempt.tokenCalls.some((call) => call.at > at))
}

/** Whether a later request carries what a token response brought: nobody presents tokens of a login that he refused. */
const presentsTokens = ({ world }: CaseFile, { parameters }: JsonResponse): boolean => {
  const access_token = paramValue(parameters, 'access_token')
  const refresh_token = paramValue(parameters, 'refresh_token')
  return world.messages.some((message) =>
    message.kind === 'token_request'
      ? refresh_token !== undefined && paramValue(message.parameters, 'refresh_token') === refresh_token
      : (message.kind === 'api_call' || message.kind === 'userinfo_request') &&
        access_token !== undefined &&
        valueOf(message.token) === access_token,
  )
}

const withoutAccusation = (finding: Finding): Finding => {
  if (finding.category !== 'failure') return finding
  const category: Category = 'conformance'
  return { ...finding, category, severity: finding.severity === 'error' ? 'warning' : finding.severity }
}

/** An inference about the same call that lost against the root cause: another explanation of it, and nothing that follows. */
const isRival = (root: Claim, { finding, rule, failure, explained }: Claim): boolean =>
  finding.confidence === 'likely' &&
  rule.depth !== 'symptom' &&
  explained.length > 0 &&
  failure.evidence[0].where.exchangeId === root.explained[0]?.exchange.id

/** The rules that could explain the same failure: who was ruled out by what, who could not be judged, who is left. */
const lookAlikes = (
  root: Claim,
  lost: readonly Claim[],
  judged: readonly Judged[],
): Pick<Finding, 'ruledOut' | 'notObservable' | 'candidates'> => {
  const points = root.explained
  const asked = judged.filter(
    ({ rule }) =>
      rule.id !== root.rule.id &&
      rule.category === 'failure' &&
      rule.explains.some((explains) => points.some((point) => accountsFor(explains, point))),
  )
  const ruledOut: RuledOut[] = asked.flatMap(({ rule, verdict }) =>
    verdict.verdict === 'pass' && verdict.because !== undefined ? [{ rule: rule.id, because: verdict.because }] : [],
  )
  const blind = asked.flatMap(({ verdict }) => (verdict.verdict === 'indeterminate' ? [textOf(verdict.because)] : []))
  const left: Candidate[] = asked.flatMap(({ rule, verdict }) =>
    verdict.verdict === 'indeterminate'
      ? [{ rule: rule.id, title: rule.title, check: verdict.check ?? textOf(verdict.because) }]
      : [],
  )
  const isCertain = root.finding.confidence === 'certain'
  const candidates = [
    ...(root.failure.candidates ?? []),
    ...(isCertain ? [] : lost.map(({ finding: { rule, title, fix } }) => ({ rule, title, check: fix.summary }))),
    ...(depthOf(root) === 'symptom' ? left : []),
  ]
  return {
    ruledOut: [
      ...(root.failure.ruledOut ?? []),
      ...ruledOut,
      ...(isCertain ? lost.map(({ rule }) => ({ rule: rule.id, because: 'the failure is explained without it' })) : []),
    ],
    notObservable: [...new Set([...root.finding.notObservable, ...blind])],
    ...(candidates.length > 0 && { candidates: uniqueBy(candidates, ({ rule }) => rule) }),
  }
}

const textOf = (because: BlindSpot | string): string =>
  because in blindSpotText ? blindSpotText[because as BlindSpot] : because

/** Of those with one key the first, in its place. */
const uniqueBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => {
  const keys = new Set<string>()
  return items.filter((item) => !keys.has(keyOf(item)) && keys.add(keyOf(item)))
}

const dedupe = (findings: readonly Finding[]): readonly Finding[] => uniqueBy(findings, ({ id }) => id)
