import { describe, expect, test } from 'vitest'
import { readPaste } from './paste'

const jwt = (claims: object) => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims)).replace(/=+$/, '')}.x`

describe('readPaste', () => {
  test('takes a URL, also one broken over lines', () => {
    expect(readPaste(' https://app.example/cb?error=access_denied\n  &state=s ', 5)).toEqual({
      what: 'url',
      entry: {
        startedDateTime: 5,
        method: 'GET',
        url: 'https://app.example/cb?error=access_denied&state=s',
        resourceType: 'main_frame',
      },
    })
    expect(readPaste('com.example.app:/cb?code=1', 0)?.what).toBe('url')
  })

  test('reads the curl command that browsers copy', () => {
    const command = `curl 'https://as.example/token' \\
      -H 'content-type: application/x-www-form-urlencoded' \\
      -b 'sid=1' \\
      --data-raw $'grant_type=authorization_code&code=it\\'s' --compressed`
    expect(readPaste(command, 1)?.entry).toEqual({
      startedDateTime: 1,
      method: 'POST',
      url: 'https://as.example/token',
      requestHeaders: [
        { name: 'content-type', value: 'application/x-www-form-urlencoded' },
        { name: 'Cookie', value: 'sid=1' },
      ],
      requestBody: {
        kind: 'text',
        text: "grant_type=authorization_code&code=it's",
        mimeType: 'application/x-www-form-urlencoded',
      },
    })
  })

  test('reads the short forms people type', () => {
    const { method, url, requestHeaders, requestBody } =
      readPaste('$ curl -XPOST -u id:secret -d a=1 --data-urlencode "redirect_uri=https://a/b" as.example/token', 0)
        ?.entry ?? {}
    expect([method, url, requestHeaders]).toEqual([
      'POST',
      'http://as.example/token',
      [{ name: 'Authorization', value: `Basic ${btoa('id:secret')}` }],
    ])
    expect(requestBody).toMatchObject({ text: 'a=1&redirect_uri=https%3A%2F%2Fa%2Fb' })
    expect(readPaste('curl -G -d a=1 https://as.example/authorize?b=2', 0)?.entry.url).toBe(
      'https://as.example/authorize?b=2&a=1',
    )
  })

  test('takes an ID token as a form_post answer and any other JWT as a bearer token', () => {
    expect(readPaste(jwt({ nonce: 'n' }), 0)?.entry.requestBody).toEqual({
      kind: 'form',
      fields: [{ name: 'id_token', value: jwt({ nonce: 'n' }) }],
    })
    expect(readPaste(`Bearer ${jwt({ scope: 'a' })}`, 0)?.entry.requestHeaders).toEqual([
      { name: 'Authorization', value: `Bearer ${jwt({ scope: 'a' })}` },
    ])
  })

  test('takes the JSON of a token response with the status it must have had', () => {
    expect(readPaste('{"access_token":"a","token_type":"Bearer"}', 0)?.entry.status).toBe(200)
    expect(readPaste('{"error":"invalid_grant"}', 0)?.entry.status).toBe(400)
  })

  test('leaves anything else alone', () => {
    for (const text of ['hello', 'hello: world', '{"log":{"entries":[]}}', '{}', '[]', 'curl', 'a.b.c'])
      expect(readPaste(text, 0)).toBeUndefined()
  })
})
