import { codeLogin, errorPage, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const old = { authorizationUrl: `${server}/auth/authorize` }

export default {
  fail: {
    'the old path is gone': record(metadata(), errorPage({ ...old, authorization: { status: 404 } })),
    'the old path does not answer': record(
      metadata(),
      errorPage({ ...old, authorization: { status: undefined as never, error: 'net::ERR_EMPTY_RESPONSE' } }),
    ),
  },
  pass: {
    'a healthy login': record(metadata(), codeLogin()),
    'an alias that works': record(metadata(), codeLogin(old)),
    'the right path refuses': record(metadata(), errorPage()),
  },
  notApplicable: { 'no metadata': record(errorPage({ ...old, authorization: { status: 404 } })) },
} satisfies RuleCases
