import type { TokenRequest } from '../../../model/message'
import { header } from '../../../model/headers'
import { hasParam } from '../../../model/parameters'
import { originOf, withoutQuery } from '../../../model/url'
import { queryParameters } from '../../recognition/readers'
import { basicCredentials } from '../../recognition/token-request'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const clientSecretInPage = defineRule({
  id: 'client-secret-in-page',
  title: 'A page sends the client secret',
  category: 'risk',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'A token request that a page sent carries a client secret, in the Authorization header, in the body or in the URL.',
  why: 'Everybody can read the secret in the page’s code and act as this client.',
  toldApart: 'A public client sends its client_id alone; a Basic header with an empty secret is the same.',
  silentWhen: 'A server sends the token request, which no browser sees.',
  references: [rfc(6749, '2.1'), rfc(6749, '2.3.1'), rfc(9700, '2.5')],
  covers: ['client-secret-in-browser', 'client-secret-in-url'],

  check({ tokenCalls, attempt }) {
    if (tokenCalls.length === 0 && attempt.pushed.length === 0) return notApplicable
    for (const call of tokenCalls) {
      const place = placeOf(call)
      if (place) return fail(failure(call, place))
    }
    return pass()
  },
})

type Place = 'url' | 'header' | 'body'

const placeOf = (call: TokenRequest): Place | undefined => {
  const { exchange, parameters } = call
  if (hasParam(queryParameters(exchange), 'client_secret')) return 'url'
  const fromPage =
    exchange.resourceType === 'xmlhttprequest' || header(exchange.requestHeaders, 'origin').state === 'present'
  if (!fromPage) return undefined
  if (hasParam(parameters, 'client_secret')) return 'body'
  const credentials = basicCredentials(exchange)
  return credentials.state === 'present' && credentials.value.secret !== '' ? 'header' : undefined
}

const failure = ({ exchange, parameters }: TokenRequest, place: Place): Failure => {
  const page =
    exchange.initiator === undefined
      ? 'The page'
      : `The page at ${quote(originOf(exchange.initiator) ?? exchange.initiator)}`
  const where = { url: 'in the URL', header: 'in the Authorization header', body: 'as `client_secret` in the body' }[
    place
  ]
  return {
    ...(place === 'url' && { title: 'The client secret stands in a URL' }),
    confidence: 'certain',
    cause: `${page} sends the client’s secret ${where} of its request to ${quote(withoutQuery(exchange.url))}.`,
    evidence: [
      exchangeEvidence(
        exchange,
        place === 'url' ? 'request.query' : place === 'header' ? 'request.headers' : parameters.part,
        {
          label: 'client secret',
          parameter: place === 'header' ? 'authorization' : 'client_secret',
          actual: 'sent',
          expected: 'not in a browser',
        },
      ),
    ],
    fix: {
      summary: 'Register the application as a public client without a secret, and protect the code with PKCE.',
      steps: [
        'Replace the secret at the server: it has to be taken for known.',
        'Or let a server of your own redeem the code, and keep the secret there.',
      ],
    },
  }
}
