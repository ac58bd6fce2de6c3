import type { CorsReason } from '../../facts/cors'
import { link } from '../shared/references'
import { corsFailure, corsOf } from '../shared/cors-failure'
import { otherEndpoints, pointsOf } from '../shared/endpoint'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

export const corsRefused = defineRule({
  id: 'cors-refused',
  title: 'The browser kept an answer from your page (CORS)',
  category: 'failure',
  severity: 'error',
  owner: 'resource_server',
  depth: 'mechanism',
  explains: otherEndpoints,
  what: 'The Access-Control headers of answers of the API, userinfo, device, pushed-request and other endpoints, and of the OPTIONS request ahead of them.',
  why: 'Without them the script sees a network error and never learns what the server said.',
  toldApart:
    'Only seen headers count. A status that says more (401, 403, 404, 5xx) is the cause; the missing header hides it.',
  silentWhen: 'The page and the server share an origin, the answer allows the origin, or no header was seen.',
  references: [link('Fetch: CORS protocol', 'https://fetch.spec.whatwg.org/#http-cors-protocol')],
  covers: [],

  check(file) {
    const points = pointsOf(file, otherEndpoints)
    if (points.length === 0) return notApplicable
    const failures = points.flatMap((point): Failure[] => {
      const judgement = corsOf(file, point)
      return judgement.state === 'refused' && !wantsToken(judgement.reason) ? [corsFailure(point, judgement)] : []
    })
    const [first] = failures
    return first ? fail(first) : pass('the answers allow the page’s origin, or are of its own')
  },
})

/** An API that asks for a token ahead of OPTIONS has a rule of its own. */
const wantsToken = (reason: CorsReason): boolean =>
  reason.kind === 'preflight-status' && (reason.status === 401 || reason.status === 403)
