import { valueOf } from '../../../model/observed'
import { hasParam, param, paramValues } from '../../../model/parameters'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { missesParameter } from '../shared/server-words'
import { list, quote } from '../shared/text'
import {
  type Refusal,
  grantName,
  grantOf,
  isCodeExchange,
  redeemedElsewhere,
  refusalsOf,
  saidBy,
} from '../shared/token-calls'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const tokenRequestRefused = defineRule({
  id: 'token-request-refused',
  title: 'The token endpoint refused the request',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['token_error', 'token_unusable'],
  what: 'The token endpoint answered an error, and no rule found the reason on the wire.',
  why: 'The error code says at least which part of the request it is about, and who can change it.',
  toldApart: 'Every rule that compared something comes first; this one says what the code means and what remains.',
  silentWhen:
    'The code is `invalid_scope`, `invalid_target` or `unauthorized_client`, or `invalid_grant` for a code exchange or a refresh: those have rules of their own.',
  references: [rfc(6749, '5.2')],
  covers: [],

  check: (file) => {
    const refusals = refusalsOf(file)
    if (refusals.length === 0) return file.tokenCalls.length > 0 ? pass() : notApplicable
    const refusal = refusals[0]!
    const { call, point } = refusal
    if (hasOwnRule.has(point.error ?? '')) return notApplicable
    if (point.error === 'invalid_grant' && (isCodeExchange(call) || grantOf(call) === 'refresh_token'))
      return notApplicable
    const read = (point.error === undefined ? unseen : (meanings[point.error] ?? unknown))(file, refusal)
    const { about = [], ...said } = read
    return fail({
      confidence: 'likely',
      ...said,
      evidence: [
        statusEvidence(call.exchange),
        ...(point.error === undefined
          ? []
          : [parameterEvidence(call.response.parameters, 'error', { actual: point.error })]),
        ...about.map((name) =>
          parameterEvidence(call.parameters, name, hasParam(call.parameters, name) ? {} : { actual: 'missing' }),
        ),
      ],
    })
  },
})

const hasOwnRule = new Set(['invalid_scope', 'invalid_target', 'unauthorized_client'])

/** What an error code means for this call. */
interface Reading extends Omit<Failure, 'evidence' | 'confidence'> {
  /** Parameters of the request to show. */
  readonly about?: readonly string[]
}

type Read = (file: CaseFile, refusal: Refusal) => Reading

const clientOf = ({ call }: Refusal): string => {
  const client_id = valueOf(call.client_id)
  return client_id === undefined ? 'the client' : quote(client_id)
}

const unseen: Read = (_file, { call, point: { status } }) => ({
  ...(call.response.form.state === 'unobserved'
    ? {
        title: `The token endpoint answered ${status ?? 'an error'}; its reason was not visible`,
        cause: `The token endpoint answered ${status ?? 'an error'}. The reason is in the response body, which was not visible.`,
        fix: {
          summary:
            'Open DevTools, turn on Preserve log in the Network panel, and log in again: the body names the error.',
          steps: [
            'Read `error` and `error_description` of the token response in the Network panel.',
            'The authorization server’s log has the reason too, for this time and client.',
          ],
        },
      }
    : {
        title: `The token endpoint answered ${status ?? 'an error'} without a reason`,
        cause: `The token endpoint answered ${status ?? 'an error'}, and its body has no \`error\` that would say why.`,
        fix: {
          summary: 'Look up this request in the authorization server’s log, or in that of the gateway in front of it.',
          steps: [
            `Check that ${quote(withoutQuery(call.exchange.url))} is the token endpoint of the server’s metadata.`,
          ],
        },
      }),
  candidates:
    status === 401
      ? [
          {
            rule: 'client-secret-wrong',
            title: 'The client was not authenticated',
            check: '`invalid_client` in the body',
          },
        ]
      : isCodeExchange(call)
        ? [
            {
              rule: 'invalid-grant-undistinguished',
              title: 'The code was refused',
              check: '`invalid_grant` in the body',
            },
            redeemedElsewhere,
          ]
        : [],
})

const unknown: Read = (_file, { point }) => ({
  title: `The token endpoint answered \`${point.error}\``,
  cause: `The token endpoint refused the request: ${saidBy(point)}. The code is not one of the standard’s; its meaning is in the server’s documentation.`,
  fix: {
    summary: `Look up ${quote(point.error ?? '')} in the documentation of the authorization server.`,
    steps: ['The server’s log has the reason for this time and client.'],
  },
})

/** What token requests are made of (RFC 6749 sections 4 to 6, RFC 7636, RFC 7521, RFC 8628, RFC 8693, RFC 8707). */
const parameterNames =
  `grant_type code redirect_uri client_id client_secret code_verifier refresh_token username password scope client_assertion
  client_assertion_type assertion device_code subject_token subject_token_type resource audience`.split(/\s+/)

const namesOf = ({ call }: Refusal): readonly string[] => [...new Set(call.parameters.list.map(({ name }) => name))]

/** A parameter that the server’s words miss, and that the request does not have. */
const missedBy = ({ call, point }: Refusal): string | undefined =>
  parameterNames.find(
    (name) => missesParameter(point.error_description ?? '', name) && param(call.parameters, name).state === 'absent',
  )

