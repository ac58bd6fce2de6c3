import type { Owner } from '../../../model/analysis'
import { originOf, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { type PagePolicyRefusal, formRefusalOf, tokenCallRefusalOf } from '../../facts/page-policy'
import { type Failure, type Verdict, defineRule, fail } from '../rule'
import { otherEndpoints, pointsOf, tokenEndpoint } from '../shared/endpoint'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { quote } from '../shared/text'
import { checkTransport } from '../shared/transport-rule'

const called = [...otherEndpoints, ...tokenEndpoint, 'authorization_unreachable', 'callback_unreachable'] as const

export const blockedByContentSecurityPolicy = defineRule({
  id: 'blocked-by-content-security-policy',
  title: 'The page’s Content-Security-Policy forbids a call of this login',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: [...called, 'not_redeemed'],
  what: 'The policy of the page with the form against the redirect that the browser dropped after it (form-action), and that of the callback’s page against the token endpoint that was never called (connect-src); any call of which the browser says that a policy stopped it.',
  why: 'A policy that was written before the login was added names too few hosts; the browser tells the console of the page, and nobody else.',
  toldApart: 'The header is compared with the target by the rules of the standard, or the browser names the policy.',
  silentWhen: 'The policy is report-only; the target was requested; the page with the policy was not seen.',
  references: [
    link('Content Security Policy Level 3: form-action', 'https://www.w3.org/TR/CSP3/#directive-form-action'),
    link('Content Security Policy Level 3: connect-src', 'https://www.w3.org/TR/CSP3/#directive-connect-src'),
  ],
  covers: ['csp-blocks-idp'],

  check: (file): Verdict => {
    const failure = droppedRedirect(file) ?? forbiddenTokenCall(file)
    return failure ? fail(failure) : checkTransport(file, called, ['content-security-policy'])
  },
})

const droppedRedirect = (file: CaseFile): Failure | undefined => {
  const refusal = pointsOf(file, ['authorization_unreachable', 'callback_unreachable'])
    .map(({ exchange }) => ({ exchange, ...formRefusalOf(exchange, file.world.exchanges) }))
    .find((found): found is typeof found & PagePolicyRefusal => found.target !== undefined)
  if (!refusal) return undefined
  const { exchange, target, directive, page } = refusal
  const allowed = sourceOf(target)
  const owner = ownerOf(file, page.url)
  return {
    title: `${directive} of a page of the login forbids the way on`,
    confidence: 'certain',
    depth: 'mechanism',
    owner,
    cause: `The form of ${quote(withoutQuery(page.url))} was answered with a redirect to ${quote(withoutQuery(target))}. The policy of that page does not allow it, so the browser dropped the redirect and never asked for its target.`,
    evidence: [
      policyEvidence(refusal),
      exchangeEvidence(exchange, 'response.headers', {
        label: 'redirect to',
        parameter: 'Location',
        actual: withoutQuery(target),
      }),
    ],
    fix: {
      summary: `Add ${quote(allowed)} to ${directive} of the policy that ${quote(withoutQuery(page.url))} sends.`,
      steps: [
        'Browsers apply form-action to every redirect after a form post.',
        ...(owner === 'client'
          ? ['A link, or a script that sets `location`, begins a login without a form: no form-action holds for it.']
          : [
              'The origins of all redirect_uris belong there. Where any client may register, leave form-action out of the pages for sign-in and consent.',
            ]),
      ],
    },
  }
}

const forbiddenTokenCall = (file: CaseFile): Failure | undefined => {
  const [point] = pointsOf(file, ['not_redeemed'])
  const known = knownTokenEndpoint(file)
  // Most servers have both endpoints at one origin.
  const assumed = file.request && originOf(file.request.exchange.url)
  const target = known ?? assumed
  const refusal = point && target !== undefined ? tokenCallRefusalOf(file.attempt, target) : undefined
  if (!point || !refusal || !file.response) return undefined
  const origin = originOf(refusal.target) ?? refusal.target
  return {
    title: 'The callback page may not call the token endpoint',
    confidence: known === undefined ? 'likely' : 'certain',
    depth: 'mechanism',
    cause: `The code arrived, and no token request followed. The policy of ${quote(withoutQuery(refusal.page.url))} does not allow its scripts to call ${quote(origin)}, so the browser stopped the request before it was sent.`,
    evidence: [policyEvidence(refusal), parameterEvidence(file.response.parameters, 'code', { actual: 'delivered' })],
    fix: {
      summary: `Add ${quote(origin)} to connect-src of the policy that ${quote(withoutQuery(refusal.page.url))} sends.`,
      steps: [
        ...(refusal.directive === 'connect-src'
          ? []
          : [
              'The policy has no connect-src yet, and a new one takes the place of default-src: name all that scripts call.',
            ]),
        'Metadata, keys and UserInfo are called by the same scripts: allow their origins as well.',
      ],
    },
  }
}

/** From metadata, or from a call that was seen: a refused one as well. */
const knownTokenEndpoint = ({ attempts, metadata, client_id }: CaseFile): string | undefined => {
  const announced = metadata?.document['token_endpoint']
  if (typeof announced === 'string') return announced
  const calls = attempts.flatMap(({ tokenCalls }) => tokenCalls)
  return calls.find((call) => call.client_id.state === 'present' && call.client_id.value === client_id)?.exchange.url
}

const policyEvidence = ({ page, directive, sources, target }: PagePolicyRefusal) =>
  exchangeEvidence(page, 'response.headers', {
    label: directive,
    parameter: 'Content-Security-Policy',
    actual: `${directive} ${sources}`.trim(),
    expected: sourceOf(target),
  })

/** What a policy says to allow a URL: its origin, or the scheme where a program takes it. */
const sourceOf = (url: string): string => (/^https?:/i.test(url) ? originOf(url) : url.replace(/:.*/s, ':')) ?? url

const ownerOf = ({ redirect_uri, attempt }: CaseFile, page: string): Owner => {
  const own = [redirect_uri, ...attempt.starts.map(({ exchange }) => exchange.url)]
  return own.some((url) => url !== undefined && originOf(url) === originOf(page)) ? 'client' : 'authorization_server'
}
