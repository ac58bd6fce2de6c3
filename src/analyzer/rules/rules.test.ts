import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Recording } from '../../model/recording'
import { LATER } from '../../testing/builders'
import { analyze, openCases } from '../analyze'
import type { ExpectedCase, RuleCases } from './cases'
import { rules } from './index'
import type { Rule, Verdict } from './rule'

const folder = import.meta.dirname
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const caseModules = import.meta.glob<{ default: RuleCases }>('./*/*.cases.ts', { eager: true })
const casesOf = new Map(
  Object.entries(caseModules).map(([path, module]) => [/([^/]+)\.cases\.ts$/.exec(path)![1]!, module.default]),
)

const verdictsOf = (rule: Rule, recording: Recording): Verdict['verdict'][] =>
  openCases(recording, LATER).cases.map((file) => rule.check(file).verdict)

const expected = (value: Recording | ExpectedCase): ExpectedCase => ('events' in value ? { recording: value } : value)

it('names every rule once, after its file', () => {
  const ruleFiles = files
    .filter((path) => /^[\w-]+\/[\w-]+\.ts$/.test(path) && !/^shared|index\.ts$/.test(path))
    .map((path) => /([^/]+)\.ts$/.exec(path)![1]!)
  expect(rules.map(({ id }) => id).sort()).toEqual(ruleFiles.sort())
})

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const cases = casesOf.get(id)

  it('has cases that fail', () => {
    expect(Object.keys(cases?.fail ?? {})).not.toEqual([])
  })

  it.each(Object.entries(cases?.fail ?? {}))('fails: %s', (_name, value) => {
    const { recording, ...wanted } = expected(value)
    expect(verdictsOf(rule, recording)).toContain('fail')
    const { flows, findings, exchanges, crashed } = analyze(recording, LATER)
    expect(crashed).toEqual([])
    const mine = findings.filter((finding) => finding.rule === id)
    // An inference that lost against another cause is told there.
    const lost = findings.flatMap(({ ruledOut, candidates = [] }) => [...ruledOut, ...candidates])
    expect([...mine, ...lost].map(({ rule }) => rule)).toContain(id)
    for (const { evidence } of mine) {
      for (const { where } of evidence) expect(exchanges.map((exchange) => exchange.id)).toContain(where.exchangeId)
    }
    const roots = flows.flatMap(({ rootCause }) => findings.filter((finding) => finding.id === rootCause))
    const root = 'rootCause' in wanted ? wanted.rootCause : rule.category === 'failure' ? id : null
    expect(roots.map((finding) => finding.rule)).toEqual(root === null ? [] : [root].flat())
    expect(roots[0]?.owner).toBe(wanted.owner ?? roots[0]?.owner)
  })

  it.each(Object.entries(cases?.pass ?? {}))('passes: %s', (_name, recording) => {
    const verdicts = verdictsOf(rule, recording)
    expect(verdicts).not.toContain('fail')
    expect(verdicts).toContain('pass')
  })

  it.each(Object.entries(cases?.notApplicable ?? {}))('does not apply: %s', (_name, recording) => {
    expect(new Set(verdictsOf(rule, recording))).toEqual(new Set(['not-applicable']))
  })

  it.each(Object.entries(cases?.indeterminate ?? {}))('cannot tell: %s', (_name, recording) => {
    const verdicts = verdictsOf(rule, recording)
    expect(verdicts).not.toContain('fail')
    expect(verdicts).toContain('indeterminate')
  })
})
