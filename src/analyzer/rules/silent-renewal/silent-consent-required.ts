import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { isLoopback, parseUrl } from '../../../model/url'
import { isProbe } from '../../diagnosis/status'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { cite, hostOf, quote } from '../shared/text'

const codes = ['interaction_required', 'consent_required', 'account_selection_required'] as const

export const silentConsentRequired = defineRule({
  id: 'silent-consent-required',
  title: 'The server must ask the user, and the request forbids it',
  category: 'failure',
  severity: 'warning',
  owner: 'client',
  depth: 'statement',
  explains: codes.map((code) => `authorization_error:${code}` as const),
  what: 'A request with `prompt=none` was answered that consent, a second factor or a choice of account is needed.',
  why: 'Nothing is broken: the server may not show a page, and without one it cannot go on.',
  toldApart:
    '`login_required` says that nobody is signed in; these codes say that somebody is, and that this is not enough.',
  silentWhen: 'The request allowed a page, or it was a probe before anybody had signed in.',
  references: [oidcCore('3.1.2.6', 'AuthError')],
  covers: ['silent-consent-required'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'authorization_error')
    const silent = valueOf(file.asked('prompt'))?.split(' ').includes('none') ?? false
    const code = codes.find((known) => known === point?.error)
    const response = file.attempt.responses.find(({ exchange }) => exchange.id === point?.exchange.id)
    if (!file.request || !response || !silent || code === undefined) return notApplicable
    if (isProbe(file)) return pass('nobody had signed in yet, and the client only asked')
    const description = paramValue(response.parameters, 'error_description')
    const scope = valueOf(file.asked('scope'))
    const local = isLoopback(parseUrl(file.redirect_uri ?? '')?.hostname ?? '')
    return fail({
      confidence: 'certain',
      cause:
        `${hostOf(file.request.exchange.url)} answered the silent request ${quote(code)}${description === undefined ? '' : ` (${cite(description)})`}. ` +
        {
          interaction_required:
            'It has to show something first: a second factor, terms, or a step that a policy asks for.',
          consent_required: `The user has not agreed yet to what is asked${scope === undefined ? '' : ` (${quote(scope)})`}.`,
          account_selection_required: 'Several accounts are signed in, and it does not know which is meant.',
        }[code],
      evidence: [
        parameterEvidence(response.parameters, 'error'),
        parameterEvidence(file.request.parameters, 'prompt'),
        ...(description === undefined ? [] : [parameterEvidence(response.parameters, 'error_description')]),
      ],
      fix: {
        summary: `When ${quote(code)} comes, repeat the request without ${quote('prompt=none')}, in the whole tab or a popup.`,
        steps: [
          ...(code === 'consent_required'
            ? ['Or give the consent once for all users in the settings of the server.']
            : code === 'account_selection_required'
              ? ['Name the account with `login_hint`, or let the user choose with `prompt=select_account`.']
              : [
                  'Policies that ask again and again (location, device, risk) can be seen in the server’s sign-in log.',
                ]),
          ...(local && code === 'consent_required'
            ? [
                'Some servers never skip consent for a `redirect_uri` on localhost; use a name of its own in development.',
              ]
            : []),
        ],
      },
    })
  },
})
