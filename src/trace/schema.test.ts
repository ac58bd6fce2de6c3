import * as z from 'zod/mini'
import { expect, test } from 'vitest'
import type { CaptureEvent } from '../model/recording'
import { modernize } from './modernize'
import { type captureEvent, TRACE_VERSION, traceSchema } from './schema'

test('the published JSON Schema is that of the code', async () => {
  const schema = { $id: 'https://loginscope.dev/trace-v1.schema.json', ...z.toJSONSchema(traceSchema) }
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/trace.schema.json')
})

test('the schema of an event and its type say the same', () => {
  const ofSchema = (event: z.infer<typeof captureEvent>): CaptureEvent => event
  const ofType = (event: CaptureEvent): Readonly<z.infer<typeof captureEvent>['type']> => event.type
  expect([ofSchema, ofType]).toHaveLength(2)
})

test('a trace of this version is left alone, whatever else it holds', () => {
  const trace = { version: TRACE_VERSION, extra: 1 }
  expect(modernize(trace)).toEqual({ trace })
  expect(modernize({ version: TRACE_VERSION + 1 })).toEqual({ newer: TRACE_VERSION + 1 })
  for (const version of [undefined, 0, 1.5, '1', null]) expect(modernize({ version })).toEqual({ unknown: true })
})
