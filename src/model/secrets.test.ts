import { expect, test } from 'vitest'
import { withoutSecrets } from './secrets'

test('a sentence keeps its URLs and answers, and loses what opens something', () => {
  expect(
    withoutSecrets('the token request says `https://app.example/cb?code=mia%3Ax4OYPP&state=tBNM1Tvj&iss=x`.'),
  ).toBe('the token request says `https://app.example/cb?code=…&state=…&iss=x`.')
  expect(withoutSecrets('“/login?next=%2Fcb%3Fcode%3Dx4OYPPqF%26iss%3Dx#access_token=2YotnFZF”')).toBe(
    '“/login?next=%2Fcb%3Fcode%3D…%26iss%3Dx#access_token=…”',
  )
  expect(withoutSecrets('{"code":"ECONNREFUSED","state": "MTA0MTQ1MTc0"}')).toBe('{"code":"ECONNREFUSED","state": "…"}')
  const harmless = '`https://app.example/?response_type=code&scope=openid&state=undefined` has no `code=`'
  expect(withoutSecrets(harmless)).toBe(harmless)
})
