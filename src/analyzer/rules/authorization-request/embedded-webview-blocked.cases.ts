import { codeLogin, errorPage, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const agent = (text: string, status = 403, body?: string) =>
  errorPage({ authorization: { status, requestHeaders: { 'User-Agent': text }, ...(body !== undefined && { body }) } })
const view = 'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UD1A; wv) AppleWebKit/537.36 Version/4.0 Chrome/120 Mobile'
const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/128 Safari/537.36'

export default {
  fail: {
    'a web view and status 403': record(agent(view)),
    'the server names the reason': record(agent(browser, 403, '<p>Error 403: disallowed_useragent</p>')),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'an ordinary browser': record(agent(browser)),
    'another status': record(agent(view, 400)),
  },
  notApplicable: { 'the login page is open': record(agent(view, 200)) },
  indeterminate: { 'no User-Agent was seen': record(errorPage({ authorization: { status: 403 } })) },
} satisfies RuleCases
