import { expect, it } from 'vitest'
import { durationWords, expiryWords, offsetWords, relativeWords, utcTime } from './time'

it.each([
  [0, '0 ms'],
  [38.4, '38 ms'],
  [999, '999 ms'],
  [1234, '1.2 s'],
  [59_000, '59 s'],
  [180_000, '3 min'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
  [3 * 86_400_000, '3 days'],
  [-90_000, '2 min'],
])('says %d ms as %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words)
})

it('gives the first step no sign', () => {
  expect(offsetWords(0)).toBe('0 ms')
  expect(offsetWords(41)).toBe('+41 ms')
})

it('tells a lifetime from the call it matters for', () => {
  expect(expiryWords(0, 180_000, 'this call')).toBe('expired 3 min before this call')
  expect(expiryWords(180_000, 0, 'this call')).toBe('valid for another 3 min at this call')
  expect(relativeWords(0, 60_000, 'this call')).toBe('1 min before this call')
  expect(relativeWords(500, 0, 'this call')).toBe('at this call')
})

it('survives an instant that is none', () => {
  expect(utcTime(Number.NaN)).toBe('no valid time')
})
