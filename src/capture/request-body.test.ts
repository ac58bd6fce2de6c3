import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRequestBody, maxBodyLength, responseBody, textBody } from './request-body'

const bytes = (text: string) => new TextEncoder().encode(text).buffer

describe('request bodies', () => {
  it('keep the parameters of the protocol and the names of all other fields', () => {
    expect(
      decodeRequestBody({ formData: { grant_type: ['password'], username: ['ada'], password: ['pa55'] } }),
    ).toEqual({
      kind: 'form',
      fields: [
        { name: 'grant_type', value: 'password' },
        { name: 'username', value: 'withheld', withheld: true },
        { name: 'password', value: 'withheld', withheld: true },
      ],
    })
  })

  it('keep an empty value empty, since that is a fact', () => {
    expect(decodeRequestBody({ formData: { email: [''] } })).toEqual({
      kind: 'form',
      fields: [{ name: 'email', value: '', withheld: true }],
    })
  })

  it('keep repeated parameters', () => {
    expect(decodeRequestBody({ formData: { scope: ['a', 'b'] } })).toMatchObject({
      fields: [
        { name: 'scope', value: 'a' },
        { name: 'scope', value: 'b' },
      ],
    })
  })

  it('are read as a form when the content type was forgotten', () => {
    expect(decodeRequestBody({ raw: [{ bytes: bytes('grant_type=authorization_code&code=a%2Fb') }] })).toEqual({
      kind: 'form',
      fields: [
        { name: 'grant_type', value: 'authorization_code' },
        { name: 'code', value: 'a/b' },
      ],
    })
  })

  it('are read as JSON, values of no protocol withheld at any depth', () => {
    const text = JSON.stringify({ grant_type: 'authorization_code', user: { email: 'a@b', otp: '123' }, ok: true })
    expect(textBody(text, 'application/json')).toEqual({
      kind: 'text',
      text: '{"grant_type":"authorization_code","user":{"email":"withheld","otp":"withheld"},"ok":true}',
      mimeType: 'application/json',
    })
  })

  it('are lost when the browser could not read them', () => {
    expect(decodeRequestBody({ error: 'Unknown error.' })).toEqual({ kind: 'lost', because: 'not-readable' })
    expect(decodeRequestBody({ raw: [{ file: '/a.pdf' }] })).toEqual({ kind: 'lost', because: 'not-readable' })
    expect(decodeRequestBody({ raw: [{ bytes: new Uint8Array([0xff, 0xfe]).buffer }] })).toEqual({
      kind: 'lost',
      because: 'not-readable',
    })
  })

  it('are absent when nothing was sent', () => {
    expect(decodeRequestBody(undefined)).toBeUndefined()
    expect(decodeRequestBody({ raw: [] })).toBeUndefined()
  })

  it('never keep a password, however it is spelled and wherever it stands', () => {
    const secret = 'Tr0ub4dor&3-planted'
    const name = fc.constantFrom('password', 'Passwd', 'user_password', 'pwd', 'login[password]', 'otp', 'email')
    fc.assert(
      fc.property(name, fc.constantFrom('form', 'json', 'deep', 'text'), (field, shape) => {
        const encoded = `${encodeURIComponent(field)}=${encodeURIComponent(secret)}`
        const text = {
          form: `grant_type=password&${encoded}`,
          json: JSON.stringify({ grant_type: 'password', [field]: secret }),
          deep: JSON.stringify([{ a: { [field]: [secret] } }]),
          text: `${field}: ${secret}`,
        }[shape]
        expect(JSON.stringify(textBody(text))).not.toContain('planted')
      }),
    )
  })

  it('are read without throwing, whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['text', 'form', 'lost']).toContain(textBody(text).kind)
      }),
    )
  })
})

describe('response bodies', () => {
  it('are cut to what the log can hold, and say so', () => {
    expect(responseBody('x'.repeat(maxBodyLength + 1), 'text/html')).toEqual({
      kind: 'text',
      text: 'x'.repeat(maxBodyLength),
      mimeType: 'text/html',
      truncated: true,
    })
  })
})
