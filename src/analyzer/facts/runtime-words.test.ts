import { describe, expect, it } from 'vitest'
import { notJsonIn, withoutStack } from './runtime-words'

describe('notJsonIn', () => {
  it.each([
    [`SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON`, 'html'],
    ['Unexpected token < in JSON at position 0', 'html'],
    ['no suitable HttpMessageConverter found for response type [Map] and content type [text/html]', 'html'],
    [`SyntaxError: Unexpected token 'a', "access_tok"... is not valid JSON`, 'form'],
    ["invalid character 'a' looking for beginning of value", 'form'],
    ['Unexpected end of JSON input', 'other'],
    ['JSONDecodeError: Expecting value: line 1 column 1 (char 0)', 'other'],
    ['expected value at line 1 column 1', 'other'],
    ['unexpected byte at position 0: 0x3C ("<")', 'html'],
    ['JSON Parse error: Unrecognized token "<"', 'html'],
  ])('reads %j as %s', (text, met) => {
    expect(notJsonIn(text)).toBe(met)
  })

  it.each([
    '<b>Hello</b>',
    'Unexpected token in the request',
    'syntax error at or near "user"',
    'invalid character in name',
  ])('lets %j alone', (text) => {
    expect(notJsonIn(text)).toBeUndefined()
  })
})

describe('withoutStack', () => {
  it.each([
    ['Error: no at run (/srv/a.js:1:2) at async file:///srv/b.mjs:3:4 at JSON.parse (<anonymous>)'],
    ['Error: no at com.shop.Login.state(Login.java:58) at jdk.Thread.run(Native Method)'],
    ['Error: no at Shop.State.Read(String id) in /src/State.cs:line 4'],
    ["Error: no /srv/app/session.rb:4:in `state'"],
    ['Error: no goroutine 12 [running]: /srv/main.go:17 +0x1d'],
    ['Error: no #0 /srv/state.php(12): verify() #1 {main}'],
    ['Traceback (most recent call last): File "/srv/state.py", line 3, in session verify() Error: no'],
  ])('leaves the message of %j', (text) => {
    expect(withoutStack(text).trim()).toBe('Error: no')
  })

  it('leaves sentences alone', () => {
    const text = 'Login failed at 10:15:03 (code 17). Look at https://app.example/help'
    expect(withoutStack(text)).toBe(text)
  })
})
