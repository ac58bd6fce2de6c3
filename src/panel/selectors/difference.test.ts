import { describe, expect, it } from 'vitest'
import { differenceOf } from './difference'

describe('differenceOf', () => {
  it('finds none between equal values', () => {
    expect(differenceOf('a', 'a')).toBeNull()
  })

  it('names a trailing slash and marks it as being in one value only', () => {
    expect(differenceOf('https://a.example/cb/', 'https://a.example/cb')).toEqual({
      words: 'differ by a trailing slash',
      pieces: [
        { kind: 'same', text: 'https://a.example/cb' },
        { kind: 'only-actual', text: '/' },
      ],
    })
  })

  it.each([
    ['http://a.example/', 'https://a.example/', 'differ by the scheme (http against https)'],
    ['http://localhost:1/', 'http://127.0.0.1:1/', 'differ by the loopback name (localhost against 127.0.0.1)'],
    ['http://localhost:1/', 'http://localhost:2/', 'differ by the port (1 against 2)'],
    ['openid Email', 'openid email', 'differ by upper and lower case'],
    ['my app ', 'my app', 'differ by white space at the ends'],
    ['a%20b', 'a b', 'differ by percent-encoding'],
    ['abc', 'abcdef', 'differ: one is only the beginning of the other'],
  ])('says how %s and %s differ', (actual, expected, words) => {
    expect(differenceOf(actual, expected)?.words).toBe(words)
  })

  it('offers no comparison by character for values with nothing in common', () => {
    expect(differenceOf('E9Melhoa2OwvFrEMTJ', 'kkjhsd8823lkjxpqweo')).toEqual({ words: 'differ' })
  })

  it('joins characters that are equal by chance to the change around them', () => {
    const pieces = differenceOf('https://app.example/one/callback', 'https://app.example/two/callback')?.pieces
    expect(pieces).toEqual([
      { kind: 'same', text: 'https://app.example/' },
      { kind: 'only-expected', text: 'two' },
      { kind: 'only-actual', text: 'one' },
      { kind: 'same', text: '/callback' },
    ])
  })
})
