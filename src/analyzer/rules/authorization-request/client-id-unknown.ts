import { param, paramValue } from '../../../model/parameters'
import { providerStatement } from '../../facts/provider-words'
import {
  isAboutRedirectUri,
  type Rejection,
  askedOf,
  rejectionOf,
  speaksOfClient,
  speaksOfGrant,
  speaksOfOtherParameter,
  speaksOfRedirectUri,
  successesBeside,
  successesOfClient,
} from '../../facts/rejection'
import { hasEscapes } from '../../recognition/readers'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { documentOfClient, documentSteps } from '../shared/client-document'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { takenWhenPushed } from '../shared/rejection-words'
import { quote } from '../shared/text'

const clientErrors = new Set(['invalid_client', 'unauthorized_client', 'deleted_client'])

export const clientIdUnknown = defineRule({
  id: 'client-id-unknown',
  title: 'The authorization server does not know the client_id',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: [
    'authorization_page',
    'authorization_error:invalid_client',
    'authorization_error:unauthorized_client',
    'pushed_error:unauthorized_client',
    'authorization_error:invalid_client_metadata',
    'pushed_error:invalid_client_metadata',
  ],
  what: 'The authorization server refused the request at once and spoke of the client, or the same redirect_uri worked with another client_id.',
  why: 'Without a known client the server cannot trust the redirect_uri either, so it shows a page of its own.',
  toldApart: 'A client_id that worked at this server is known; what is left then is the redirect_uri.',
  silentWhen: 'The server went on with the request, or sent an error of another kind back to the client.',
  references: [rfc(6749, '4.1.2.1'), rfc(6749, '2.2')],
  covers: ['client-id-unknown'],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server knows the client_id') : notApplicable
    const document = refusedDocument(rejection)
    if (document !== undefined) return fail(documentFailure(rejection, document))
    if (rejection.by === 'pushed') return notApplicable
    if (file.request && hasEscapes(file.request.sent)) return pass('the server did not read the client_id')
    const told = providerStatement(file, 'client-id-unknown') !== undefined
    if (!told && rejection.by === 'redirect' && rejection.error !== 'invalid_client') {
      // A server that redirects without a look at its list has no better word for a client that is not in it.
      const isOpen =
        rejection.error === 'unauthorized_client' && rejection.atOnce && successesOfClient(file).length === 0
      if (isOpen && !refusesTheWay(rejection)) {
        return indeterminate('The error does not say whether the server knows the client.', lookUp(file.client_id))
      }
      return pass('the server sent its error to the client, so it knows the client_id')
    }
    if (refusesTheWay(rejection)) return pass('the server knows the client, and refuses the kind of login')
    if (rejection.by === 'page' && !rejection.atOnce) return pass('the server showed its pages for this client first')
    if ((rejection.point.status ?? 400) > 404)
      return pass(`status ${rejection.point.status} is no answer to a bad value`)
    const sent = param(rejection.parameters, 'client_id')
    if (sent.state === 'unobserved') return indeterminate(sent.because)
    if (sent.state === 'absent') return fail(failure(rejection, undefined, {}))
    if (sent.value !== sent.value.trim()) return fail(failure(rejection, sent.value, { expected: sent.value.trim() }))
    if (isNamed(rejection) || told) return fail(failure(rejection, sent.value, { told: true }))
    if (file.request?.pushed) return pass(takenWhenPushed)
    const beside = successesBeside(file)
    if (beside.some((success) => askedOf(success, 'client_id') === sent.value)) {
      return pass('a login with the same client_id worked at this server')
    }
    if (rejection.text.state === 'present' && speaksOfRedirectUri(rejection.text.value)) {
      return pass('the error page names the redirect_uri')
    }
    const redirect = param(rejection.parameters, 'redirect_uri')
    const twin = beside.find(
      (success) => redirect.state === 'present' && askedOf(success, 'redirect_uri') === redirect.value,
    )
    const known = twin && askedOf(twin, 'client_id')
    if (known !== undefined) return fail(failure(rejection, sent.value, { expected: known, twin: true }))
    return indeterminate(
      rejection.text.state === 'unobserved' ? rejection.text.because : 'The error page does not say what it refuses.',
      lookUp(sent.value),
    )
  },
})

