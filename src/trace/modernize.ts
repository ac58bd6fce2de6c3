import { TRACE_VERSION } from './schema'

type TraceOfAnyVersion = { readonly [key: string]: unknown; readonly version: number }

/** One step per version: `steps[n]` turns a trace of version n into one of version n + 1. */
const steps: Readonly<Record<number, (trace: TraceOfAnyVersion) => TraceOfAnyVersion>> = {}

export type Modernized = { readonly trace: TraceOfAnyVersion } | { readonly newer: number } | { readonly unknown: true }

/** Brings a trace of any older version to {@link TRACE_VERSION}. A newer one is left alone and said to be newer. */
export const modernize = (trace: object): Modernized => {
  const version: unknown = 'version' in trace ? trace.version : undefined
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return { unknown: true }
  if (version > TRACE_VERSION) return { newer: version }
  let current: TraceOfAnyVersion = { ...trace, version }
  while (current.version < TRACE_VERSION) {
    const step = steps[current.version]
    if (!step) return { unknown: true }
    current = step(current)
  }
  return { trace: current }
}
