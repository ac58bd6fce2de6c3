import { valueOf } from '../../../model/observed'
import { hasParam, paramValue } from '../../../model/parameters'
import { isUsable } from '../../facts/failure-points'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { quote } from '../shared/text'
import { isCodeExchange, judgeUnseen } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const idTokenMissing = defineRule({
  id: 'id-token-missing',
  title: 'The server gave no ID token',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error'],
  clientMustReject: true,
  what: 'The login asked for the scope `openid`; the token response has no `id_token`.',
  why: 'An OpenID Connect client cannot tell who signed in without it, and gives up.',
  toldApart: 'The answer was seen whole. A server that does not grant `openid` says so in `scope`.',
  silentWhen:
    'The body was not visible or `openid` was not asked for. It is a departure only, unless the server says that it withheld `openid` and the client did not go on.',
  references: [oidcCore('3.1.3.3', 'TokenResponse')],
  covers: ['id-token-missing'],

  check: (file) => {
    const exchanges = file.tokenCalls.filter(isCodeExchange)
    if (exchanges.length === 0) return judgeUnseen(file, 'Look whether the token response has an id_token.')
    const asked = valueOf(file.asked('scope'))
    if (!asked?.split(' ').includes('openid')) return notApplicable
    const good = exchanges.filter(isUsable)
    if (good.length === 0) return notApplicable
    const call = good.at(-1)!
    if (call.response.form.state === 'unobserved') return indeterminate(call.response.form.because)
    if (hasParam(call.response.parameters, 'id_token')) return pass('an ID token was issued')
    const granted = paramValue(call.response.parameters, 'scope')
    const withheld = granted !== undefined && !granted.split(/[\s,]+/).includes('openid')
    // Only a client that sent a nonce waits for an ID token, and only a server that leaves openid out refuses one.
    const isDecisive = withheld && file.asked('nonce').state === 'present'
    return fail({
      confidence: 'certain',
      ...(!isDecisive && { category: 'conformance' as const, severity: 'warning' as const }),
      cause: `The login asked for ${quote(asked)}. The token response has an access token, but no id_token${withheld ? `; the scope that was granted is ${quote(granted)}, without openid` : ''}.`,
      evidence: [
        parameterEvidence(call.response.parameters, 'id_token', { actual: 'missing', expected: 'a JWT' }),
        parameterEvidence(file.request!.parameters, 'scope'),
        ...(granted === undefined
          ? []
          : [parameterEvidence(call.response.parameters, 'scope', { label: 'scope granted' })]),
      ],
      fix: {
        summary: 'Enable OpenID Connect for this client at the server, and allow it the scope `openid`.',
        steps: [
          'A product that speaks OAuth only issues no ID tokens: ask its own API who signed in, and leave `openid` out.',
          'A gateway or token exchange in between must pass `id_token` on.',
        ],
      },
    })
  },
})
