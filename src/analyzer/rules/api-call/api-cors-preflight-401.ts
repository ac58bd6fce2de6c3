import { judgeCors } from '../../facts/cors'
import { preflightOf } from '../shared/cors-failure'
import { callText, endpointOf, pointsOf } from '../shared/endpoint'
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
  toldApart: '401 or 403 to OPTIONS. Other statuses and missing headers are plain CORS.',
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
      return fail({
        cause: `Ahead of ${callText(point.exchange)} the browser asks with OPTIONS, which never carries the token. It was answered ${status}, so the call itself was not sent and the script sees a CORS error.`,
        evidence: [
          statusEvidence(judgement.at, 'status of OPTIONS'),
          exchangeEvidence(judgement.at, 'request.method', { label: 'method', actual: 'OPTIONS' }),
        ],
        confidence: 'certain',
        owner: endpointOf(point).owner,
        fix: {
          summary: 'Let OPTIONS through to the CORS handling without asking for a token.',
          steps: [
            'Put the CORS middleware ahead of the authentication middleware.',
            'Gateways: exempt OPTIONS from the authorizer.',
          ],
        },
      })
    }
    return pass('OPTIONS was not refused for want of a token')
  },
})
