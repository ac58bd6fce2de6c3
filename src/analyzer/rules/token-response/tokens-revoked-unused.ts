import { defineRule, fail, notApplicable, pass } from '../rule'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration } from '../shared/text'

export const tokensRevokedUnused = defineRule({
  id: 'tokens-revoked-unused',
  title: 'The client gave its new tokens back after a request had failed',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['tokens_given_back'],
  what: 'The page got tokens and revoked them within seconds, without a call that carried them; between the two, a request of its own failed.',
  why: 'A client that cannot check whom or what the tokens are for refuses the login. To the server it looks like a good one.',
  toldApart: 'Somebody who signs out has used the tokens before, or is sent to the logout endpoint.',
  silentWhen: 'The tokens were used, nothing failed in between, or other tokens were revoked.',
  references: [rfc(7009, '2.1')],
  covers: [],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'tokens_given_back')
    if (!point) return file.tokenCalls.length > 0 ? pass() : notApplicable
    const { exchange, message } = point
    const failed =
      point.transport === undefined ? `was answered ${point.status}` : `got no usable answer (${point.transport})`
    const since = message.at - (exchange.endedAt ?? exchange.startedAt)
    return fail({
      confidence: 'likely',
      cause: `The token endpoint gave tokens, and the page revoked them unused. ${duration(Math.max(since, 0))} before that, ${callText(exchange)} ${failed}: the client seems to have needed its answer to accept the login.`,
      evidence: [
        statusEvidence(exchange, 'request that failed'),
        exchangeEvidence(message.exchange, 'timing', {
          label: 'revoked',
          actual: `${duration(Math.max(since, 0))} after it`,
        }),
      ],
      fix: {
        summary: `Find out why ${callText(exchange)} failed, and where the client has this address from.`,
        steps: [
          'Such addresses come from what the login brought: claims of a token, metadata, or the profile of the user.',
          'The console of the page says why the client refused the login.',
        ],
      },
      notObservable: ['The console of the page.'],
    })
  },
})
