import { judgeCors } from '../../facts/cors'
import { preflightOf } from '../shared/cors-failure'
import { callText, capitalize, endpointOf, pointsOf } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { defineRule, fail, notApplicable, pass } from '../rule'

const kinds = ['api_unreachable', 'userinfo_refused'] as const

export const apiCorsPreflight401 = defineRule({
  id: 'api-cors-preflight-401',
  title: 'The API asks for a token before it answers the browser’s OPTIONS',
  category: 'failure',
  severity: 'error',
  owner: 'resource_server',
  depth: 'mechanism',
  explains: kinds,
  what: 'The status of the OPTIONS request that the browser sends ahead of an API call from another origin.',
  why: 'Browsers send OPTIONS without the token, so an API that checks tokens first refuses it, and the call itself is never sent.',
  toldApart:
    '401 or 403 to OPTIONS; only 401 says that a token was asked for. Other statuses and missing headers are plain CORS.',
  silentWhen: 'OPTIONS was answered with success, or is not in the recording.',
  references: [link('Fetch: CORS-preflight fetch', 'https://fetch.spec.whatwg.org/#cors-preflight-fetch')],
  covers: ['api-cors-preflight-401'],

  check(file) {
    const points = pointsOf(file, kinds)
    if (points.length === 0) return notApplicable
    for (const point of points) {
      const judgement = judgeCors(point.exchange, preflightOf(file, point.exchange))
      if (judgement.state !== 'refused' || judgement.reason.kind !== 'preflight-status') continue
      const { status } = judgement.reason
      if (status !== 401 && status !== 403) continue
      const { name, owner } = endpointOf(point)
      return fail({
        title:
          status === 401
            ? `${capitalize(name)} asks for a token before it answers the browser’s OPTIONS`
            : `The browser’s OPTIONS ahead of the call to ${name} is forbidden`,
        cause: `Ahead of ${callText(point.exchange)} the browser asks with OPTIONS, which never carries the token. It was answered ${status}, so the call itself was not sent and the script sees a CORS error.`,
        evidence: [
          statusEvidence(judgement.at, 'status of OPTIONS'),
          exchangeEvidence(judgement.at, 'request.method', { label: 'method', actual: 'OPTIONS' }),
        ],
        confidence: 'certain',
        owner,
        fix: {
          summary:
            status === 401
              ? 'Let OPTIONS through to the CORS handling without asking for a token.'
              : `Let OPTIONS through to the CORS handling of ${name}: find what answers 403 to it.`,
          steps: [
            ...(status === 403 ? ['A firewall may forbid the method itself: allow OPTIONS for this path there.'] : []),
            'Put the CORS middleware ahead of the authentication middleware.',
            'Gateways: exempt OPTIONS from the authorizer.',
          ],
        },
      })
    }
    return pass('OPTIONS was not refused for want of a token')
  },
})
