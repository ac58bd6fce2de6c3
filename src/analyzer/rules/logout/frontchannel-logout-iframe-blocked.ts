import { header } from '../../../model/headers'
import type { HttpExchange } from '../../../model/exchange'
import { hasParam } from '../../../model/parameters'
import { originOf } from '../../../model/url'
import { queryParameters } from '../../recognition/readers'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const frontchannelLogoutIframeBlocked = defineRule({
  id: 'frontchannel-logout-iframe-blocked',
  title: 'A front-channel logout reached an application without its cookies',
  category: 'conformance',
  severity: 'warning',
  owner: 'browser',
  depth: 'mechanism',
  explains: [],
  what: 'Frames of the logout page that carry `iss` and `sid`: whether they were answered, and whether the application’s cookies went with them.',
  why: 'Browsers keep cookies out of frames of other sites, so the application cannot end the session it is told to end.',
  toldApart: 'Only where the same application got cookies in this recording outside of the frame.',
  silentWhen: 'The cookies went along, or none of the application was seen.',
  references: [
    link(
      'OpenID Connect Front-Channel Logout section 2',
      'https://openid.net/specs/openid-connect-frontchannel-1_0.html#RPLogout',
    ),
  ],
  covers: ['frontchannel-logout-iframe-blocked'],

  check({ attempt, world }) {
    const logout = attempt.logoutRequests[0]
    if (!logout) return notApplicable
    const frames = world.exchanges.filter(
      (exchange) =>
        exchange.resourceType === 'sub_frame' && exchange.startedAt >= logout.at && isFrontChannel(exchange),
    )
    if (frames.length === 0) return notApplicable
    const bare = frames.find(
      (frame) =>
        frame.error !== undefined ||
        (hasCookie(frame) === false &&
          world.exchanges.some(
            (other) =>
              other.startedAt < frame.startedAt && originOf(other.url) === originOf(frame.url) && hasCookie(other),
          )),
    )
    if (!bare) return pass()
    return fail({
      cause:
        `The logout page loaded ${callText(bare)} in a frame` +
        (bare.error === undefined
          ? ', and the browser sent none of that application’s cookies with it.'
          : `, and the browser stopped it (${bare.error}).`),
      evidence: [
        bare.error === undefined
          ? exchangeEvidence(bare, 'request.headers', {
              label: 'Cookie',
              parameter: 'Cookie',
              actual: 'not in the request',
            })
          : statusEvidence(bare),
      ],
      confidence: 'likely',
      fix: {
        summary: 'Use back-channel logout: the server tells the application directly.',
        steps: ['Or end the session by `sid`, which needs no cookie.'],
      },
    })
  },
})

const isFrontChannel = (exchange: HttpExchange): boolean => {
  const query = queryParameters(exchange)
  return hasParam(query, 'iss') && hasParam(query, 'sid')
}

const hasCookie = (exchange: HttpExchange): boolean | undefined => {
  const cookie = header(exchange.requestHeaders, 'cookie')
  return cookie.state === 'unobserved' ? undefined : cookie.state === 'present'
}
