import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { withoutQuery } from '../../../model/url'
import { endOf } from '../../facts/refresh'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { duration, quote } from '../shared/text'
import { isCodeExchange, refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

/** Milliseconds after which a stored page may well be of another build than the server. */
const OLD = 24 * 3_600_000

export const oldPageRedeemsCode = defineRule({
  id: 'old-page-redeems-code',
  title: 'An old copy of the page redeemed the code',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['token_error'],
  what: 'The page that got the code came from a service worker’s store, where it had been for days, and the token endpoint refused its call without a code of the standard.',
  why: 'A worker keeps the first page of an application until it is replaced. After a deployment the old page runs its old login code against the new server.',
  toldApart:
    'The `Date` header of a stored page is that of the day it was stored. A refusal that names its reason, or a fault that is on the wire, comes first.',
  silentWhen: 'The page came from the network, is younger than a day, or the server’s answer names a code.',
  references: [
    link(
      'Workbox: handling service worker updates',
      'https://developer.chrome.com/docs/workbox/handling-service-worker-updates',
    ),
  ],
  covers: ['service-worker-stale-shell'],

  check(file) {
    const refusal = refusalsOf(file).find(({ call }) => isCodeExchange(call))
    const page = file.response?.exchange
    if (!refusal || !page?.fromServiceWorker) return notApplicable
    const { call, point } = refusal
    if (point.error !== undefined && /^[a-z_]+$/.test(point.error)) return pass('the token endpoint names its reason')
    if (call.response.form.state === 'unobserved') return indeterminate(call.response.form.because)
    const date = header(page.responseHeaders, 'date')
    if (date.state === 'unobserved') return indeterminate(date.because)
    const age = endOf(call) - Date.parse(valueOf(date) ?? '')
    if (!(age > OLD)) return pass('the page that the service worker served is not known to be old')
    const place = quote(withoutQuery(page.url))
    return fail({
      confidence: 'likely',
      cause: `The page at ${place} that redeemed the code came from a service worker’s store, where it has been for ${duration(age)}. The server answered ${saidBy(point)}, which is none of the standard’s reasons: it may have changed since that page was built.`,
      evidence: [
        statusEvidence(call.exchange),
        exchangeEvidence(page, 'response.headers', {
          label: 'Date of the page',
          parameter: 'Date',
          ...(date.state === 'present' && { actual: date.value }),
          expected: 'that of this login',
        }),
      ],
      fix: {
        summary: `Let the browser fetch ${place} from the network when a login starts or returns there.`,
        steps: [
          'Reload without the worker (Application in DevTools: unregister it) and log in again: if that works, the old page was the reason.',
          'Leave the path, and URLs with `code=`, out of what the worker answers; update the worker with each deployment (`skipWaiting`, `clients.claim`).',
        ],
      },
      candidates: [
        {
          rule: 'token-request-refused',
          title: 'The server refused for a reason of its own',
          check: 'Its log has the reason for this time and client.',
        },
      ],
    })
  },
})
