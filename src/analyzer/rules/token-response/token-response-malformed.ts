import type { TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { hasParam, paramValue } from '../../../model/parameters'
import type { FailurePoint } from '../../facts/failure-points'
import { isObject } from '../../recognition/readers'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { type Depth, type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const tokenResponseMalformed = defineRule({
  id: 'token-response-malformed',
  title: 'The token endpoint did not answer with tokens',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: ['token_unusable', 'api_refused', 'userinfo_refused'],
  what: 'The answer of the token endpoint has the status of a success and is no token response: a page, nothing, no JSON, an error, or JSON without `access_token` or `token_type`.',
  why: 'Clients parse the answer as JSON and read two members; what is in between them and the server (gateway, login wall, error page) often keeps status 200.',
  toldApart:
    'The status says success, so the reason is in the answer itself and not in the request. An error with status 200 is read like any error first.',
  silentWhen:
    'The body was not visible and its type says nothing against tokens, or the tokens were used with success.',
  references: [rfc(6749, '5.1'), rfc(6749, '5.2')],
  covers: [
    'token-response-html',
    'error-with-http-200',
    'error-form-encoded',
    'token-type-missing',
    'wrong-content-type-json',
  ],

  check: ({ tokenCalls, failurePoints, attempt }) => {
    const answered = tokenCalls.filter(({ response }) => {
      const status = valueOf(response.status)
      return status !== undefined && status < 400
    })
    if (answered.length === 0) return notApplicable
    const point = failurePoints.find(({ kind }) => kind === 'token_unusable')
    const call = point?.message.kind === 'token_request' ? point.message : answered.at(-1)!
    const fault = faultOf(call, point)
    if (fault)
      return fail({ ...fault, ...consequence(fault, attempt.apiCalls.find(({ at }) => at > call.at)?.exchange) })
    const { form } = call.response
    return form.state === 'unobserved'
      ? indeterminate(form.because)
      : pass('the token response has what a client needs')
  },
})

const consequence = (fault: Failure, next: TokenRequest['exchange'] | undefined): Partial<Failure> =>
  next?.status.state === 'present' && next.status.value >= 400
    ? { evidence: [...fault.evidence, statusEvidence(next, 'the API’s answer')] }
    : {}

type Fault = Failure & { readonly depth: Depth }

const faultOf = (call: TokenRequest, point: FailurePoint | undefined): Fault | undefined => {
  const { exchange, response } = call
  const contentType = valueOf(response.contentType)
  const status = statusEvidence(exchange)
  const type = exchangeEvidence(exchange, 'response.headers', {
    label: 'Content-Type',
    parameter: 'Content-Type',
    actual: contentType ?? 'missing',
    expected: 'application/json',
  })
  const base = { confidence: 'certain', depth: 'statement' } as const
  if (exchange.redirectUrl !== undefined) {
    return {
      ...base,
      title: 'The token endpoint redirected the call',
      cause: `The token endpoint answered with a redirect to ${quote(exchange.redirectUrl.split(/[?#]/, 1)[0]!)}. A token endpoint answers itself; something in front of it, a login wall or a moved address, does not let the call through.`,
      evidence: [
        status,
        exchangeEvidence(exchange, 'response.headers', {
          label: 'Location',
          parameter: 'Location',
          actual: exchange.redirectUrl.split(/[?#]/, 1)[0]!,
        }),
      ],
      fix: elsewhere(call),
    }
  }
  const form = valueOf(response.form) ?? (contentType?.includes('html') ? 'html' : undefined)
  if (form === 'html') {
    return {
      ...base,
      title: 'The token endpoint answered with an HTML page',
      cause: `${quote(withoutQuery(exchange.url))} answered with a page (${quote(contentType ?? 'no Content-Type')}) where the client expects JSON with tokens.`,
      evidence: [type, status],
      fix: elsewhere(call),
    }
  }
  if (form === 'empty') {
    return {
      ...base,
      title: 'The token endpoint answered with nothing',
      cause: `${quote(withoutQuery(exchange.url))} answered ${status.actual} with an empty body where the client expects JSON with tokens.`,
      evidence: [
        exchangeEvidence(exchange, 'response.body', {
          label: 'body',
          actual: 'empty',
          expected: 'JSON with access_token and token_type',
        }),
        status,
      ],
      fix: elsewhere(call),
    }
  }
  const error = paramValue(response.parameters, 'error')
  if (error !== undefined) {
    const description = paramValue(response.parameters, 'error_description')
    return {
      ...base,
      depth: 'symptom',
      title: 'The token endpoint answered an error with the status of a success',
      cause: `The token endpoint refused the request with ${quote(error)}${description === undefined ? '' : ` (“${description}”)`}, but with status ${status.actual}. A client that goes by the status takes the error for tokens.`,
      evidence: [parameterEvidence(response.parameters, 'error'), status],
      fix: {
        summary: `Deal with ${quote(error)}, and look at the body as well as at the status.`,
        steps: [
          'Treat an answer with an `error` member as a failure, whatever its status.',
          'The server should answer 400, or 401 for invalid_client; some products answer 200 by design.',
        ],
      },
    }
  }
  if (form === 'form' || (form === undefined && contentType === 'application/x-www-form-urlencoded')) {
    if (!point) return undefined
    return {
      ...base,
      confidence: 'likely',
      title: 'The token endpoint answered form-encoded, not with JSON',
      cause: `The tokens came as ${quote(contentType ?? 'form data')}. After that the client did nothing more, as clients do that read JSON only.`,
      evidence: [type, status],
      fix: {
        summary: 'Ask for JSON with `Accept: application/json`, or read the answer as form data.',
        steps: [
          'Some servers answer form-encoded unless the request carries `Accept: application/json`.',
          'Otherwise make the server, or the gateway in front of it, answer with JSON.',
        ],
      },
    }
  }
  if (form === undefined) return undefined
  if (form !== 'json') {
    return {
      ...base,
      title: 'The token endpoint did not answer with JSON',
      cause: `The answer is ${form === 'jwt' ? 'a bare JWT' : 'text that is no JSON'} (${quote(contentType ?? 'no Content-Type')}); the client expects a JSON object with access_token and token_type.`,
      evidence: [type, status],
      fix: elsewhere(call),
    }
  }
  const missing = ['access_token', 'token_type'].filter((name) => !hasParam(response.parameters, name))
  if (missing.length === 0 && contentType !== undefined && !contentType.includes('json')) {
    return {
      ...base,
      confidence: 'likely',
      ...(!point && { category: 'conformance' as const, severity: 'warning' as const }),
      title: 'The tokens came as JSON, but not labelled as JSON',
      cause: `The answer holds tokens in JSON, but its type is ${quote(contentType)}.${point ? ' After that the client did nothing more, as libraries do that go by the type.' : ''}`,
      evidence: [type, status],
      fix: {
        summary: 'Make the token endpoint answer with `Content-Type: application/json`.',
        steps: ['Look at the gateway or function in front of the server: it may set a type of its own.'],
      },
    }
  }
  if (missing.length === 0) return undefined
  const nested = Object.entries(valueOf(response.json) ?? {}).find(
    ([, value]) => isObject(value) && 'access_token' in value,
  )?.[0]
  return {
    ...base,
    title: `The token response has no ${missing.join(' and no ')}`,
    cause: `The token endpoint answered ${status.actual} with JSON that has ${list(response.parameters.list.map(({ name }) => quote(name)))}, but no ${missing.map(quote).join(' and no ')}. ${nested === undefined ? 'The client puts the missing value into the Authorization header of its calls, or gives up.' : `The tokens are inside of ${quote(nested)}, where clients do not look.`}`,
    evidence: [
      parameterEvidence(response.parameters, missing[0]!, {
        actual: 'missing',
        expected: missing[0] === 'token_type' ? 'Bearer' : 'a token',
      }),
      status,
    ],
    fix: {
      summary: `Make the token endpoint answer with ${missing.map(quote).join(' and ')}.`,
      steps: [
        missing.includes('token_type')
          ? 'The server, or the gateway that rewrites its answer, must keep `token_type` (usually `Bearer`).'
          : 'The server, or the gateway that rewrites its answer, must keep `access_token` at the top of the JSON object.',
        ...(missing.includes('token_type')
          ? ['Until then let the client assume `Bearer` where the member is missing.']
          : []),
      ],
    },
  }
}

const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0]!

const elsewhere = (call: TokenRequest) => ({
  summary: `Check what answers at ${quote(withoutQuery(call.exchange.url))}.`,
  steps: [
    'Compare the address with `token_endpoint` in the server’s metadata.',
    'A gateway, proxy or login wall in front of the server must let the token call through unchanged.',
  ],
})
