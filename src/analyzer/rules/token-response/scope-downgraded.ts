import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { isUsable } from '../../facts/failure-points'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const scopeDowngraded = defineRule({
  id: 'scope-downgraded',
  title: 'Less was granted than was asked for',
  category: 'info',
  severity: 'info',
  owner: 'client',
  depth: 'symptom',
  explains: [],
  what: 'The `scope` of the token response against the `scope` of the request.',
  why: 'The user or the server may grant less. Calls that need the rest are refused later.',
  toldApart: 'Order, separators, case and longer names for the same scope do not count.',
  silentWhen: 'The answer names no scope, or all of it was granted.',
  references: [rfc(6749, '5.1'), rfc(6749, '3.3')],
  covers: ['scope-downgraded'],

  check: (file) => {
    const call = file.tokenCalls.findLast(isUsable)
    const asked = valueOf(file.asked('scope')) ?? (call && paramValue(call.parameters, 'scope'))
    const granted = call && paramValue(call.response.parameters, 'scope')
    if (!call || asked === undefined || granted === undefined) return notApplicable
    const got = split(granted.replaceAll(/["[\]]/g, ''))
    const missing = split(asked).filter(
      (scope) => !protocolScopes.has(scope) && !got.some((other) => isSame(scope, other)),
    )
    if (missing.length === 0) return pass()
    return fail({
      confidence: 'certain',
      cause: `The login asked for ${quote(asked)} and was granted ${quote(granted)}: ${list(missing.map(quote))} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      evidence: [parameterEvidence(call.response.parameters, 'scope', { expected: asked })],
      fix: {
        summary: `Ask again for ${list(missing.map(quote))} when the user needs it, and do without until then.`,
        steps: ['Check that the scope is assigned to the client at the server.'],
      },
    })
  },
})

/** They are about the user and the answer, not about an API; tokens for an API often list only what is its own. */
const protocolScopes = new Set(['openid', 'offline_access', 'profile', 'email', 'address', 'phone'])

const split = (scope: string): readonly string[] =>
  scope
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)

/** Servers answer short names with long ones: `email` with `https://…/userinfo.email`. */
const isSame = (asked: string, got: string): boolean =>
  asked === got || got.endsWith(`/${asked}`) || got.endsWith(`.${asked}`) || asked.endsWith(`/${got}`)
