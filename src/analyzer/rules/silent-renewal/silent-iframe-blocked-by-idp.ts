import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { originOf, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { bodyText } from '../../recognition/readers'
import { type FrameRefusal, frameRefusalOf } from '../../facts/framing'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { link, oidcCore } from '../shared/references'
import { quote } from '../shared/text'

export const silentFrameBlocked = defineRule({
  id: 'silent-iframe-blocked-by-idp',
  title: 'The authorization server does not let itself be framed',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['authorization_unreachable', 'authorization_page', 'not_answered', 'callback_unreachable'],
  what: 'The last document of a hidden frame, and whether its X-Frame-Options or `frame-ancestors` refuses the page around it.',
  why: 'The browser shows nothing in the frame and tells the page nothing; the library ends with a timeout.',
  toldApart:
    'What was refused decides: a page of the server, an error page (the request is wrong), or the client’s own callback. A request without `prompt=none` asks for a page and is its own fault.',
  silentWhen: 'The login ran in a whole tab, or the document allows the frame.',
  references: [
    link(
      'frame-ancestors (MDN)',
      'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/frame-ancestors',
    ),
    oidcCore('3.1.2.1', 'AuthRequest'),
  ],
  covers: ['silent-iframe-blocked-by-idp', 'silent-redirect-uri-not-registered', 'silent-callback-blocked-by-app'],

  check(file) {
    const { request } = file
    if (!request || request.exchange.parentFrameId < 0) return notApplicable
    const point = file.failurePoints[0]
    if (!point) return pass('the frame was shown')
    const silent = paramValue(request.parameters, 'prompt')?.split(' ').includes('none') ?? false
    if (!silent && point.kind !== 'callback_unreachable') return pass('the request lets the server show a page')
    const embedder = request.exchange.initiator ?? paramValue(request.parameters, 'redirect_uri')
    const refusal = frameRefusalOf(point.exchange, embedder)
    return refusal ? fail(failure(file, point, refusal, embedder)) : pass('no header forbids the frame')
  },
})

const failure = (
  file: CaseFile,
  { message, exchange, error, status = 0 }: FailurePoint,
  refusal: FrameRefusal,
  embedder: string | undefined,
): Failure => {
  const request = file.request!
  const page = originOf(embedder ?? '') ?? 'the application'
  const evidence = [
    exchangeEvidence(exchange, 'response.headers', {
      label: refusal.header,
      actual: refusal.value,
      expected: `${page} allowed`,
      parameter: refusal.header.toLowerCase(),
    }),
    exchangeEvidence(exchange, 'request.url', { label: 'refused', actual: withoutQuery(exchange.url) }),
  ] as const
  const refused = `${quote(withoutQuery(exchange.url))} says ${quote(`${refusal.header}: ${refusal.value}`)}, so the browser shows nothing of it in a frame of ${page}`
  if (message.kind === 'authorization_response') {
    return {
      title: 'The client’s own callback does not let itself be framed',
      owner: 'client',
      confidence: 'certain',
      cause: `The server answered the silent request${error === undefined ? '' : ` with ${quote(error)}`}, and ${refused}.`,
      evidence,
      fix: {
        summary: `Send ${quote("Content-Security-Policy: frame-ancestors 'self'")} on ${quote(withoutQuery(exchange.url))}.`,
        steps: [
          'Leave X-Frame-Options off that page, or set it to SAMEORIGIN.',
          'Use a small page of its own for silent renewals; all others keep the stricter headers.',
        ],
      },
    }
  }
  if (status >= 400 || error !== undefined) {
    const isEmpty =
      valueOf(header(exchange.responseHeaders, 'content-length')) === '0' ||
      valueOf(bodyText(exchange.responseBody)) === ''
    return {
      title: 'The silent request led to an error page',
      owner: 'client',
      depth: 'symptom',
      confidence: 'certain',
      cause: `The server answered the silent request with ${error === undefined ? status : quote(error)}${isEmpty ? ' and nothing more' : ' and a page'}, and ${refused}.${isEmpty ? '' : ' The frame hides what that page says.'}`,
      evidence,
      fix: {
        summary: 'Open the authorization URL of the silent request in a tab, and read the error there.',
        steps: [
          `Most often the ${quote('redirect_uri')} of the silent renewal is not registered: ${quote(file.redirect_uri ?? 'compare it')}.`,
          ...(file.client_id === undefined
            ? []
            : [`Or the server does not know the ${quote('client_id')}: ${quote(file.client_id)}.`]),
        ],
      },
    }
  }
  return {
    confidence: 'certain',
    cause: `The silent request ended on a page of the server, and ${refused}. The application waits for an answer that cannot come.`,
    evidence,
    fix: {
      summary: 'Renew with a refresh token instead of a hidden frame.',
      steps: [
        `Or allow ${page} in ${quote('frame-ancestors')} of the authorization server, where it has a setting for that.`,
        ...(withoutQuery(exchange.url) === withoutQuery(request.exchange.url)
          ? []
          : [
              `With ${quote('prompt=none')} the server should have answered with an error instead of its page; look whether a rule or a domain redirect leads elsewhere.`,
            ]),
      ],
    },
  }
}
