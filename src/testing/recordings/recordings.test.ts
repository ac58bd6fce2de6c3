import { describe, expect, it } from 'vitest'
import { analyze } from '../../analyzer/analyze'
import { readAny } from '../../capture/import-any'
import { endOfRecording } from '../../exports/prepare'
import { analysisOf } from '../../exports/trace'

const recordings = import.meta.glob<string>('./*.json', { eager: true, query: '?raw', import: 'default' })

interface Told {
  readonly flows: readonly {
    readonly id: string
    readonly kind: string
    readonly status: string
    readonly rootCause: string | null
    readonly steps: readonly { readonly kind: string; readonly outcome: string }[]
  }[]
  readonly findings: readonly {
    readonly id: string
    readonly category: string
    readonly confidence: string
    readonly owner: string
    readonly title: string
    readonly cause: string
    readonly evidence: readonly { readonly label: string }[]
  }[]
}

/** What a user is told; times and exchange details are in the recording itself. */
const told = ({ flows, findings }: Told) => ({
  flows: flows.map(({ id, kind, status, rootCause, steps }) => ({
    id,
    kind,
    status,
    rootCause,
    steps: steps.map((step) => `${step.kind} ${step.outcome}`),
  })),
  findings: findings.map(({ id, category, confidence, owner, title, cause, evidence }) => ({
    id,
    category,
    confidence,
    owner,
    title,
    cause,
    evidence: evidence.map(({ label }) => label),
  })),
})

describe('recorded logins of the lab', () => {
  it.each(Object.entries(recordings))('%s is diagnosed as it was', (_path, text) => {
    const read = readAny(text)
    if ('error' in read) throw new Error(read.error.message)
    const analysis = analyze(read.recording, endOfRecording(read.recording))
    expect(told(analysisOf(analysis))).toEqual(told((JSON.parse(text) as { analysis: Told }).analysis))
  })
})
