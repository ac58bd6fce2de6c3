import type { Analysis, Flow } from '../../model/analysis'
import type { HttpExchange } from '../../model/exchange'
import { readJwt, stringClaim } from '../../model/jwt'
import { type Field, allFields } from './fields'
import { isSecretParameter } from './secrets'

export interface Place {
  readonly stepId: string
  /** As counted in the sequence, from 1. */
  readonly stepNumber: number
  readonly field: Field
}

/** A value that an attempt carries from step to step. */
export interface SharedValue {
  /** `code#1`: equal values have equal labels within an attempt. */
  readonly label: string
  readonly name: string
  readonly places: readonly Place[]
}

export type ValueIndex = ReadonlyMap<string, SharedValue>

/** What the specifications carry from one message to the next; other equal values are chance or constant. */
const carried = new Set([
  'state',
  'nonce',
  'code',
  'request_uri',
  'redirect_uri',
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'device_code',
  'code_challenge',
  'code_verifier',
  'client_secret',
  'session_state',
  'Authorization',
])

const tokenOfHint: Readonly<Record<string, string>> = { id_token_hint: 'id_token', Authorization: 'access_token' }

const withClaims = (field: Field): readonly Field[] => {
  if (field.name !== 'id_token') return [field]
  const jwt = readJwt(field.value)
  const nonce = jwt && stringClaim(jwt, 'nonce')
  return nonce ? [field, { part: 'id_token.claims', name: 'nonce', value: nonce }] : [field]
}

export const exchangesById = (analysis: Analysis): ReadonlyMap<string, HttpExchange> =>
  new Map(analysis.exchanges.map((exchange) => [exchange.id, exchange]))

/** Every carried value of an attempt and all its places, in the order of the steps. */
export const indexValues = (flow: Flow, exchanges: ReadonlyMap<string, HttpExchange>): ValueIndex => {
  const index = new Map<string, { name: string; label: string; places: Place[] }>()
  const counts = new Map<string, number>()
  flow.steps.forEach((step, position) => {
    const exchange = exchanges.get(step.exchangeId)
    if (!exchange) return
    const fields = allFields(exchange)
      .flatMap(withClaims)
      .filter(
        (field) => field.value !== '' && !field.withheld && (carried.has(field.name) || isSecretParameter(field.name)),
      )
    for (const field of fields) {
      const known = index.get(field.value)
      const place = { stepId: step.id, stepNumber: position + 1, field }
      if (known) {
        known.places.push(place)
        continue
      }
      const name = tokenOfHint[field.name] ?? field.name
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      index.set(field.value, { name, label: `${name}#${count}`, places: [place] })
    }
  })
  return index
}

/** Steps that carry one of the values of `stepId`, each with the names of what they share. */
export const stepsSharing = (index: ValueIndex, stepId: string): ReadonlyMap<string, readonly string[]> => {
  const shared = new Map<string, Set<string>>()
  for (const value of index.values()) {
    if (!value.places.some((place) => place.stepId === stepId)) continue
    for (const place of value.places) {
      if (place.stepId === stepId) continue
      shared.set(place.stepId, (shared.get(place.stepId) ?? new Set<string>()).add(value.name))
    }
  }
  const telling = (name: string) => Number(name === 'redirect_uri' || name === 'session_state')
  return new Map([...shared].map(([id, names]) => [id, [...names].toSorted((a, b) => telling(a) - telling(b))]))
}

/** Steps that carry exactly this value. */
export const stepsWithValue = (index: ValueIndex, value: string): ReadonlyMap<string, readonly string[]> => {
  const shared = index.get(value)
  return new Map(shared?.places.map((place) => [place.stepId, [shared.name]]))
}
