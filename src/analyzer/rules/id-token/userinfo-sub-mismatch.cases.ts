import { all, call, client, codeLogin, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const withUserinfo = (body: object | undefined) =>
  record(
    metadata(),
    all(
      codeLogin(),
      call(
        {
          url: `${server}/me`,
          requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' },
          headers: { 'Access-Control-Allow-Origin': client },
          ...(body && { body }),
        },
        { initiator: client },
      ),
    ),
  )

export default {
  fail: { 'another subject': withUserinfo({ sub: '99' }) },
  pass: { 'the same subject': withUserinfo({ sub: '248289761001' }) },
  notApplicable: { 'userinfo was not asked': record(codeLogin()) },
  indeterminate: { 'the answer was not seen': withUserinfo(undefined) },
} satisfies RuleCases
