import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { allowedPages, refusalOf } from '../shared/refusal'
import { rfc } from '../shared/references'
import { cite, duration, hostOf, quote } from '../shared/text'
import { deniedCodes, isShownDenial, speaksOfPolicy, speaksOfUser } from '../../facts/denial'

export const userDenied = defineRule({
  id: 'user-denied',
  title: 'The user cancelled the login',
  category: 'failure',
  severity: 'info',
  owner: 'user',
  depth: 'statement',
  explains: [
    ...[...deniedCodes, 'consent_required'].map((code) => `authorization_error:${code}` as const),
    ...[...deniedCodes].map((code) => `authorization_page:${code}` as const),
  ],
  what: 'The server answered `access_denied` after it had shown a page on which the user can say no.',
  why: 'Nothing is broken: somebody pressed Cancel or did not consent.',
  toldApart:
    'A refusal without any page in between, or right after a password was sent, is the server’s own decision (policy-denied).',
  silentWhen:
    'The refusal names a policy, or no page was shown; on a page of the server: unless it says that the user refused.',
  references: [rfc(6749, '4.1.2.1')],
  covers: ['user-denied'],

  check(file) {
    const shown = file.failurePoints.find(isShownDenial)
    if (shown) return fail(shownFailure(shown))
    const refusal = refusalOf(file)
    if (!refusal || !isDenial(file, refusal.error)) return notApplicable
    const { response, description, took } = refusal
    if (!isUsersChoice(refusal)) return pass('the server decided by itself')
    const host = hostOf(file.request?.exchange.url ?? response.exchange.initiator ?? '')
    return fail({
      confidence: speaksOfUser(description) ? 'certain' : 'likely',
      cause:
        `${host === '' ? 'The server' : host} showed its page and answered ${quote(refusal.error)} after ${duration(took)}: ` +
        `the login was cancelled there, or consent was refused${description === undefined ? '' : ` (${cite(description)})`}.`,
      evidence: [
        parameterEvidence(response.parameters, 'error'),
        ...(description === undefined ? [] : [parameterEvidence(response.parameters, 'error_description')]),
      ],
      fix: {
        summary: 'Tell the user that the login was cancelled, and offer to start it again.',
        steps: [
          `Handle ${quote(`error=${refusal.error}`)} on ${quote(response.deliveredTo)} as an answer, not as a fault.`,
          'Do not start the next login by yourself: that would be a loop.',
        ],
      },
    })
  },
})

/** A server that keeps the user on a page of its own after the user said no. */
const shownFailure = ({ exchange, error, error_description }: FailurePoint): Failure => ({
  confidence: 'certain',
  cause: `${hostOf(exchange.url)} showed ${quote(error ?? '')} on a page of its own and did not send the browser back: the login was cancelled there, or consent was refused (${cite(error_description ?? '')}).`,
  evidence: [statusEvidence(exchange)],
  fix: {
    summary: 'Offer the user to start the login again.',
    steps: [
      'The application hears nothing of it: this server does not send the refusal back (RFC 6749 section 4.1.2.1).',
    ],
  },
})

/** Some servers say `consent_required` of a user who was asked and said no; with `prompt=none` nobody was asked. */
const isDenial = (file: CaseFile, error: string): boolean =>
  deniedCodes.has(error) || (error === 'consent_required' && allowedPages(file))

const isUsersChoice = ({ description, sawPage, afterSignIn }: NonNullable<ReturnType<typeof refusalOf>>): boolean =>
  speaksOfUser(description) || (sawPage && !afterSignIn && !speaksOfPolicy(description))
