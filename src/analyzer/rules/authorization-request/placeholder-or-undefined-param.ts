import type { Evidence } from '../../../model/analysis'
import { type Parameter, type Parameters } from '../../../model/parameters'
import { decodeOnce, parseUrl } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list, quote } from '../shared/text'

/** What the server trusts nobody without: only these end on a page of its own. */
const identifying = new Set(['client_id', 'redirect_uri', 'request_uri', 'response_type'])
/** The server only hands these back, or hashes them. */
const indifferent = new Set(['state', 'nonce', 'ui_locales', 'display', 'login_hint'])

/** No setting of anybody: what an answer brought, or did not bring. A secret is judged by rules of its own. */
const fromAnswers = new Set(['client_secret', 'refresh_token'])

export const placeholderOrUndefinedParam = defineRule({
  id: 'placeholder-or-undefined-param',
  title: 'A setting was never filled in',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'authorization_page',
    'authorization_error',
    'authorization_unreachable',
    'pushed_error',
    'token_error',
    'metadata_unusable',
  ],
  what: 'A parameter of the refused request, or a part of the URL, is `undefined`, `null`, `[object Object]` or a template that nobody filled in.',
  why: 'A missing environment variable or a typo in a settings name becomes such a text, and the server takes it for a value.',
  toldApart: 'A value that looks real and is refused is one the server does not know.',
  silentWhen: 'The request was accepted, or the value stands in a parameter that cannot have been the reason.',
  references: [rfc(6749, '4.1.1')],
  covers: ['placeholder-or-undefined-param'],

  check(file) {
    const places = placesOf(file)
    if (places.length === 0) return file.response ? pass('the server took every parameter') : notApplicable
    for (const { point, parameters, counts } of places) {
      const found = parameters.list.filter((parameter) => isPlaceholder(parameter) && counts(parameter.name))
      const inUrl = placeholderInUrl(point.message.exchange.url)
      if (found.length === 0 && inUrl === undefined) continue
      const names = found.map(({ name, value }) => `\`${name}=${value}\``)
      const evidence: Evidence[] = [
        ...found.map(({ name, value }) => parameterEvidence(parameters, name, { actual: value })),
        ...(inUrl === undefined
          ? []
          : [exchangeEvidence(point.message.exchange, 'request.url', { label: 'part of the URL', actual: inUrl })]),
        statusEvidence(point.exchange),
      ]
      const places = [...names, ...(inUrl === undefined ? [] : [`${quote(inUrl)} in the URL`])]
      return fail({
        title: found[0] ? `The ${found[0].name} was never filled in` : 'A part of the server’s URL was never filled in',
        confidence: 'certain',
        cause: `The request was sent with ${list(places)}: a text that stands where the application had no value.`,
        evidence: evidence as [Evidence, ...Evidence[]],
        fix: {
          summary: `Set the value of ${list([...found.map(({ name }) => quote(name)), ...(inUrl === undefined ? [] : ['the server’s URL'])])} for this environment.`,
          steps: [
            'Check the name of the setting and that the build or deployment has it: bundlers only fill in variables with their own prefix, and only at build time.',
            'Let the application refuse to start when a setting is missing.',
          ],
        },
      })
    }
    return pass()
  },
})

interface Place {
  readonly point: FailurePoint
  readonly parameters: Parameters
  readonly counts: (name: string) => boolean
}

const placesOf = (file: CaseFile): readonly Place[] => {
  const rejection = rejectionOf(file)
  const words = rejection?.text.state === 'present' ? rejection.text.value : ''
  const matters = (name: string) =>
    rejection?.by === 'page'
      ? identifying.has(name) || words.includes(name)
      : !indifferent.has(name) || words.includes(name)
  return [
    ...(rejection ? [{ point: rejection.point, parameters: rejection.parameters, counts: matters }] : []),
    ...file.failurePoints.flatMap((point): Place[] => {
      const { message, kind } = point
      if (kind === 'token_error' && message.kind === 'token_request') {
        return [{ point, parameters: message.parameters, counts: (name) => !fromAnswers.has(name) }]
      }
      if (kind === 'authorization_unreachable' && message.kind === 'authorization_request') {
        return [{ point, parameters: message.parameters, counts: () => false }]
      }
      if (kind === 'metadata_unusable' && 'response' in message) {
        return [{ point, parameters: message.response.parameters, counts: () => false }]
      }
      return []
    }),
  ]
}

const words = /^(undefined|null|NaN|None|nil|\[object [A-Za-z]+\])$/
const templates = /\$\{[^}]*\}|\{\{[^}]*\}\}|<%[^]*%>|^%[A-Z_]+%$|^\$[A-Z_]{3,}$|^<[^<>]+>$|^\{[A-Za-z_]+\}$/
const examples =
  /^(your|my|insert|enter|change|replace)[\s_-]?(\w+[\s_-])*(client|app|application|id|here|me|uri|url|tenant)\b|^(TODO|FIXME|CHANGEME|xxx+)$/i

const isPlaceholder = ({ value, withheld }: Parameter): boolean =>
  !withheld &&
  (words.test(value) || templates.test(value) || examples.test(value) || placeholderInUrl(value) !== undefined)

/** `https://undefined/authorize`, `/null/oauth2`: a segment of host or path. */
const placeholderInUrl = (text: string): string | undefined => {
  const url = parseUrl(text)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const segments = [url.hostname, ...url.pathname.split('/').map(decodeOnce)]
  return segments.find((segment) => words.test(segment) || templates.test(segment))
}