const meanings: Readonly<Record<string, Read>> = {
  invalid_request: (_file, refusal) => {
    const missed = missedBy(refusal)
    if (missed !== undefined) {
      return {
        title: `The token request has no ${missed}`,
        depth: 'statement',
        cause: `The token endpoint answered ${saidBy(refusal.point)}. The request has ${list(namesOf(refusal).map(quote)) || 'no parameters'}, and no ${quote(missed)}.`,
        about: [missed],
        fix: {
          summary: `Send ${quote(missed)} in the form-encoded body of the token request.`,
          steps: ['A parameter without a value counts as one that was left out (RFC 6749 section 3.2).'],
        },
      }
    }
    const repeated = namesOf(refusal).filter(
      (name) => name !== 'resource' && name !== 'audience' && paramValues(refusal.call.parameters, name).length > 1,
    )
    return {
      title:
        repeated.length > 0
          ? `The token request repeats ${list(repeated)}`
          : 'The token endpoint found the request malformed',
      cause: `The token endpoint answered ${saidBy(refusal.point)}. ${
        repeated.length > 0
          ? `The request has ${list(repeated.map(quote))} more than once, which is not allowed.`
          : `The request has ${list(namesOf(refusal).map(quote)) || 'no parameters that could be read'}; one is missing, wrong or too many.`
      }`,
      ...(repeated.length > 0 && { depth: 'mechanism' as const }),
      about: repeated,
      fix: {
        summary:
          repeated.length > 0
            ? `Send ${list(repeated.map(quote))} once.`
            : 'Compare the parameters of the token request with what the server’s documentation asks for.',
        steps: [
          '`grant_type` and what belongs to it (`code`, `redirect_uri`, `code_verifier`; or `refresh_token`) go into a form-encoded body, each once.',
        ],
      },
    }
  },
  invalid_client: (_file, refusal) => ({
    title: 'The token endpoint did not accept the client',
    cause: `The token endpoint answered ${saidBy(refusal.point)} to ${clientOf(refusal)}, ${
      refusal.call.clientAuthentication === 'none' ? 'which sent no secret' : 'and could not authenticate it'
    }. The client is unknown there, is registered for another kind of authentication, or its credentials are wrong.`,
    fix: {
      summary: `Compare ${clientOf(refusal)} and its authentication method with the client’s registration at the server.`,
      steps: [
        'Check client_id, environment and tenant.',
        'Check whether the client is registered as public or as confidential.',
      ],
    },
  }),
  invalid_grant: (_file, refusal) => ({
    title: `The ${grantName(refusal.call)} was refused`,
    cause: `The token endpoint answered ${saidBy(refusal.point)}: what was presented is wrong, expired, revoked or of another client.`,
    ...(grantOf(refusal.call) === 'password' && {
      title: 'The user name or password was refused',
      owner: 'user' as const,
    }),
    fix: {
      summary:
        grantOf(refusal.call) === 'password'
          ? 'Check user name and password, and whether the account is locked.'
          : 'Obtain a new grant, and check for whom the old one was issued.',
      steps: ['The server’s log names the reason for this time and client.'],
    },
  }),
  unsupported_grant_type: (file, refusal) => {
    const offered = file.metadata?.document['grant_types_supported']
    const names = Array.isArray(offered) ? offered.map(String) : []
    const grant = grantOf(refusal.call)
    return {
      title: 'The server does not support this grant type',
      depth: 'statement',
      about: ['grant_type'],
      cause: `The token endpoint answered ${saidBy(refusal.point)} to \`grant_type=${grant ?? ''}\`.${names.length > 0 ? ` Its metadata offers ${list(names.map(quote))}.` : ''}`,
      fix: {
        summary:
          names.length > 0 && grant !== undefined && !names.includes(grant)
            ? `Use a grant that the server offers: ${list(names.map(quote))}.`
            : 'Enable the grant at the server, or check that the body arrives form-encoded: a server that cannot read it answers the same.',
        steps: [
          'Check the spelling of `grant_type`.',
          'The body must have `Content-Type: application/x-www-form-urlencoded`.',
        ],
      },
    }
  },
  access_denied: (_file, refusal) => ({
    title: 'The server’s policy refused the tokens',
    owner: 'authorization_server',
    depth: 'statement',
    cause: `The token endpoint answered ${saidBy(refusal.point)}: a rule, hook or policy of the server forbade it.`,
    fix: {
      summary: 'Look in the authorization server’s log for the policy that refused this user or client.',
      steps: ['Rules, actions and conditional access are evaluated when tokens are issued.'],
    },
  }),
  temporarily_unavailable: (_file, refusal) => ({
    title: 'The authorization server is unavailable for now',
    owner: 'authorization_server',
    cause: `The token endpoint answered ${saidBy(refusal.point)}.`,
    fix: { summary: 'Try again later, with growing pauses.', steps: ['Look at the server’s status and rate limits.'] },
  }),
  ...Object.fromEntries(
    [
      'interaction_required',
      'login_required',
      'consent_required',
      'mfa_required',
      'insufficient_user_authentication',
    ].map((error): [string, Read] => [
      error,
      (_file, refusal) => ({
        title: 'The server wants the user to sign in again',
        depth: 'statement',
        cause: `The token endpoint answered ${saidBy(refusal.point)}: it issues no tokens before the user has signed in or agreed once more.`,
        fix: {
          summary: 'Start an interactive login when the token endpoint answers so.',
          steps: [
            'Handle this code in the refresh: send the user to the authorization endpoint without `prompt=none`, with the `claims` of the answer if it has any.',
          ],
        },
      }),
    ]),
  ),
}
