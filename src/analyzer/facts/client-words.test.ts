import { describe, expect, it } from 'vitest'
import { hasFailurePath, objectionOf } from './client-words'

describe('objectionOf', () => {
  it.each([
    ['Invalid ID token: Issuer does not match', 'idToken'],
    ['Token error: Incorrect id_token: nonce Request URL: https://a.example/cb?state=1', 'idToken'],
    ['oidc: expected audience "reports-api" got ["go"]', 'idToken'],
    ['Signature has expired; signature verification failed', 'idToken'],
    ['unexpected JWT alg received, expected RS256, got: HS256', 'idToken'],
    ['JWT expired, now 1769860800, exp 1769857200', 'idToken'],
    ['Max retries exceeded with url: /token', 'unreachable'],
    ['CSRF token mismatch', 'session'],
    ['{"statusCode":500,"error":"Internal Server Error","message":"Invalid state"}', 'session'],
    ['did not find expected authorization request details in session', 'session'],
    ['{"statusCode":500,"error":"Internal Server Error","message":"Response Error: 401 Unauthorized"}', 'secret'],
    ['www-authenticate error: [{"scheme":"basic"}]', 'secret'],
    ['getaddrinfo ENOTFOUND id.internal', 'unreachable'],
    ['{"code":"ECONNREFUSED","error":"Internal Server Error"}', 'unreachable'],
    ['unable to verify the first certificate', 'unreachable'],
    ['Failed to get userinfo: 401 Unauthorized', 'userinfo'],
    ['OPError: invalid_token at throwAuthenticateErrors', 'userinfo'],
    ['OperationalError at /complete/oidc/ no such table: social_auth', 'application'],
    ['code_verifier is missing', 'verifier'],
    ['Scope has changed from "a b" to "a".', 'scope'],
    ['Failed to fetch user profile', 'userinfo'],
    ['Failed to obtain access token', 'exchange'],
    ['Failed to obtain access token: 401 Unauthorized', 'secret'],
    ["KeyError: 'access_token'", 'exchange'],
    ['Failed to serialize user into session', 'signIn'],
    ['Verification failed: no state stored in session', 'session'],
    ['TypeError: req.session.regenerate is not a function at session (/srv/state.js:39:26)', 'program'],
    ["AttributeError: 'NoneType' object has no attribute 'lower'", 'program'],
    ["undefined method `downcase' for nil /srv/app/session.rb:4:in `state'", 'program'],
    [
      'NullReferenceException: Object reference not set at Shop.State.Read(String id) in /src/State.cs:line 4',
      'program',
    ],
    ['runtime error: invalid memory address or nil pointer dereference', 'program'],
    ['Call to a member function getEmail() on null', 'program'],
    ["TypeError: Cannot read properties of undefined (reading 'state')", 'session'],
    ['TypeError: fetch failed', 'unreachable'],
    [`Unexpected token '<', "<!DOCTYPE "... is not valid JSON`, 'answer'],
    ['Expecting value: line 1 column 1 (char 0)', 'answer'],
    ["JSON::ParserError (unexpected token at '<!DOCTYPE html>')", 'answer'],
    ["Unexpected character ('<' (code 60)): expected a valid value", 'answer'],
    ["'<' is an invalid start of a value.", 'answer'],
    ["invalid character '<' looking for beginning of value", 'answer'],
    ['JsonException: Syntax error', 'answer'],
    ['SQLSTATE[42000]: Syntax error or access violation', 'application'],
    ['TokenError: Invalid client: client is invalid', 'secret'],
    ['AccessDenied', 'account'],
    ['OAuthAccountNotLinked', 'account'],
    ['Your credentials aren’t allowed', 'account'],
  ])('reads %j as %s', (text, objection) => {
    expect(objectionOf(text, 500)).toBe(objection)
  })

  it.each([
    'AuthenticationError: Unauthorized',
    'Internal Server Error',
    '500',
    'Oops! Something went wrong.',
    'Login failed. Please try again.',
    '',
  ])('finds nothing in %j', (text) => {
    expect(objectionOf(text, 500)).toBeUndefined()
  })

  it.each([
    ['Unauthorized', 401],
    ['401 Unauthorized', 401],
    ['403 Forbidden', 403],
  ])('does not take the words of the status for a reason: %j', (text, status) => {
    expect(objectionOf(text, status)).toBeUndefined()
  })
})

describe('hasFailurePath', () => {
  it.each(['/auth/failure', '/login-error', '/fehler/', '/oauth/error.html', '/error/403', '/access_denied'])(
    'knows %s',
    (path) => {
      expect(hasFailurePath(`https://app.example${path}`)).toBe(true)
    },
  )

  it.each(['/', '/errors', '/error-reports', '/failure/17a/notes', '/login', '/terror'])('lets %s alone', (path) => {
    expect(hasFailurePath(`https://app.example${path}`)).toBe(false)
  })
})
