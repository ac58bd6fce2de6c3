import type { Analysis, Flow } from '../../model/analysis'
import { idealFlows } from '../explain/flows'
import { allFields } from './fields'
import { isSecretParameter } from './secrets'
import { exchangesById } from './value-index'
import { flowName, stepName } from './words'

export interface LessonStep {
  readonly key: string
  readonly name: string
  readonly sentence: string
  readonly happened: 'ok' | 'failed' | 'unseen' | 'not-reached' | 'not-used'
  readonly happenedWord: string
  readonly stepId: string | null
  readonly stepNumber: number | null
  readonly values: readonly { readonly name: string; readonly value: string; readonly secret: boolean }[]
}

export interface Lesson {
  readonly title: string
  readonly steps: readonly LessonStep[]
}

const happenedWord: Record<LessonStep['happened'], string> = {
  ok: 'happened',
  failed: 'failed here',
  unseen: 'not visible',
  'not-reached': 'did not happen',
  'not-used': 'optional, not used',
}

/** How this kind of flow should go, beside what happened; null for kinds that have no drawing. */
export const lessonOf = (analysis: Analysis, flow: Flow): Lesson | null => {
  const steps = idealFlows[flow.kind]
  if (!steps) return null
  const exchanges = exchangesById(analysis)
  return {
    title: flowName[flow.kind],
    steps: steps.map((ideal, index) => {
      const position = flow.steps.findLastIndex((step) => step.kind === ideal.kind)
      const step = flow.steps[position]
      const exchange = step && exchanges.get(step.exchangeId)
      const fields = exchange ? allFields(exchange) : []
      const happened = step
        ? step.outcome === 'unobserved'
          ? 'unseen'
          : step.outcome
        : ideal.optional
          ? 'not-used'
          : 'not-reached'
      return {
        key: `${index}:${ideal.kind}`,
        name: stepName[ideal.kind],
        sentence: ideal.sentence,
        happened,
        happenedWord: happenedWord[happened],
        stepId: step?.id ?? null,
        stepNumber: step ? position + 1 : null,
        values: ideal.shows.flatMap((name) => {
          const field = fields.find((candidate) => candidate.name === name)
          return field
            ? [{ name, value: field.value, secret: isSecretParameter(name) || name === 'Authorization' }]
            : []
        }),
      }
    }),
  }
}
