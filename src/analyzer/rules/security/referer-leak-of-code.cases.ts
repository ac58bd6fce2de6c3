import { all, call, client, code, codeLogin, errorRedirect, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const withReferer = (referer: string) =>
  all(
    codeLogin(),
    call(
      {
        url: `${server}/me`,
        requestHeaders: { Referer: referer, Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' },
        headers: { 'Access-Control-Allow-Origin': client },
        body: { sub: '248289761001' },
      },
      { initiator: client },
    ),
  )

export default {
  fail: { 'the whole URL as Referer': record(withReferer(`${client}/callback?code=${code}&state=af0ifjsldkj7f3e9`)) },
  pass: { 'a healthy login': record(codeLogin()), 'the origin as Referer': record(withReferer(`${client}/`)) },
  notApplicable: { 'no code came': record(errorRedirect('access_denied')) },
} satisfies RuleCases
