import { blindSpotText } from '../../../model/observed'
import { queryOf, withoutQuery } from '../../../model/url'
import { tellingParameter } from '../../facts/client-words'
import { callbackOf } from '../../facts/cookies'
import { queryParameters } from '../../recognition/readers'
import { defineRule, fail, notApplicable } from '../rule'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { pageText } from '../shared/page-text'
import { rfc } from '../shared/references'
import { serverSideCauses } from '../shared/server-side-causes'
import { quote, shorten } from '../shared/text'

export const clientReportedError = defineRule({
  id: 'client-reported-error',
  title: 'The client took the answer and reported an error',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['client_error'],
  what: 'After its callback the client went to a URL of its own that says that the login failed: by a parameter, or by its path.',
  why: 'That is how client libraries on a server say that the login did not work; the reason stays on the server.',
  toldApart:
    'The authorization server’s own errors come to the callback itself; this one was made by the client after it.',
  silentWhen: 'The authorization server had answered with an error already, or the page got its tokens.',
  references: [rfc(6749, '4.1.3')],
  covers: [],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'client_error')
    if (!point) return notApplicable
    const { exchange } = point
    const told = tellingParameter(exchange)
    const parameters = told?.among ?? queryParameters(exchange)
    const callback = callbackOf(file.attempt)
    const description = parameters.list.find(
      ({ name, value }) => value !== '' && value !== told?.value && descriptions.has(name),
    )
    const page = pageText(exchange)
    const causes = serverSideCauses(file, point, {
      said: told?.value,
      text: [told?.value, description?.value, page].filter((text) => text !== undefined).join('\n'),
      took: callback?.endedAt === undefined ? 0 : callback.endedAt - callback.startedAt,
    })
    const bare = queryOf(exchange.url).split('&').includes('error')
    const words = told ? `${told.name}=${shorten(told.value, 80)}` : bare ? 'error' : undefined
    return fail({
      confidence: words === undefined ? 'likely' : 'certain',
      ...(causes.isNamed && { depth: 'statement' as const }),
      cause:
        `The answer of the authorization server arrived, and the client went on to ${quote(withoutQuery(exchange.url))}${words === undefined ? '' : ` with ${quote(words)}`}` +
        `${description === undefined ? '' : ` (“${shorten(description.value, 160)}”)`}${page === undefined ? '' : `, which says “${shorten(page, 160)}”`}. ` +
        (causes.named ?? 'What it objects to, or what its token request was answered, is only in its own log.'),
      evidence: [
        told || bare
          ? parameterEvidence(parameters, told?.name ?? 'error', told ? {} : { actual: 'without a value' })
          : exchangeEvidence(exchange, 'request.url', { label: 'URL', actual: withoutQuery(exchange.url) }),
        ...(description === undefined ? [] : [parameterEvidence(parameters, description.name)]),
      ],
      fix: causes.fix,
      candidates: causes.candidates,
      ruledOut: causes.ruledOut,
      notObservable: [blindSpotText['server-to-server']],
    })
  },
})

/** Where the words for people stand beside a code. */
const descriptions: ReadonlySet<string> = new Set(['error_description', 'message', 'error_message', 'reason'])
