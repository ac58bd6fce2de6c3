import { expect, test } from 'vitest'
import { code, codeLogin, LATER, record, request, tokenError, url } from '../../testing/builders'
import { analyze } from '../analyze'

test('a finding quotes a URL without the secrets in it', () => {
  const redirect_uri = url(request.redirect_uri, { code, state: request.state })
  const { findings } = analyze(
    record(codeLogin({ token: { redirect_uri }, tokenCall: tokenError('invalid_grant') })),
    LATER,
  )
  expect(findings.map(({ rule }) => rule)).toContain('redirect-uri-differs-at-token')
  const told = JSON.stringify(findings)
  expect(told).toContain(`${request.redirect_uri}?code=…&state=…`)
  expect(told).not.toContain(code)
  expect(told).not.toContain(request.state)
})
