import { client, code, codeLogin, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const signIn = (status: number) =>
  record(
    navigate({ url: url(`${server}/authorize`, request), body: '<form></form>' }, { initiator: client }),
    navigate(
      [
        { url: `${server}/login`, form: { user: 'ada', password: 'difference-engine' }, status },
        { url: url(request.redirect_uri, { code, state: request.state }), body: '<html></html>' },
      ],
      { initiator: server },
    ),
  )

export default {
  fail: { 'status 307': signIn(307) },
  pass: { 'status 303': signIn(303) },
  notApplicable: { 'no form was posted': record(codeLogin()) },
} satisfies RuleCases
