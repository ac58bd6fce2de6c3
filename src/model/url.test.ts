import { expect, it } from 'vitest'
import { landingOf, overHttps } from './url'

it('knows the document that a redirect_uri without a path leads to', () => {
  expect(landingOf('https://app.example')).toBe('https://app.example/')
  expect(landingOf('https://APP.example?a=1')).toBe('https://app.example/')
})

it('leaves the URLs of other programs as they are', () => {
  expect(landingOf('com.example.App://done?code=1')).toBe('com.example.App://done')
})

it('writes no default port into an address over https', () => {
  expect(overHttps('http://app.example:443/callback')).toBe('https://app.example/callback')
  expect(overHttps('http://app.example:80')).toBe('https://app.example')
  expect(overHttps('http://app.example:8443/callback?to=:443/')).toBe('https://app.example:8443/callback?to=:443/')
})
