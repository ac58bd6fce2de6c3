import { codeLogin, event, record } from '../../../testing/builders'
import type { JwsVerified } from '../../../model/recording'
import { analyze } from '../../analyze'
import type { RuleCases } from '../cases'

const login = codeLogin()
const tokenExchange = analyze(record(login), 0).exchanges.find(({ url }) => url.endsWith('/token'))!.id
const verified = (result: JwsVerified['result']) =>
  record(
    login,
    event((at) => ({ type: 'jws.verified', at, exchangeId: tokenExchange, parameter: 'id_token', result })),
  )

export default {
  fail: { 'changed after it was signed': verified('invalid') },
  pass: { 'a right signature': verified('valid') },
  notApplicable: { 'no ID token': record(codeLogin({ tokenAnswer: { id_token: undefined } })) },
  indeterminate: { 'nobody checked': record(login), 'the key is not in the set': verified('key-not-found') },
} satisfies RuleCases
