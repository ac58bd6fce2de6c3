import { client, code, codeLogin, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const raw = (hint: string) =>
  navigate(
    [
      { url: `${url(`${server}/authorize`, request)}&login_hint=${hint}` },
      { url: url(request.redirect_uri, { code, state: request.state }) },
    ],
    { initiator: client },
  )

export default {
  fail: { 'a bare plus sign': record(raw('ada+test@shop.example')) },
  pass: { encoded: record(raw('ada%2Btest%40shop.example')), 'no plus sign': record(raw('ada@shop.example')) },
  notApplicable: { 'no hint': record(codeLogin()) },
} satisfies RuleCases
