import { expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze'
import { readAny } from '../capture/import-any'
import type { Analysis } from '../model/analysis'
import type { RuleCases } from '../analyzer/rules/cases'
import type { Recording } from '../model/recording'
import { corpus } from '../testing/corpus'
import { exportAs, leakMessage } from './formats'
import { endOfRecording, prepareExport } from './prepare'

/** What an export must not change: flows, root causes, owners, confidence, and what the evidence is about. */
const essence = ({ flows, findings }: Analysis) =>
  flows.map(({ id, kind, status, client_id, issuer, provider, steps, rootCause }) => ({
    kind,
    status,
    client_id,
    issuer,
    provider,
    steps: steps.map((step) => [step.kind, step.outcome, step.status]),
    findings: findings
      .filter(({ flow }) => flow === id)
      .map((finding) => ({
        isCause: finding.id === rootCause,
        rule: finding.rule,
        category: finding.category,
        owner: finding.owner,
        confidence: finding.confidence,
        evidence: finding.evidence.map(({ label, where }) => [label, where.part, where.parameter]),
      })),
  }))

const isRuleCases = (value: unknown): value is RuleCases =>
  typeof value === 'object' && value !== null && 'fail' in value && 'pass' in value

const cases = Object.entries(import.meta.glob('../analyzer/rules/**/*.cases.ts', { eager: true })).flatMap(
  ([path, module]) =>
    Object.values(module as object)
      .filter(isRuleCases)
      .flatMap(({ fail, pass, notApplicable = {}, indeterminate = {} }) =>
        Object.entries({ ...fail, ...pass, ...notApplicable, ...indeterminate }).map(([name, example]) => ({
          id: `${/[^/]+(?=\.cases)/.exec(path)?.[0]}: ${name}`,
          recording: 'recording' in example ? example.recording : example,
        })),
      ),
)

const logins: readonly { readonly id: string; readonly recording: Recording }[] = [...corpus, ...cases]

test('there are cases of the rules to look at', () => {
  expect(cases.length).toBeGreaterThan(100)
})

test.each(logins)('$id is diagnosed from its redacted trace as from the original', ({ recording }) => {
  const now = endOfRecording(recording)
  const original = essence(analyze(recording, now))
  const exported = exportAs('json', prepareExport(recording, { now, exportedAt: now }))
  if ('leaks' in exported) throw new Error(leakMessage(exported.leaks))
  const opened = readAny(exported.text)
  if ('error' in opened) throw new Error(opened.error.message)
  expect(opened.notes).toEqual([])
  expect(essence(analyze(opened.recording, now))).toEqual(original)
})