const lookUp = (client = 'the client_id'): string =>
  `Look up ${quote(client)} among the clients of this server (and tenant).`

const refusesTheWay = ({ error, text }: Rejection): boolean =>
  error === 'unauthorized_client' && text.state === 'present' && speaksOfGrant(text.value)

/**
 * A page that speaks of both speaks of the redirect_uri: its list belongs to a client. One that counts up what a request
 * must have names no part of it.
 */
const isNamed = (rejection: Rejection): boolean => {
  const { error, text } = rejection
  return (
    (error !== undefined && clientErrors.has(error) && !isAboutRedirectUri(rejection)) ||
    (text.state === 'present' &&
      speaksOfClient(text.value) &&
      !speaksOfRedirectUri(text.value) &&
      !speaksOfOtherParameter(text.value))
  )
}

interface Seen {
  readonly told?: boolean
  readonly expected?: string
  readonly twin?: boolean
}

/** RFC 7591 section 3.2.2, for a document that the client_id leads to. */
const refusedDocument = ({ error, parameters }: Rejection): string | undefined =>
  error === 'invalid_client_metadata' ? documentOfClient(paramValue(parameters, 'client_id')) : undefined

const documentFailure = (rejection: Rejection, document: string): Failure => ({
  title: 'The server does not accept the document that the client_id leads to',
  confidence: 'certain',
  depth: 'statement',
  cause: `The client_id is the URL of the client’s registration, and the server refused the request: it could not read ${quote(document)}, or could not use what stands there.`,
  evidence: [parameterEvidence(rejection.parameters, 'client_id'), statusEvidence(rejection.point.exchange)],
  fix: {
    summary: `Serve the client’s metadata at ${quote(document)}, so that the authorization server can read it.`,
    steps: documentSteps(document),
  },
})

const failure = (rejection: Rejection, sent: string | undefined, { told, expected, twin }: Seen): Failure => ({
  ...(sent === undefined && { title: 'The request names no client_id' }),
  ...(expected !== undefined && !twin && { title: 'The client_id has white space around it' }),
  confidence: twin ? 'likely' : 'certain',
  depth: told ? 'statement' : 'mechanism',
  cause:
    sent === undefined
      ? 'The authorization request has no client_id, so the server cannot know who asks.'
      : twin
        ? `The server refused client_id ${quote(sent)} at once. A login with the same redirect_uri and client_id ${quote(expected!)} worked, so the redirect_uri is fine and the client_id is not known here.`
        : expected !== undefined
          ? `The server refused client_id ${quote(sent)}: white space at its beginning or end belongs to the value.`
          : `The server answered that it does not know client_id ${quote(sent)}: it was never registered there, was deleted or disabled, or belongs to another tenant or environment.`,
  evidence: [
    parameterEvidence(rejection.parameters, 'client_id', {
      ...(sent === undefined && { actual: 'missing' }),
      ...(expected !== undefined && { expected }),
    }),
    statusEvidence(rejection.point.exchange),
  ],
  fix: {
    summary:
      expected !== undefined
        ? `Send ${quote(expected)} as client_id.`
        : sent === undefined
          ? 'Send the client_id that the authorization server gave to this application.'
          : `Copy the client_id of this application from the settings of the server that was asked, and send it instead of ${quote(sent)}.`,
    steps: [
      'Check that the build or deployment filled in the configuration of this environment.',
      `Check that the URL of the authorization server (with tenant or realm) is the one where the client is registered: ${quote(rejection.point.message.exchange.url.split('?', 1)[0]!)}.`,
    ],
  },
})
