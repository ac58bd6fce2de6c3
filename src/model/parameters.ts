import type { LocatorPart } from './analysis'
import { type BlindSpot, type Observed, absent, present, unobserved, valueOf } from './observed'

export interface Parameter {
  readonly name: string
  /** Decoded once, as `application/x-www-form-urlencoded` says. */
  readonly value: string
  /** As on the wire, where the wire was seen. */
  readonly raw?: string
  readonly withheld?: boolean
}

/** The parameters of one message, repeats kept, and the place they were read from. */
export interface Parameters {
  readonly exchangeId: string
  readonly part: LocatorPart
  readonly list: readonly Parameter[]
  /** Set when there may be parameters that could not be seen; a missing one is then unobserved, not absent. */
  readonly hidden?: BlindSpot
}

/** The first value of a parameter. An empty value counts as absent (RFC 6749 section 3.1). */
export const param = (parameters: Parameters, name: string): Observed<string> => {
  const found = parameters.list.find((parameter) => parameter.name === name && parameter.value !== '')
  if (found) return found.withheld ? unobserved('not-readable') : present(found.value)
  return parameters.hidden ? unobserved(parameters.hidden) : absent
}

/** The first value, or `undefined` whether absent or unobserved. */
export const paramValue = (parameters: Parameters, name: string): string | undefined => valueOf(param(parameters, name))

export const paramValues = (parameters: Parameters, name: string): readonly string[] =>
  parameters.list.filter((parameter) => parameter.name === name).map((parameter) => parameter.value)

export const hasParam = (parameters: Parameters, name: string): boolean =>
  parameters.list.some((parameter) => parameter.name === name && parameter.value !== '')
