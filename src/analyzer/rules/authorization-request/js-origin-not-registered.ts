import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { originOf, parseUrl } from '../../../model/url'
import { pageOriginOf } from '../../facts/cors'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { quote } from '../shared/text'

export const jsOriginNotRegistered = defineRule({
  id: 'js-origin-not-registered',
  title: 'The page’s origin is not allowed for this client',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['federated_refused', 'authorization_page:origin_mismatch', 'authorization_error:origin_mismatch'],
  what: 'The sign-in button that a page embeds was refused with 403, or the server answered `origin_mismatch`.',
  why: 'Such a button has no redirect_uri; the server looks at the origin of the page that asks, and has a list of them for each client.',
  toldApart: 'A page that sends no origin (Referrer-Policy: no-referrer or same-origin) is refused in the same way.',
  silentWhen: 'The button was delivered.',
  references: [
    link(
      'Google Identity Services: setup',
      'https://developers.google.com/identity/gsi/web/guides/get-google-api-clientid',
    ),
  ],
  covers: ['js-origin-not-registered', 'js-origin-hidden-by-referrer-policy'],

  check(file) {
    const button = file.failurePoints.find(({ kind, status }) => kind === 'federated_refused' && status === 403)
    const rejection = rejectionOf(file)
    const point = button ?? (rejection?.error === 'origin_mismatch' ? rejection.point : undefined)
    if (!point) return file.attempt.federated.length > 0 || file.response ? pass() : notApplicable
    const parameters = point.message.kind === 'federated_request' ? point.message.parameters : rejection?.parameters
    const page = file.attempt.federated
      .map(({ exchange }) => pageOriginOf(exchange))
      .find((origin) => origin !== undefined)
    const origin = page ?? (point.exchange.initiator === undefined ? undefined : originOf(point.exchange.initiator))
    const client = parameters && paramValue(parameters, 'client_id')
    const policy = referrerPolicyOf(file.world.exchanges, origin)
    const isHidden = policy !== undefined && /^(no-referrer|same-origin)$/i.test(policy.value)
    const local = origin !== undefined && parseUrl(origin)?.hostname === 'localhost'
    const shown = origin === undefined ? 'the page’s origin' : quote(origin)
    return fail({
      ...(isHidden && { title: 'The page hides its origin from the sign-in button', owner: 'client' as const }),
      confidence: 'likely',
      cause: isHidden
        ? `The sign-in service refused the button (status ${point.status}). The page says ${quote(`Referrer-Policy: ${policy.value}`)}, so the service cannot see its origin.`
        : `The sign-in service refused the page at ${shown} for client ${client === undefined ? '' : quote(client)} (status ${point.status}): this origin is not among those that are allowed.`,
      evidence: [
        statusEvidence(point.exchange),
        ...(parameters && client !== undefined ? [parameterEvidence(parameters, 'client_id')] : []),
        ...(isHidden
          ? [
              exchangeEvidence(policy.exchange, 'response.headers', {
                label: 'Referrer-Policy',
                parameter: 'referrer-policy',
                actual: policy.value,
                expected: 'strict-origin-when-cross-origin',
              }),
            ]
          : []),
      ],
      fix: isHidden
        ? {
            summary: 'Send `Referrer-Policy: strict-origin-when-cross-origin` with the page.',
            steps: ['Look for the header at the proxy and the framework, and for a meta tag.'],
          }
        : {
            summary: `Add ${shown} to the JavaScript origins of the client.`,
            steps: [
              'An origin is scheme, host and port, without a path.',
              ...(local ? ['For local development add `http://localhost` without a port as well.'] : []),
              'Changes can take some minutes.',
            ],
          },
      ...(origin !== undefined && { consoleValue: origin }),
    })
  },
})

const referrerPolicyOf = (
  exchanges: readonly HttpExchange[],
  origin: string | undefined,
): { exchange: HttpExchange; value: string } | undefined => {
  const page = exchanges.findLast(({ resourceType, url }) => resourceType === 'main_frame' && originOf(url) === origin)
  const value = page && valueOf(header(page.responseHeaders, 'referrer-policy'))
  return page && value !== undefined ? { exchange: page, value } : undefined
}
