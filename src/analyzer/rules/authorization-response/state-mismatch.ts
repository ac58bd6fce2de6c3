import type { AuthorizationResponse } from '../../../model/message'
import { hasParam, param } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { acceptance } from '../shared/acceptance'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote, shorten } from '../shared/text'

export const stateMismatch = defineRule({
  id: 'state-mismatch',
  title: 'The state that came back is not the one that was sent',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'not_redeemed', 'loop', 'token_error'],
  clientMustReject: true,
  what: 'The `state` of the authorization response is compared with that of the request it answers.',
  why: 'The client must refuse an answer whose `state` it did not send, because it may have been planted by somebody else.',
  toldApart:
    'A value that is cut, changed in case or encoded anew was altered on the way; another value altogether belongs to another login. A lost state cookie leaves `state` itself intact.',
  silentWhen:
    'The request was not recorded, sent no `state`, or hid it in a request object that cannot be read; the answer is an error.',
  references: [rfc(6749, '4.1.2'), rfc(6749, '10.12')],
  covers: ['state-mismatch', 'state-reencoded', 'state-overridden-by-app'],

  check(file) {
    const { request, response } = file
    if (!request || !response || hasParam(response.parameters, 'error')) return notApplicable
    const sent = file.asked('state')
    const returned = file.answered('state')
    if (sent.state === 'absent') return notApplicable
    if (sent.state === 'unobserved') return indeterminate(sent.because)
    if (returned.state === 'unobserved') return indeterminate(returned.because)
    if (returned.state === 'absent') return notApplicable
    const all = file.attempt.requests.map(({ parameters }) => param(parameters, 'state'))
    if (all.some((state) => state.state === 'present' && state.value === returned.value)) {
      return pass('the state came back as it was sent')
    }
    return fail({ ...acceptance(file), ...failure(file, response, sent.value, returned.value) })
  },
})

const failure = (file: CaseFile, response: AuthorizationResponse, sent: string, returned: string): Failure => {
  const change = changeOf(sent, returned)
  const server = file.request ? hostOf(file.request.exchange.url) : 'the authorization server'
  const base = {
    confidence: 'certain' as const,
    evidence: [parameterEvidence(response.parameters, 'state', { actual: returned, expected: sent })] as const,
  }
  if (change === undefined) {
    const byChain = file.attempt.links.some(
      ({ to, by }) => to === response.exchange.id && (by === 'redirect chain' || by === 'state'),
    )
    return {
      ...base,
      owner: byChain ? 'authorization_server' : 'client',
      cause:
        `You sent the state ${quote(shorten(sent, 40))}; the answer brought ${quote(shorten(returned, 40))}, which is another value. ` +
        'A client must not accept an answer to a question that it did not ask.',
      fix: byChain
        ? {
            summary: `Find what replaces ${quote('state')} between ${server} and ${quote(response.deliveredTo)}.`,
            steps: [
              `${server} must return ${quote('state')} exactly as it was sent.`,
              'Where another server logs the user in on its behalf, that login needs a state of its own; do not pass this one through.',
            ],
          }
        : {
            summary: 'Start the login again from the application instead of from an old page.',
            steps: [
              'A page of an earlier login that was still open (another tab, the back button) answered in place of this one.',
              `Keep one entry per ${quote('state')} in the client, so that two logins at a time do not overwrite each other.`,
            ],
          },
    }
  }
  return {
    ...base,
    ...(change.title !== undefined && { title: change.title }),
    cause: `You sent the state ${quote(shorten(sent, 40))}; it came back as ${quote(shorten(returned, 40))}: ${change.how}. The client cannot recognise it and must refuse the answer.`,
    fix: {
      summary: `Find what changes ${quote('state')} between ${server} and ${quote(response.deliveredTo)}; it must come back character by character.`,
      steps: [
        'Look at gateways, rewrite rules and filters in front of the authorization server and of the callback.',
        ...(change.title !== undefined
          ? [
              `Until then use only letters, digits, ${quote('-')} and ${quote('_')} in ${quote('state')} (base64url without padding).`,
            ]
          : ['Until then keep the value short and plain, and store what it stands for in the client.']),
      ],
    },
  }
}

const REENCODED = 'The state came back in another encoding'

const changeOf = (sent: string, returned: string): { how: string; title?: string } | undefined => {
  if (normalize(sent) === normalize(returned)) {
    return { how: 'the same value, encoded or decoded once too often', title: REENCODED }
  }
  if (sent.toLowerCase() === returned.toLowerCase()) return { how: 'upper and lower case were changed' }
  if (returned !== '' && sent.startsWith(returned)) {
    return { how: `cut after ${returned.length} of ${sent.length} characters` }
  }
  if (sent.endsWith(returned)) return { how: `the first ${sent.length - returned.length} characters are missing` }
  if (returned.startsWith(sent)) return { how: `${returned.length - sent.length} characters were added at its end` }
  return undefined
}

const normalize = (text: string, rounds = 3): string => {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '))
    return decoded === text || rounds === 0 ? decoded : normalize(decoded, rounds - 1)
  } catch {
    return text
  }
}
