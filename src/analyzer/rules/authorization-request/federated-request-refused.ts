import { withoutQuery } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { quote } from '../shared/text'

export const federatedRequestRefused = defineRule({
  id: 'federated-request-refused',
  title: 'The sign-in service refused the browser',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'symptom',
  explains: ['federated_refused'],
  what: 'A call that the browser made for a sign-in without redirects (FedCM) was answered with an error.',
  why: 'The page only learns that there was some error; which endpoint failed stands in the network log.',
  toldApart: 'Accounts answered 401 mean that nobody is signed in there, which is no failure.',
  silentWhen: 'The recording has no such calls; browsers show them to few tools.',
  references: [link('FedCM', 'https://w3c-fedid.github.io/FedCM/')],
  covers: ['fedcm-config-error', 'fedcm-token-error'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'federated_refused')
    if (point?.message.kind !== 'federated_request') return file.attempt.federated.length > 0 ? pass() : notApplicable
    const { message, status, error, exchange } = point
    return fail({
      confidence: 'certain',
      cause: `The sign-in service answered ${quote(withoutQuery(exchange.url))} with ${error === undefined ? `status ${status ?? '—'}` : quote(error)}.`,
      evidence: [statusEvidence(exchange), parameterEvidence(message.parameters, 'client_id')],
      fix: {
        summary:
          exchange.method === 'POST'
            ? 'Check the client_id and the page’s origin at the sign-in service.'
            : 'Let this endpoint answer with JSON as FedCM asks.',
        steps: [
          'The well-known file stands at the registrable domain and names the configuration file.',
          'The assertion endpoint has to allow the page’s origin with credentials (CORS).',
        ],
      },
    })
  },
})
