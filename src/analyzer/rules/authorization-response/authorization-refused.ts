import { paramValue } from '../../../model/parameters'
import { isProbe } from '../../diagnosis/status'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { allowedPages } from '../shared/refusal'
import { oidcCore, rfc } from '../shared/references'
import { cite, hostOf, quote } from '../shared/text'

export const authorizationRefused = defineRule({
  id: 'authorization-refused',
  title: 'The authorization server answered with an error',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'symptom',
  explains: ['authorization_error'],
  what: 'The answer of the authorization endpoint carries `error`.',
  why: 'The code says what kind of reason there was; where nothing else explains it, this is all there is to see.',
  toldApart: 'Rules that look at the request itself say more; this one only reads the answer.',
  silentWhen: 'The answer carries no error, or an earlier answer of the same login was good.',
  references: [rfc(6749, '4.1.2.1'), oidcCore('3.1.2.6', 'AuthError')],
  covers: ['masked-upstream-error'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'authorization_error')
    const response = file.attempt.responses.find(({ exchange }) => exchange.id === point?.exchange.id)
    if (!point?.error || !response) return notApplicable
    if (isProbe(file)) return pass('the client only asked whether somebody is signed in')
    const description = paramValue(response.parameters, 'error_description')
    const host = hostOf(file.request?.exchange.url ?? response.exchange.url)
    const meaning = interactiveCodes.has(point.error) && allowedPages(file) ? ended : meanings[point.error]
    return fail({
      confidence: 'certain',
      owner: meaning?.owner ?? 'client',
      ...(meaning && { title: meaning.title }),
      cause:
        `${host} answered ${quote(`error=${point.error}`)}${description === undefined ? '' : `: ${cite(description)}`}.` +
        (meaning ? ` ${meaning.text}` : ''),
      evidence: [
        parameterEvidence(response.parameters, 'error'),
        ...(description === undefined ? [] : [parameterEvidence(response.parameters, 'error_description')]),
      ],
      fix: {
        summary: meaning?.fix ?? `Find out why ${host} answers ${quote(point.error)}.`,
        steps: [
          ...(meaning?.steps ?? [
            'Compare the parameters of the request with what is registered for this client.',
            'The log of the authorization server says more than it tells the browser; search it for this time and client.',
          ]),
          ...(paramValue(response.parameters, 'error_uri') === undefined
            ? []
            : [`The server points to ${quote(paramValue(response.parameters, 'error_uri')!)}.`]),
        ],
      },
    })
  },
})

interface Meaning {
  readonly title: string
  readonly text: string
  readonly fix: string
  readonly owner: 'client' | 'authorization_server'
  readonly steps?: readonly string[]
}

const interactive: Pick<Meaning, 'owner' | 'fix' | 'steps'> = {
  owner: 'client',
  fix: 'Send the same request without `prompt=none`, so that the server can ask the user.',
  steps: [
    'Treat this answer as “ask the user”: start an interactive login when it comes.',
    'Do it from a click, as a full navigation or a popup; a hidden frame cannot show the page.',
  ],
}

/** The same codes where the request allowed every page. */
const ended: Meaning = {
  title: 'The server ended the login before it had from the user what it needs',
  text: 'The request allowed it to ask: the user said no, or a policy did not let the server go on.',
  owner: 'client',
  fix: 'Offer the user to start the login again, and treat this answer as a refusal.',
  steps: ['When nobody said no: the server’s log for this time names the policy or the missing consent.'],
}

const interactiveCodes = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
])

const meanings: Readonly<Record<string, Meaning>> = {
  server_error: {
    title: 'The authorization server failed',
    text: 'That is the redirect form of an internal server error; the request need not be at fault.',
    owner: 'authorization_server',
    fix: 'Look into the log of the authorization server at this time.',
    steps: [
      'Custom code of the server (hooks, claim mappers, actions) and a failing upstream identity provider are the usual reasons.',
      'Try once more: when the same request then works, the fault was temporary.',
    ],
  },
  temporarily_unavailable: {
    title: 'The authorization server is temporarily unavailable',
    text: 'It is overloaded or under maintenance.',
    owner: 'authorization_server',
    fix: 'Wait and log in again.',
    steps: ['Look at the status page of the server; slow down when the client asks often.'],
  },
  login_required: {
    title: 'The server wants the user to sign in',
    text: 'There is no session, and the request did not allow it to ask.',
    ...interactive,
  },
  interaction_required: {
    title: 'The server has to ask the user something',
    text: 'It needs a page for that, and the request did not allow one.',
    ...interactive,
  },
  consent_required: {
    title: 'The user has not consented yet',
    text: 'The server must ask for consent, and the request did not allow a page.',
    ...interactive,
  },
  account_selection_required: {
    title: 'The server does not know which account is meant',
    text: 'Several are signed in, and the request did not allow it to ask.',
    ...interactive,
  },
  unmet_authentication_requirements: {
    title: 'The user cannot sign in as strongly as was asked',
    text: 'The requested `acr` is out of reach for this user or this server.',
    owner: 'authorization_server',
    fix: 'Let the user enrol the stronger method, or ask for an `acr` that the server offers.',
  },
}
