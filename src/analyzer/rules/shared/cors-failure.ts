import type { Evidence, Owner } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import { headerValues } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { type CorsJudgement, type CorsReason, judgeCors } from '../../facts/cors'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import type { Depth, Failure } from '../rule'
import { type Endpoint, callText, capitalize, endpointOf, hostOf } from './endpoint'
import { exchangeEvidence, statusEvidence } from './evidence'
import { list, quote } from './text'

type Refused = Extract<CorsJudgement, { state: 'refused' }>

export const preflightOf = (file: CaseFile, exchange: HttpExchange): HttpExchange | undefined =>
  exchange.preflight === undefined ? undefined : file.world.exchange(exchange.preflight)

export const corsOf = (file: CaseFile, { exchange }: FailurePoint): CorsJudgement =>
  judgeCors(exchange, preflightOf(file, exchange))

/** The finding for an answer that the browser kept from the page, or a request that it did not send. */
export const corsFailure = (point: FailurePoint, refused: Refused): Failure => {
  const { exchange } = point
  const { name, owner } = endpointOf(point)
  const { reason, origin, at } = refused
  const masked = point.status !== undefined && point.status >= 400 && at === exchange
  return {
    title: masked
      ? `${capitalize(name)} answered ${point.status}, and CORS hides the answer from your page`
      : preflightKinds.has(reason.kind)
        ? `The browser’s question ahead of the call to ${name} (preflight) was refused`
        : `${capitalize(name)} does not let your page read its answer (CORS)`,
    cause: masked ? maskedCause(point, origin, reason) : `${what(exchange, reason)} ${consequence(reason, origin)}`,
    evidence: evidence(refused, exchange),
    confidence: refused.certain ? 'certain' : 'likely',
    owner: ownerOf(reason, owner),
    depth: depthOf(point, masked),
    // With the real error known, the missing header is one more thing to put right, and broke nothing.
    ...(masked && point.error !== undefined && { category: 'conformance' as const, severity: 'warning' as const }),
    fix: fixOf(reason, origin, endpointOf(point), masked),
    consoleValue: origin,
    ...(masked &&
      point.error === undefined && {
        notObservable: [
          'The body with the reason: browsers keep it from the page and from extensions. Send the same request with curl, or read the server’s log.',
        ],
      }),
  }
}

/** A refusal that hides an error is the smaller part of the truth wherever the error itself is known. */
const depthOf = (point: FailurePoint, masked: boolean): Depth => {
  if (!masked) return 'mechanism'
  const isTokenCall = point.message.kind === 'token_request'
  return isTokenCall && point.error === undefined && (point.status === 400 || point.status === 401)
    ? 'statement'
    : 'symptom'
}

const preflightKinds: ReadonlySet<CorsReason['kind']> = new Set([
  'preflight-status',
  'preflight-unseen',
  'header-not-allowed',
  'method-not-allowed',
])

const maskedCause = (point: FailurePoint, origin: string, reason: CorsReason): string => {
  const said = point.error === undefined ? '' : ` with \`${point.error}\``
  const why =
    reason.kind === 'no-allow-origin'
      ? 'That answer has no `Access-Control-Allow-Origin`'
      : what(point.exchange, reason)
  return (
    `${callText(point.exchange)} answered ${point.status}${said}. ${why.replace(/\.$/, '')}, so the browser kept it from ${quote(origin)}: ` +
    'the script sees a network error (“Failed to fetch”) in place of the real one.'
  )
}

const what = (exchange: HttpExchange, reason: CorsReason): string => {
  const call = callText(exchange)
  switch (reason.kind) {
    case 'preflight-status':
      return `Ahead of ${call} the browser asks with OPTIONS whether it may${reason.because.length > 0 ? ` send ${list(reason.because.map(quote))}` : ''}. That was answered ${reason.status}; only 2xx is a yes.`
    case 'preflight-unseen':
      return `${call} carries ${list(reason.because.map(quote))}, so the browser has to ask with OPTIONS first, and then it reported a failure without an answer.`
    case 'header-not-allowed':
      return `Ahead of ${call} the browser asked whether it may send ${list(reason.names.map(quote))}, and \`Access-Control-Allow-Headers\` of the answer does not name ${reason.names.length > 1 ? 'them' : 'it'}.`
    case 'method-not-allowed':
      return `Ahead of ${call} the browser asked whether it may use ${reason.method}, and \`Access-Control-Allow-Methods\` of the answer does not name it.`
    case 'no-allow-origin':
      return `The answer to ${call} has no \`Access-Control-Allow-Origin\`.`
    case 'other-origin':
      return `The answer to ${call} allows ${quote(reason.allowed)}, which is not the page’s origin character by character.`
    case 'several-origins':
      return `The answer to ${call} says \`Access-Control-Allow-Origin: ${reason.allowed.replaceAll(/\s*[\n,]\s*/g, ', ')}\`; browsers accept one value only.`
    case 'wildcard-with-credentials':
      return `The request goes with cookies (credentials), and the answer to ${call} allows \`*\`, which browsers do not accept then.`
    case 'credentials-not-allowed':
      return `The request goes with cookies (credentials), and the answer to ${call} does not say \`Access-Control-Allow-Credentials: true\`.`
  }
}

const consequence = ({ kind }: CorsReason, origin: string): string =>
  preflightKinds.has(kind)
    ? `The request of ${quote(origin)} was not sent; the script sees “Failed to fetch”.`
    : `The browser therefore kept it from ${quote(origin)}; the script sees “Failed to fetch”.`

