import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const loginHintNotEscapedPlus = defineRule({
  id: 'login-hint-not-escaped-plus',
  title: 'The plus sign of login_hint is sent as a space',
  category: 'conformance',
  severity: 'info',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The login_hint is an address with a `+` that was put into the URL without encoding.',
  why: 'In a query a bare `+` stands for a space, so the server looks for another address and fills in the wrong one.',
  toldApart: '`%2B` is the right encoding and is read as a plus sign.',
  silentWhen: 'The hint has no plus sign, or it was encoded.',
  references: [rfc(6749, 'B')],
  covers: ['login-hint-not-escaped-plus'],

  check({ request }) {
    const hint = request?.sent.list.find(({ name }) => name === 'login_hint')
    if (!request || hint?.raw === undefined) return notApplicable
    if (!/^[^\s@]+\+[^\s@]*(@|%40)/i.test(hint.raw)) return pass()
    const meant = hint.value.replaceAll(' ', '+')
    return fail({
      confidence: 'certain',
      cause: `The URL has ${quote(`login_hint=${hint.raw}`)}, which a server reads as ${quote(hint.value)}.`,
      evidence: [parameterEvidence(request.sent, 'login_hint', { expected: meant })],
      fix: {
        summary: `Encode the plus sign: ${quote(`login_hint=${meant.replaceAll('+', '%2B').replaceAll('@', '%40')}`)}.`,
        steps: ['Build the query with URLSearchParams or encodeURIComponent instead of joining strings.'],
      },
    })
  },
})
