import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson, salvageArray } from './import-json'

const placeIn = (text: string) => {
  const parsed = parseJson(text)
  return 'error' in parsed ? [parsed.error.place?.line, parsed.error.place?.column] : 'valid'
}

test('points at the character that cannot be there', () => {
  expect(placeIn('{"a": 1,}')).toEqual([1, 9])
  expect(placeIn('[1, 2')).toEqual([1, 6])
  expect(placeIn('{"a"\n 1}')).toEqual([2, 2])
  expect(placeIn('["never closed')).toEqual([1, 15])
  expect(placeIn('{} {}')).toEqual([1, 4])
  expect(placeIn('<!doctype html>')).toEqual([1, 1])
  expect(placeIn('')).toEqual([1, 1])
})

test('accepts exactly what JSON.parse accepts, and always ends', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (json, at, noise) => {
      const text = json.slice(0, at % (json.length + 1)) + noise + json.slice(at % (json.length + 1))
      const parsed = parseJson(text)
      let valid = true
      try {
        JSON.parse(text)
      } catch {
        valid = false
      }
      expect('value' in parsed).toBe(valid)
    }),
  )
})

test('salvages the complete objects of a list that breaks off', () => {
  expect(salvageArray('{"log":{"entries":[{"a":"}"}, {"b":[{}]}, {"c":"', 'entries')).toEqual([{ a: '}' }, { b: [{}] }])
  expect(salvageArray('{"log":{}}', 'entries')).toBeUndefined()
})