/** Credentials and headers that nobody needs are the page's to drop; the rest is the server's to allow. */
const ownerOf = (reason: CorsReason, owner: Owner): Owner => {
  if (reason.kind === 'wildcard-with-credentials' || reason.kind === 'credentials-not-allowed') return 'client'
  const names =
    reason.kind === 'header-not-allowed' ? reason.names : reason.kind === 'preflight-unseen' ? reason.because : []
  return names.length > 0 && !names.some((name) => ofTheCall.test(name)) ? 'client' : owner
}

/** What the call itself needs, and with what client libraries name themselves: no setting leaves those out. */
const ofTheCall =
  /^(authorization|content-type|dpop|x-requested-with|mcp-protocol-version|auth0-client|x-client-\w+|x-[\w-]*user-agent[\w-]*)$/i

const fixOf = (reason: CorsReason, origin: string, { name, owner }: Endpoint, masked: boolean): Failure['fix'] => {
  const allow =
    owner === 'authorization_server'
      ? `Allow the origin ${quote(origin)} for this client at ${name} (often called web origins, allowed origins or CORS origins; no path, no trailing slash).`
      : `Allow the origin ${quote(origin)} in the CORS settings of ${name}, for errors too.`
  switch (reason.kind) {
    case 'preflight-status':
      return {
        summary: `Let ${name} answer OPTIONS with 2xx and the CORS headers, before any check of credentials.`,
        steps: [
          'A gateway or firewall in front often refuses OPTIONS: exempt it there.',
          'Or make the preflight unnecessary: leave out headers that the call does not need, such as those of tracing libraries.',
          allow,
        ],
      }
    case 'preflight-unseen':
    case 'header-not-allowed': {
      const names = reason.kind === 'header-not-allowed' ? reason.names : reason.because
      // A call cannot do without its own headers; others may have been added by an interceptor.
      const needed = names.some((one) => ofTheCall.test(one))
      const allow = `Allow ${list(names.map(quote))} at ${name}: \`Access-Control-Allow-Headers: ${names.join(', ')}\` in the answer to OPTIONS`
      if (needed) {
        return {
          summary: `${allow}.`,
          steps: names.some((one) => /^authorization$/i.test(one))
            ? ['`*` does not cover Authorization: name it.']
            : [
                'Or leave the header out, where the client library has a setting for that or an interceptor of yours adds it.',
              ],
        }
      }
      return {
        summary: `Do not send ${list(names.map(quote))} to ${name}, or have it allowed there.`,
        steps: [
          'Look for interceptors and tracing or monitoring libraries that add headers to every request, and exempt this host.',
          `If the call needs it: \`Access-Control-Allow-Headers: ${names.join(', ')}\` in the answer to OPTIONS.`,
        ],
      }
    }
    case 'method-not-allowed':
      return { summary: `Add ${reason.method} to \`Access-Control-Allow-Methods\` at ${name}.`, steps: [] }
    case 'wildcard-with-credentials':
    case 'credentials-not-allowed':
      return {
        summary: 'Send the request without credentials (`credentials: "omit"`, `withCredentials = false`).',
        steps: [
          `If the call needs cookies: answer \`Access-Control-Allow-Origin: ${origin}\` and \`Access-Control-Allow-Credentials: true\`.`,
        ],
      }
    case 'several-origins':
      return {
        summary: `Let one party alone send \`Access-Control-Allow-Origin\` for ${name}, with the value ${quote(origin)}.`,
        steps: ['Usually the server and the gateway in front of it both add the header: switch it off in one of them.'],
      }
    default:
      return {
        summary: allow,
        steps: [
          ...(masked
            ? [
                'Then the real error is shown to the script; fix that one. Sending the same request with curl shows it now.',
                'Servers often add the header only once they know the client: an unknown client, a client that must authenticate, or an origin that is not allowed for it, all look like this.',
              ]
            : [
                `If a gateway or proxy stands in front of ${name}, check that it passes the header on, for errors too.`,
              ]),
        ],
      }
  }
}

const evidence = ({ at, reason, origin }: Refused, exchange: HttpExchange): Failure['evidence'] => {
  const sent = valueOf(at.responseHeaders)
  const allowed = sent ? headerValues(sent, 'access-control-allow-origin') : []
  const status = statusEvidence(at, at === exchange ? 'status' : 'status of OPTIONS')
  const header = (label: string, expected: string, actual: readonly string[]): Evidence =>
    exchangeEvidence(at, 'response.headers', {
      label,
      parameter: label,
      actual: actual.length > 0 ? actual.join(', ') : 'not in the answer',
      expected,
    })
  if (reason.kind === 'preflight-status') return [status, ...errorEvidence(exchange)]
  if (reason.kind === 'preflight-unseen') return [statusEvidence(exchange)]
  if (reason.kind === 'header-not-allowed') {
    return [
      header(
        'Access-Control-Allow-Headers',
        reason.names.join(', '),
        sent ? headerValues(sent, 'access-control-allow-headers') : [],
      ),
      status,
    ]
  }
  if (reason.kind === 'method-not-allowed') {
    return [
      header(
        'Access-Control-Allow-Methods',
        reason.method,
        sent ? headerValues(sent, 'access-control-allow-methods') : [],
      ),
      status,
    ]
  }
  return [header('Access-Control-Allow-Origin', origin, allowed), status, ...errorEvidence(exchange)]
}

const errorEvidence = (exchange: HttpExchange): readonly Evidence[] =>
  exchange.error === undefined
    ? []
    : [
        exchangeEvidence(exchange, 'response.error', {
          label: `error of ${hostOf(exchange.url)}`,
          actual: exchange.error,
        }),
      ]
