import { param } from '../../../model/parameters'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { cookiesOfLogin } from '../../facts/cookies'
import { movedLogin, startedFrom } from '../../facts/login-start'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'

export const stateStorageOriginMismatch = defineRule({
  id: 'state-storage-origin-mismatch',
  title: 'The login started on another origin than it ends on',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['not_redeemed', 'client_error', 'token_error:invalid_grant', 'token_error:invalid_request'],
  what: 'The origin of the page that started the login against the origin of its `redirect_uri`.',
  why: 'A page keeps state and verifier in its storage, and storage belongs to scheme, host and port. On another origin it is empty.',
  toldApart:
    'State and parameters came back unharmed; only the place differs. With a server behind the login, cookies decide instead.',
  silentWhen: 'The client redeems on a server, the origins are equal, or the login went well.',
  references: [link('Origin of storage (MDN)', 'https://developer.mozilla.org/docs/Web/API/Web_Storage_API')],
  covers: ['state-storage-origin-mismatch'],

  check(file) {
    const { request, redirect_uri } = file
    if (!request || redirect_uri === undefined || file.isBrowserClient === false) return notApplicable
    if (startedFrom(file) === undefined) {
      return indeterminate('headers-not-captured', 'Compare the address bar before the login with the one after it.')
    }
    const moved = movedLogin(file)
    const failed = file.failurePoints.some(
      ({ kind, error }) =>
        kind === 'not_redeemed' || kind === 'client_error' || (kind === 'token_error' && lacksVerifier(file, error)),
    )
    if (!moved) return pass('the login ends on the origin on which it started')
    if (serverKeepsIt(file)) return pass('a server of the client began the login, and keeps it behind a cookie')
    if (!failed) return pass()
    const { started, ends } = moved
    return fail({
      confidence: 'likely',
      cause:
        `The page at ${quote(started)} started the login, and it was answered at ${quote(withoutQuery(redirect_uri))}. They differ in ${urlDifference(started, ends) ?? 'their origin'}. ` +
        'What the page had stored for the login (state, verifier) is not there on the other origin.',
      evidence: [
        parameterEvidence(request.parameters, 'redirect_uri', {
          actual: redirect_uri,
          expected: `a URL on ${started}`,
        }),
        exchangeEvidence(request.exchange, 'request.headers', {
          label: 'started by',
          actual: started,
          parameter: 'referer',
        }),
      ],
      fix: {
        summary: `Start the login on ${quote(ends)}, or make the ${quote('redirect_uri')} from the address of the page.`,
        steps: [
          `Redirect visitors of ${started} to ${ends} before anything else, so that there is only one address.`,
          'Do not hard-code the `redirect_uri`: build it from `window.location.origin`, and register each address at the authorization server.',
        ],
      },
    })
  },
})

/** The script that began the login asked a server for it, which set a cookie. */
const serverKeepsIt = ({ attempt, world }: CaseFile): boolean => {
  const setBy = cookiesOfLogin(attempt, world).at(-1)?.setBy
  return setBy !== undefined && world.exchange(setBy)?.resourceType === 'xmlhttprequest'
}

const lacksVerifier = ({ tokenCalls, asked }: CaseFile, error: string | undefined): boolean =>
  (error === 'invalid_grant' || error === 'invalid_request') &&
  asked('code_challenge').state === 'present' &&
  tokenCalls.every(({ parameters }) => param(parameters, 'code_verifier').state === 'absent')
