import { client, codeLogin, navigate, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refresh = (size: number) =>
  navigate({
    url: `${client}/home`,
    headers: { 'Set-Cookie': `session=${'v'.repeat(size)}; Path=/` },
    body: '<html></html>',
  })

const broken = (more: object = {}) =>
  serverLogin({ callback: { status: 502, headers: {}, body: '<html>Bad gateway</html>', ...more } })

export default {
  fail: { 'a quick 502, and cookies that large': record(refresh(5000), broken()) },
  pass: { 'a slow 502': record(refresh(5000), broken({ takes: 30_000 })) },
  notApplicable: { 'another status': record(serverLogin({ callback: { status: 500 } })), healthy: record(codeLogin()) },
  indeterminate: { 'cookies not seen': record(broken()) },
} satisfies RuleCases
