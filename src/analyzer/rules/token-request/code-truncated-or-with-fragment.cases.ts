import { authorize, code, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (sent: string, tokenCall = tokenError('invalid_grant')) =>
  record(authorize(), redeem({ token: { code: sent }, tokenCall }))

export default {
  fail: {
    'cut off': login(code.slice(0, 12)),
    'with a part of the fragment': login(`${code}#_=_`),
    'the code of an earlier login': login('AnotherCodeOfYesterday'),
    'the answer was not visible': login(code.slice(0, 12), { status: 400 }),
  },
  pass: { 'the code itself': login(code) },
  notApplicable: { 'the client was refused': login(code.slice(0, 12), tokenError('invalid_client', {}, 401)) },
} satisfies RuleCases
