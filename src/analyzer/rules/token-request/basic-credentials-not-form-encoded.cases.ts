import { authorize, record, redeem, request, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (secret: string, error = 'invalid_client') =>
  record(
    authorize(),
    redeem({
      tokenCall: {
        ...tokenError(error, {}, 401),
        requestHeaders: { Authorization: `Basic ${btoa(`${request.client_id}:${secret}`)}` },
      },
    }),
  )

export default {
  fail: { 'a raw plus': login('ab+cd'), 'a raw percent sign': login('100%secret') },
  pass: { 'nothing to encode': login('abcd'), 'encoded already': login('ab%2Bcd') },
  notApplicable: {
    'no Basic header': record(authorize(), redeem({ tokenCall: tokenError('invalid_client', {}, 401) })),
    'the code was refused': login('ab+cd', 'invalid_grant'),
  },
} satisfies RuleCases
