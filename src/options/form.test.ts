import { describe, expect, it } from 'vitest'
import { endpointError, hostsError, parseHosts, withEndpoint, withoutEndpoint } from './form'

describe('hosts', () => {
  it('are read one a line, with what people paste around them taken off', () => {
    expect(parseHosts('https://Login.Example.com/path\n*.example.org, localhost:3000\n\nlocalhost:3000')).toEqual([
      'login.example.com',
      '*.example.org',
      'localhost:3000',
    ])
  })

  it('are refused when they are none', () => {
    expect(hostsError('*.example.org\nlocalhost:3000\n[::1]:80\n*')).toBeUndefined()
    expect(hostsError('exa mple*com')).toBe(
      '“mple*com” is not a host. Write for example login.example.com or *.example.com.',
    )
  })
})

describe('endpoints', () => {
  const token = { url: 'https://login.example/token', kind: 'token' } as const

  it('are whole addresses', () => {
    expect(endpointError(token.url)).toBeUndefined()
    expect(endpointError('/token')).toMatch(/whole address/)
    expect(endpointError('ftp://login.example/token')).toMatch(/whole address/)
  })

  it('are kept once, in the order they were added', () => {
    const other = { url: 'https://login.example/go', kind: 'authorization' } as const
    const both = withEndpoint(withEndpoint([], token), other)
    expect(withEndpoint(both, { ...token, kind: 'authorization' })).toEqual([
      other,
      { ...token, kind: 'authorization' },
    ])
    expect(withoutEndpoint(both, token)).toEqual([other])
  })
})
