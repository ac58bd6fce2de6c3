import type { Candidate } from '../../../model/analysis'
import { valueOf } from '../../../model/observed'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { cookiesOfLogin } from '../../facts/cookies'
import type { FailurePoint } from '../../facts/failure-points'
import { missingStatuses } from './callback-not-found'
import { type Failure, defineRule, fail, notApplicable } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { namedError, pageText } from '../shared/page-text'
import { rfc } from '../shared/references'
import { duration, hostOf, quote } from '../shared/text'

export const callbackError = defineRule({
  id: 'callback-error',
  title: 'The callback answered with an error',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['callback_error'],
  what: 'The status (and the page, when it was seen) with which the client’s server answered the authorization response.',
  why: 'The authorization server did its part. What the client’s server does next, redeeming the code above all, passes by no browser.',
  toldApart:
    'Lost cookies, an altered state and missing routes are seen and have rules of their own; what remains is listed in the order of likelihood, with a way to check each.',
  silentWhen: 'The callback went well, its route does not exist, or its page redeemed the code itself.',
  references: [rfc(6749, '4.1.3')],
  covers: ['server-session-not-shared', 'one-time-link-consumed-by-scanner'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'callback_error')
    return point && !missingStatuses.has(point.status ?? 0) ? fail(failure(file, point)) : notApplicable
  },
})

const failure = (file: CaseFile, point: FailurePoint): Failure => {
  const { exchange, status = 0 } = point
  const said = namedError(exchange) ?? point.error
  const text = pageText(exchange)
  const took = exchange.endedAt === undefined ? 0 : exchange.endedAt - exchange.startedAt
  const candidates = candidatesOf(file, point, said, took)
  const where = quote(`${exchange.method || 'GET'} ${withoutQuery(exchange.url)}`)
  const isHandover = point.message.kind === 'code_handover'
  return {
    confidence: 'certain',
    title: titleOf(status),
    ...(said !== undefined && { depth: 'statement' as const }),
    cause:
      (isHandover
        ? `The page handed its code to ${where}, which answered ${status}`
        : `The answer of the authorization server arrived, and ${where} answered ${status}`) +
      (took >= 5000 ? ` after ${duration(took)}` : '') +
      (text === undefined ? '. ' : `: “${text}”. `) +
      (said === undefined
        ? `What went wrong happened inside the client’s server or on its way to the authorization server, where no browser sees it. ${reasonsOf(candidates)}`
        : `It names ${quote(said)}: ${meaningOf(said)}.`),
    evidence: [
      statusEvidence(exchange),
      ...(text === undefined ? [] : [exchangeEvidence(exchange, 'response.body', { label: 'page', actual: text })]),
    ],
    fix: {
      summary: `Look into the log of ${hostOf(exchange.url)} at this request; it has the reason.`,
      steps: [],
    },
    candidates,
    notObservable: [
      'The token request of the client’s server: it goes from server to server.',
      ...(text === undefined ? ['The text of the error page: its body was not captured.'] : []),
    ],
  }
}

const titleOf = (status: number): string => {
  if (status >= 502 && status <= 504) return 'The server behind the callback did not answer'
  if (status === 429) return 'The callback was called too often'
  return status >= 500 ? 'The callback failed on the client’s server' : 'The client’s server refused the answer'
}

/** Nothing tells them apart from outside, so none is called the reason. */
const reasonsOf = (candidates: readonly Candidate[]): string =>
  candidates.length === 1
    ? `Most likely: ${lower(candidates[0]!.title)}.`
    : `The usual reasons, the most frequent first: ${candidates
        .slice(0, 3)
        .map(({ title }) => lower(title))
        .join('; ')}.`

const lower = (text: string) => text[0]!.toLowerCase() + text.slice(1)

const meaningOf = (error: string): string =>
  ({
    invalid_client: 'the authorization server did not accept the client’s secret or its way of authenticating',
    invalid_grant:
      'the authorization server did not accept the code, the `redirect_uri` or the verifier that came with it',
    redirect_uri_mismatch: 'the token request named another `redirect_uri` than the authorization request',
    unauthorized_client: 'the client may not use this grant',
    unsupported_grant_type: 'the authorization server did not find a grant type that it knows in the token request',
    invalid_scope: 'a requested scope was refused',
  })[error] ?? 'the token request was refused'

/** What it may be, likeliest first, as far as nothing in the recording rules it out. */
export const candidatesOf = (
  file: CaseFile,
  { exchange, status = 0 }: FailurePoint,
  said: string | undefined,
  took: number,
): readonly Candidate[] => {
  const redirectUri = valueOf(file.asked('redirect_uri'))
  const all = {
    secret: {
      rule: 'client-secret-wrong',
      title: 'The client’s secret is wrong or expired, or is sent in the wrong way',
      check:
        'The log shows `invalid_client` or 401 from the token endpoint; compare the secret with the one in the settings of the authorization server.',
    },
    redirect: {
      rule: 'redirect-uri-differs-at-token',
      title: 'The token request names another redirect_uri',
      check: `The log shows \`invalid_grant\` or \`redirect_uri_mismatch\`; the server must send ${quote(redirectUri ?? 'the same value')} again, also behind a proxy.`,
    },
    unreachable: {
      rule: 'token-endpoint-unreachable',
      title: 'The client’s server cannot reach the token endpoint',
      check:
        'Call the token endpoint from that machine with curl: a name that only the browser resolves, an untrusted certificate or a proxy are the usual reasons.',
    },
    session: {
      rule: 'server-session-not-shared',
      title: 'The server lost what it stored for this login',
      check:
        'It happens with several instances without a shared session store, after a restart, and when keys or secrets for cookies change; try with one instance.',
    },
    idToken: {
      rule: 'id-token-refused',
      title: 'The server does not accept the ID token',
      check:
        'The log speaks of issuer, audience, nonce, expiry or keys; compare the configured issuer character by character, and the clock.',
    },
    csrf: {
      rule: 'form-post-body-not-parsed',
      title: 'The callback does not take the form post',
      check: 'Its route must accept POST, read form bodies, and be exempt from the protection against forged forms.',
    },
    headers: {
      rule: 'response-header-too-large',
      title: 'The answer of the callback has more cookies than the proxy in front of it takes',
      check: 'Look into the proxy’s log for “header too big”; raise its buffer or keep the session on the server.',
    },
  } as const
  const cookieCameBack = cookiesOfLogin(file.attempt, file.world).some(({ fate }) => fate === 'came_back')
  const order: (keyof typeof all)[] =
    said === 'invalid_client' || said === 'unauthorized_client'
      ? ['secret']
      : said === 'redirect_uri_mismatch'
        ? ['redirect']
        : said === 'invalid_grant'
          ? ['redirect', 'session']
          : status >= 502 && status <= 504
            ? ['headers', 'unreachable', 'secret']
            : took >= 5000
              ? ['unreachable', 'secret', 'redirect']
              : status >= 500
                ? ['secret', 'redirect', 'unreachable', 'idToken', 'session']
                : exchange.method === 'POST' && (status === 403 || status === 415 || status === 419)
                  ? ['csrf', 'session']
                  : cookieCameBack
                    ? ['session', 'secret', 'redirect', 'idToken']
                    : ['session', 'secret', 'redirect']
  return order.map((key) => all[key])
}
