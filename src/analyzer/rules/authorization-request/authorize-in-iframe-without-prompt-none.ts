import { header, headerValues } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { param } from '../../../model/parameters'
import { originOf, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { transportKindOf } from '../../facts/transport'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { oidcCore, rfc } from '../shared/references'
import { quote } from '../shared/text'

const kinds = ['authorization_unreachable', 'authorization_page', 'not_answered'] as const

export const authorizeInIframeWithoutPromptNone = defineRule({
  id: 'authorize-in-iframe-without-prompt-none',
  title: 'The login page was opened in a frame',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: kinds,
  what: 'The authorization request went through an iframe without `prompt=none`, and the browser refused to show the server’s page there (X-Frame-Options, frame-ancestors), or nothing came back.',
  why: 'Login pages must not be framed. Without `prompt=none` the server wants to show one as soon as nobody is signed in.',
  toldApart: 'With `prompt=none` the server answers without a page, and a frame is the usual place.',
  silentWhen: 'The frame was answered, or the request was a navigation of the whole tab.',
  references: [oidcCore('3.1.2.1', 'AuthRequest'), rfc(9700, '4.16')],
  covers: ['authorize-in-iframe-without-prompt-none', 'silent-request-without-prompt-none'],

  check(file) {
    const { request } = file
    if (!request) return notApplicable
    const framed =
      request.exchange.parentFrameId >= 0 ||
      valueOf(header(request.exchange.requestHeaders, 'sec-fetch-dest')) === 'iframe'
    if (!framed) return pass()
    const prompt = param(request.parameters, 'prompt')
    if (prompt.state !== 'absent') {
      return prompt.state === 'present' && prompt.value.split(' ').includes('none')
        ? pass('it was a silent request')
        : notApplicable
    }
    if (file.response) return pass('the frame was answered')
    if (file.attempt.interactions.some(({ exchange }) => exchange.method === 'POST'))
      return pass('the page was shown in the frame, and its form was sent')
    const refused = refusedFrame(file)
    const point = file.failurePoints.find(({ kind }) => kinds.some((candidate) => candidate === kind))
    if (!refused && !point) return pass()
    const at = refused?.exchange ?? point!.exchange
    return fail({
      confidence: refused ? 'certain' : 'likely',
      cause:
        `The request went to ${quote(withoutQuery(request.exchange.url))} in a frame and without \`prompt=none\`, so the server wanted to show its page there.` +
        (refused ? ` The page forbids to be framed (${quote(refused.by)}), so the browser showed nothing.` : ''),
      evidence: [
        parameterEvidence(request.parameters, 'prompt', { actual: 'missing', expected: 'none' }),
        ...(refused
          ? [
              exchangeEvidence(at, 'response.headers', {
                label: refused.name,
                parameter: refused.name,
                actual: refused.value,
              }),
            ]
          : [exchangeEvidence(at, 'response.error', { label: 'answer', actual: at.error ?? 'none' })]),
      ],
      fix: {
        summary:
          'Send `prompt=none` with requests from a hidden frame, and use a full navigation or a popup for a visible login.',
        steps: [
          'For silent renewal use the library’s function for it, which adds `prompt=none`; or use refresh tokens.',
          'If the whole application runs in a frame of another site, open the login in a popup.',
        ],
      },
    })
  },
})

interface RefusedFrame {
  readonly exchange: CaseFile['world']['exchanges'][number]
  readonly by: string
  readonly name: string
  readonly value: string
}

const refusedFrame = ({ attempt, request }: CaseFile): RefusedFrame | undefined => {
  const parent = request?.exchange.initiator === undefined ? undefined : originOf(request.exchange.initiator)
  for (const { exchange } of [...attempt.interactions.toReversed(), ...attempt.requests.toReversed()]) {
    const list = valueOf(exchange.responseHeaders) ?? []
    const [options] = headerValues(list, 'x-frame-options')
    if (options !== undefined && /deny|sameorigin/i.test(options) && originOf(exchange.url) !== parent) {
      return { exchange, by: `X-Frame-Options: ${options}`, name: 'x-frame-options', value: options }
    }
    const policy = headerValues(list, 'content-security-policy').find((value) => /frame-ancestors/i.test(value))
    const ancestors = policy && /frame-ancestors[^;]*/i.exec(policy)?.[0]
    if (ancestors && (/^frame-ancestors\s+'(?:none|self)'\s*$/i.test(ancestors) || blocked(exchange.error))) {
      return {
        exchange,
        by: `Content-Security-Policy: ${ancestors}`,
        name: 'content-security-policy',
        value: ancestors,
      }
    }
    if (blocked(exchange.error)) {
      return { exchange, by: exchange.error!, name: 'error', value: exchange.error! }
    }
  }
  return undefined
}

const blocked = (error: string | undefined): boolean =>
  error !== undefined && transportKindOf(error) === 'response-blocked'
