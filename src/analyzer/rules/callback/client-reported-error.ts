import { paramValue } from '../../../model/parameters'
import { withoutQuery } from '../../../model/url'
import { queryParameters } from '../../recognition/readers'
import { defineRule, fail, notApplicable } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote, shorten } from '../shared/text'
import { candidatesOf } from './callback-error'

export const clientReportedError = defineRule({
  id: 'client-reported-error',
  title: 'The client took the answer and reported an error',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['client_error'],
  what: 'After its callback the client went to a URL of its own with an `error` parameter.',
  why: 'That is how client libraries on a server say that the login did not work; the reason stays on the server.',
  toldApart:
    'The authorization server’s own errors come to the callback itself; this one was made by the client after it.',
  silentWhen: 'The authorization server had answered with an error already, or the page got its tokens.',
  references: [rfc(6749, '4.1.3')],
  covers: [],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'client_error')
    if (!point) return notApplicable
    const parameters = queryParameters(point.exchange)
    const description = paramValue(parameters, 'error_description') ?? paramValue(parameters, 'message')
    const said = paramValue(parameters, 'error') ?? ''
    const candidates = candidatesOf(file, point, said, 0)
    return fail({
      confidence: 'certain',
      cause:
        `The answer of the authorization server arrived, and the client went on to ${quote(withoutQuery(point.exchange.url))} with ${quote(said === '' ? 'error' : `error=${shorten(said, 60)}`)}` +
        `${description === undefined ? '' : ` (“${shorten(description, 160)}”)`}. What it objects to, or what its token request was answered, is only in its own log.`,
      evidence: [
        parameterEvidence(parameters, 'error', said === '' ? { actual: 'without a value' } : {}),
        ...(description === undefined || paramValue(parameters, 'error_description') === undefined
          ? []
          : [parameterEvidence(parameters, 'error_description')]),
      ],
      fix: {
        summary: `Look into the log of the client’s server${said === '' ? '' : ` for ${quote(shorten(said, 60))}`} at this time.`,
        steps: [],
      },
      candidates,
      notObservable: ['The token request of the client’s server: it goes from server to server.'],
    })
  },
})
