import { closedServerOf } from '../../facts/protected-resource'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote } from '../shared/text'

export const registrationNotOffered = defineRule({
  id: 'registration-not-offered',
  title: 'The server lets no client register itself, and the client has no client_id',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'symptom',
  explains: ['not_begun'],
  what: 'The metadata of the authorization server that an API sent the client to: whether it has a `registration_endpoint`, when the client stopped there.',
  why: 'A client that knows only the URL of an API has no client_id there: it has to register itself, or to be given one.',
  toldApart: 'A registration that was tried and refused has a rule of its own.',
  silentWhen:
    'The client began a login, the metadata offers registration or takes URLs as client_id, or the API sent nobody there.',
  references: [rfc(9728, '3'), rfc(7591, '3'), rfc(8414, '2')],
  covers: [],

  check(file) {
    const document = closedServerOf(file.attempt)
    if (!document) return notApplicable
    if (!file.failurePoints.some(({ kind }) => kind === 'not_begun')) return pass('the client went on with a client_id')
    const { url } = document.exchange
    return fail({
      confidence: 'likely',
      cause: `The client looked for the login of an API, and the way led to ${hostOf(url)}. The metadata there has no ${quote('registration_endpoint')}, and the client sent nothing more: it has no client_id for this server.`,
      evidence: [
        exchangeEvidence(document.exchange, 'response.body', {
          label: 'registration_endpoint',
          parameter: 'registration_endpoint',
          actual: 'missing',
        }),
        exchangeEvidence(document.exchange, 'request.url', { label: 'metadata URL', actual: url }),
      ],
      fix: {
        summary: `Register the client by hand at ${hostOf(url)}, and give its client_id to the client.`,
        steps: ['Or switch on dynamic client registration at the authorization server, where its operator wants that.'],
      },
      notObservable: ['Whether the client was given a client_id, and what it wrote to its console.'],
    })
  },
})
