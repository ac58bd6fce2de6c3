import { describe, expect, it } from 'vitest'
import { analyze } from '../../analyzer/analyze'
import { LATER } from '../builders'
import { renameHosts, renamePaths } from '../renaming'
import { corpus } from './index'
import { measure } from './measure'

it('has every entry once', () => {
  expect(new Set(corpus.map(({ id }) => id)).size).toBe(corpus.length)
})

describe.each(corpus.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) => {
  const analysis = analyze(entry.recording, LATER)

  it(entry.title, () => {
    expect(analysis.crashed).toEqual([])
    const { outcome, said } = measure(entry)
    expect({ outcome, said }).toEqual({ outcome: 'right', said: entry.expected.rootCause })
    const root = analysis.findings.find(
      ({ rule, id }) => rule === said && analysis.flows.some(({ rootCause }) => rootCause === id),
    )
    if (entry.expected.owner) expect(root?.owner).toBe(entry.expected.owner)
    if (entry.expected.fix) expect(root?.fix.summary).toContain(`\`${entry.expected.fix}\``)
    if (entry.expected.likeliest) expect(root?.candidates?.[0]?.rule).toBe(entry.expected.likeliest)
    if (entry.expected.says) expect(analysis.findings.map(({ rule }) => rule)).toContain(entry.expected.says)
    const accused = analysis.findings
      .filter(({ category, id }) => category === 'failure' && !root?.explains.includes(id))
      .map(({ rule }) => rule)
    expect(accused.filter((rule) => entry.expected.not?.includes(rule))).toEqual([])
  })

  it.runIf(entry.expected.byProvider === undefined)('is told by structure, not by names', () => {
    const renamed = analyze(renamePaths(renameHosts(entry.recording)), LATER)
    const roots = ({ flows, findings }: typeof analysis) =>
      flows.map(({ status, rootCause }) => [status, findings.find(({ id }) => id === rootCause)?.rule])
    expect(roots(renamed)).toEqual(roots(analysis))
  })
})
