import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { readJwt } from '../../../model/jwt'
import type { CaseFile } from '../../facts/case-file'
import { isOk } from '../../facts/failure-points/point'
import { bearerOf, emptyTokens } from '../../recognition/api-call'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { type RefusedCall, challengeEvidence, refusedByApi, refusedCalls } from '../shared/presented-token'
import { rfc } from '../shared/references'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const authorizationHeaderMalformed = defineRule({
  id: 'authorization-header-malformed',
  title: 'The Authorization header is malformed',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: refusedByApi,
  what: 'The Authorization header of a refused API call: scheme missing or doubled, quotes, white space, encoding, a placeholder, or no token at all.',
  why: 'The header is `Bearer`, one space, the token, and nothing else. APIs often answer such headers as if no token had been sent.',
  toldApart: 'A well-formed header passes, whatever the token in it is worth.',
  silentWhen: 'The API accepted the call, or the call had no Authorization header.',
  references: [rfc(6750, '2.1'), rfc(9110, '11.6.2')],
  covers: ['bearer-malformed'],

  check(file) {
    const calls = refusedCalls(file)
    if (calls.length === 0) return notApplicable
    const found = calls.flatMap((call): Failure[] => {
      const fault = faultOf(file, call)
      return fault ? [failure(call, fault)] : []
    })
    if (found[0]) return fail(found[0])
    if (calls.every(({ call }) => call.exchange.requestHeaders.state === 'unobserved')) {
      return indeterminate('headers-not-captured')
    }
    return calls.some(({ call }) => call.tokenIn === 'header')
      ? pass('the Authorization header is a scheme, one space and a token')
      : notApplicable
  },
})

/** What is wrong, the header’s shape without the token, and what to do about it. */
interface Fault {
  readonly title: string
  readonly shape: string
  readonly because: string
  readonly fix: string
}

const faultOf = (file: CaseFile, { call }: RefusedCall): Fault | undefined => {
  const raw = valueOf(header(call.exchange.requestHeaders, 'authorization'))
  if (raw === undefined || raw.trim() === '') return undefined
  const [, scheme = '', gap = '', rest = ''] = /^(\S+)(\s*)(.*)$/s.exec(raw.trim()) ?? []
  const named = /^(bearer|dpop)$/i.test(scheme)
  if (named && emptyTokens.has(rest)) {
    return {
      title: 'The API call carried no token behind its scheme',
      shape: `${scheme} ${rest}`.trim(),
      because: rest === '' ? 'there is no token behind the scheme' : `${rest} stands in the token’s place`,
      fix: 'Wait for the token before calling the API (a missing `await` gives `[object Promise]`), and do not call it while there is none.',
    }
  }
  if (/^(bearer|dpop)\s+(bearer|dpop)\b/i.test(raw)) {
    return {
      title: 'The Authorization header names its scheme twice',
      shape: `${scheme} ${scheme} <token>`,
      because: 'the scheme is there twice',
      fix: 'Add the scheme in one place: the stored token or the interceptor already has it.',
    }
  }
  if (named && /["'“”]/.test(rest)) {
    return {
      title: 'The token is sent in quotes',
      shape: `${scheme} "<token>"`,
      because: 'the token is in quotes',
      fix: 'Parse what was stored with JSON.stringify before it is used, or store the token as it is.',
    }
  }
  if (named && (gap.length > 1 || gap !== ' ' || /\s/.test(rest))) {
    return {
      title: 'The Authorization header has white space too much',
      shape: gap.length > 1 ? `${scheme}${'␣'.repeat(gap.length)}<token>` : `${scheme} <token>␣…`,
      because:
        gap.length > 1 ? `${gap.length} spaces stand between scheme and token` : 'there is white space in the token',
      fix: 'Put exactly one space between scheme and token, and trim the token.',
    }
  }
  if (/^(bearer|dpop)[:=%]/i.test(raw) || (named && /%[0-9A-F]{2}|^[[{]/i.test(rest))) {
    return {
      title: 'The Authorization header is encoded or punctuated',
      shape: `${raw.slice(0, /[:=%[{]/.exec(raw)!.index + 1)}…`,
      because: 'something else than one space stands between scheme and token, or the token is encoded',
      fix: 'Send the token as it was issued: no colon after the scheme, no URL encoding, no JSON around it.',
    }
  }
  if (named && isForeign(file, rest)) {
    return {
      title: 'What stands in the place of the token is none',
      shape: `${scheme} <placeholder>`,
      because: 'the value has characters that tokens do not have, and it is not one that was issued here',
      fix: 'Find what should have put the token into this call: a service worker that knows only some hosts, an interceptor, a template.',
    }
  }
  const bare = raw.trim().replaceAll(/^["']|["']$/g, '')
  if (!named && isToken(file, bare)) {
    return {
      title: 'The Authorization header has no scheme',
      shape: '<token>',
      because: 'it holds the bare token, without a scheme ahead of it',
      fix: 'Put `Bearer ` ahead of the token.',
    }
  }
  if (!named && isToken(file, rest)) {
    return {
      title: `The Authorization header has the scheme “${scheme}”`,
      shape: `${scheme} <token>`,
      because: `the token is sent under the scheme \`${scheme}\``,
      fix: 'Use `Bearer` as scheme; `undefined` there means that token_type was missing where the header is built.',
    }
  }
  return undefined
}

/** The page of a service worker that keeps the tokens to itself holds placeholders, which the worker replaces on the way. */
const isForeign = (file: CaseFile, text: string): boolean =>
  isOdd(file, text) &&
  !isToken(file, text) &&
  ![...file.world.known.accessTokens].some((token) => isOdd(file, token)) &&
  !file.world.messages.some(
    (message) => message.kind === 'api_call' && isOk(message.exchange) && valueOf(bearerOf(message)) === text,
  )

const isOdd = (file: CaseFile, text: string): boolean =>
  ['visible', 'other'].includes(file.world.values.charsetOf(text))

const isToken = (file: CaseFile, text: string): boolean =>
  file.world.known.accessTokens.has(text) || readJwt(text) !== undefined

const failure = (refused: RefusedCall, fault: Fault): Failure => ({
  title: fault.title,
  cause:
    `${callText(refused.call.exchange)} was sent with the header \`Authorization: ${fault.shape}\`: ${fault.because}. ` +
    `The server answered ${refused.point.status}.`,
  evidence: [
    exchangeEvidence(refused.call.exchange, 'request.headers', {
      label: 'Authorization',
      parameter: 'Authorization',
      actual: fault.shape,
      expected: 'Bearer <token>',
    }),
    statusEvidence(refused.call.exchange),
    ...challengeEvidence(refused),
  ],
  confidence: 'certain',
  fix: { summary: fault.fix, steps: ['The header has to read `Authorization: Bearer <token>`.'] },
})
