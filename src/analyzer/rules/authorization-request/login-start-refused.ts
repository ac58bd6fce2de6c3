import { valueOf } from '../../../model/observed'
import { bodyText } from '../../recognition/readers'
import { visibleText } from '../../facts/page-text'
import { defineRule, fail, notApplicable } from '../rule'
import { callText, hostOf } from '../shared/endpoint'
import { statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { cite, quote, shorten } from '../shared/text'

export const loginStartRefused = defineRule({
  id: 'login-start-refused',
  title: 'The application did not begin the login',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['start_error'],
  what: 'The status of a URL of the application that began logins earlier in the recording by a redirect to the authorization server.',
  why: 'Nothing was asked of the authorization server yet: the application, or what stands in front of it, failed by itself.',
  toldApart: 'Headers that are too large and failures of the server have rules of their own.',
  silentWhen: 'The URL began no login before, or the next try there worked.',
  references: [rfc(9110, '15.5')],
  covers: [],

  check({ failurePoints }) {
    const point = failurePoints.find(({ kind }) => kind === 'start_error')
    if (!point) return notApplicable
    const { exchange, status } = point
    const said = visibleText(valueOf(bodyText(exchange.responseBody)) ?? '')
    return fail({
      confidence: 'certain',
      cause: `${callText(exchange)} began logins before, and was answered ${status} now${said === '' ? '' : `: ${cite(shorten(said, 160))}`}.`,
      evidence: [statusEvidence(exchange)],
      fix: {
        summary: `Look into the log of ${quote(hostOf(exchange.url))} at this moment.`,
        steps: ['Compare the request with the one that worked: cookies, method and parameters.'],
      },
    })
  },
})
