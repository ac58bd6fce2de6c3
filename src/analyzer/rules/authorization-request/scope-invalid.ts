import type { Evidence } from '../../../model/analysis'
import { type Observed, absent, valueOf } from '../../../model/observed'
import { type Parameters, param, paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { askedOf, rejectionOf, successesOfClient } from '../../facts/rejection'
import { type Failure, type Verdict, defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote, shorten } from '../shared/text'

export const scopeInvalid = defineRule({
  id: 'scope-invalid',
  title: 'The server does not grant a scope that was asked for',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: [
    'authorization_error:invalid_scope',
    'authorization_error:invalid_client',
    'authorization_error:invalid_request',
    'authorization_page',
    'pushed_error',
    'token_error:invalid_scope',
    'device_error:invalid_scope',
  ],
  what: 'The server answered `invalid_scope`, or refused a request whose scope is not a list separated by spaces. The scopes are compared with the metadata, with what the answer names, and with the last login of this client that worked.',
  why: 'A scope has to exist at the server and be allowed for this client; one wrong separator turns several scopes into one that nobody knows.',
  toldApart:
    'A malformed list is the client’s fault; a well-formed one that is refused is a matter of the server’s settings, unless its metadata does not have the scope at all.',
  silentWhen: 'The server granted the request; some servers do read commas.',
  references: [rfc(6749, '3.3'), rfc(6749, '4.1.2.1')],
  covers: [
    'scope-comma-separated',
    'scope-plus-double-encoded',
    'scope-concatenated',
    'scope-unknown-or-not-allowed',
    'multi-resource-scopes',
  ],

  check(file) {
    const asked = refusedScope(file)
    if (!asked) return file.response ? pass('the server took the scope') : notApplicable
    const { parameters, point } = asked
    const sent = param(parameters, 'scope')
    const told = point.error === 'invalid_scope'
    if (sent.state !== 'present') return told ? fail(withoutScope(parameters, point)) : notApplicable
    const defect = defectOf(sent.value)
    if (!told) {
      const possible =
        point.error === 'invalid_client' ||
        point.error === 'invalid_request' ||
        (point.error_description !== undefined && /scope/i.test(point.error_description))
      return defect && possible ? fail(malformed(parameters, point, sent.value, defect)) : pass()
    }
    return defect ? fail(malformed(parameters, point, sent.value, defect)) : refused(file, asked, sent.value)
  },
})

interface Asked {
  readonly parameters: Parameters
  readonly point: FailurePoint
  /** The words of an error page. */
  readonly text?: Observed<string>
}

const refusedScope = (file: CaseFile): Asked | undefined => {
  const rejection = rejectionOf(file)
  if (rejection) return rejection
  const point = file.failurePoints.find(
    ({ kind, error }) => (kind === 'token_error' || kind === 'device_error') && error === 'invalid_scope',
  )
  if (!point || !('parameters' in point.message)) return undefined
  const own = point.message.parameters
  const isRefresh = paramValue(own, 'grant_type') === 'refresh_token'
  return isRefresh ? undefined : { parameters: own, point }
}

interface Defect {
  readonly title: string
  readonly says: string
  readonly instead: string
}

const defectOf = (scope: string): Defect | undefined => {
  if (/^\s*\[.*\]\s*$/s.test(scope)) {
    return {
      title: 'The scope is a list in brackets',
      says: 'It was sent as an array in text form',
      instead: scope
        .replaceAll(/[[\]"']/g, '')
        .split(/[\s,]+/)
        .filter(Boolean)
        .join(' '),
    }
  }
  if (/[^\s,;][,;]\s*[^\s,;]/.test(scope)) {
    return {
      title: 'The scopes are separated by commas',
      says: 'Its scopes are separated by commas, so the server reads them as one name',
      instead: scope
        .split(/[\s,;]+/)
        .filter(Boolean)
        .join(' '),
    }
  }
  if (/[^\s+]\+[^\s+]/.test(scope)) {
    return {
      title: 'The scopes are joined by plus signs that were encoded',
      says: 'They were joined with `+` and then encoded as `%2B`, so the server reads them as one name',
      instead: scope
        .split(/[\s+]+/)
        .filter(Boolean)
        .join(' '),
    }
  }
  const glued = /[^\s](?=https?:\/\/)/.exec(scope.replaceAll(/(^|\s)https?:\/\//g, '$1'))
  if (glued) {
    return {
      title: 'Two scopes are glued together',
      says: 'A space is missing between two of its scopes',
      instead: scope.replaceAll(/([^\s])(?=https?:\/\/)/g, '$1 '),
    }
  }
  return undefined
}

const answerEvidence = (point: FailurePoint): Evidence =>
  point.message.kind === 'authorization_response'
    ? parameterEvidence(point.message.parameters, 'error')
    : statusEvidence(point.exchange)

const answerText = ({ error, status, error_description }: FailurePoint): string =>
  (error === undefined ? `answered status ${status}` : `answered ${quote(error)}`) +
  (error_description === undefined ? '' : `: “${shorten(error_description, 160)}”`)

const malformed = (parameters: Parameters, point: FailurePoint, sent: string, defect: Defect): Failure => ({
  title: defect.title,
  depth: 'mechanism',
  owner: 'client',
  confidence: point.error === undefined ? 'likely' : 'certain',
  cause: `The request asks for scope ${quote(sent)}. ${defect.says}; it ${answerText(point)}.`,
  evidence: [parameterEvidence(parameters, 'scope', { expected: defect.instead }), answerEvidence(point)],
  fix: {
    summary: `Send ${quote(defect.instead)} as scope: names separated by single spaces.`,
    steps: ['Join the configured scopes with a space, and let the URL encoding happen once, afterwards.'],
  },
})

const withoutScope = (parameters: Parameters, point: FailurePoint): Failure => ({
  title: 'The request names no scope',
  depth: 'mechanism',
  owner: 'client',
  confidence: 'certain',
  cause: `The request has no scope and the server has no default for this client; it ${answerText(point)}.`,
  evidence: [parameterEvidence(parameters, 'scope', { actual: 'missing' }), answerEvidence(point)],
  fix: {
    summary: 'Send the scope that the application needs.',
    steps: ['For a login with OpenID Connect it has `openid` in it.'],
  },
})

/** The scopes the server may have meant, by the best that tells: its answer, its metadata, the last good login. */
const refused = (file: CaseFile, { parameters, point, text = absent }: Asked, sent: string): Verdict => {
  const scopes = sent.split(/\s+/).filter(Boolean)
  const answer =
    point.message.kind === 'authorization_response' ? paramValue(point.message.parameters, 'scope') : undefined
  const words = new Set(
    `${answer ?? ''} ${point.error_description ?? valueOf(text) ?? ''}`
      .split(/[\s,;'"`()[\]]+/)
      .map((word) => word.replace(/[.:]$/, '')),
  )
  const named = scopes.filter((scope) => words.has(scope))
  const supported = file.metadata?.document['scopes_supported']
  const unknown =
    Array.isArray(supported) && named.length === 0 ? scopes.filter((scope) => !supported.includes(scope)) : []
  const worked = successesOfClient(file)
    .map((success) => askedOf(success, 'scope'))
    .find((scope) => scope !== undefined)
  const added = worked === undefined ? [] : scopes.filter((scope) => !worked.split(/\s+/).includes(scope))
  const suspects = named.length > 0 ? named : unknown.length > 0 ? unknown : added
  const client = file.client_id === undefined ? 'this client' : `client ${quote(file.client_id)}`
  const rest = scopes.filter((scope) => !suspects.includes(scope)).join(' ')
  const reason =
    named.length > 0
      ? `Its answer names ${list(named.map(quote))}.`
      : unknown.length > 0
        ? `Its metadata does not list ${list(unknown.map(quote))}.`
        : added.length > 0
          ? `New since the last login of this client that worked: ${list(added.map(quote))}.`
          : 'It does not say which of them.'
  return fail({
    ...((named.length > 0 || unknown.length > 0 || added.length > 0) && { depth: 'mechanism' as const }),
    confidence: 'certain',
    owner: unknown.length > 0 ? 'client' : 'authorization_server',
    cause: `The request asks for scope ${quote(sent)}; the server ${answerText(point)}. ${reason}`,
    evidence: [
      parameterEvidence(parameters, 'scope', rest !== '' && suspects.length > 0 ? { expected: rest } : {}),
      answerEvidence(point),
    ],
    fix: {
      summary:
        suspects.length > 0
          ? `Allow ${list(suspects.map(quote))} for ${client}, or leave it out of the request.`
          : `Ask only for scopes that are allowed for ${client}.`,
      steps: [
        `In the server’s settings of ${client}, add the scope to those it may ask for; define it first if it is new.`,
        'Scopes of several APIs need one request each at servers that issue a token for one API only.',
        ...(rest !== '' && suspects.length > 0 ? [`Without it the request would be scope ${quote(rest)}.`] : []),
      ],
    },
    ...(suspects.length > 0 && { consoleValue: suspects.join(' ') }),
  })
}
