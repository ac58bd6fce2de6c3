import { statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { saidByServer } from '../shared/server-words'
import { quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Entra names it; the sentence is the same in all of its languages of documentation. */
const words = /AADSTS9002327|may only be redeemed via cross-origin requests/i

export const spaRegistrationUsedByServer = defineRule({
  id: 'spa-registration-used-by-server',
  title: 'A server redeems the code of a redirect URI that is registered for a page',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: ['callback_error', 'client_error', 'token_error'],
  what: 'The authorization server says that the code of a single-page registration may be redeemed by pages only.',
  why: 'The redirect URI is registered as single-page application, but the client’s server redeems the code.',
  toldApart: 'The token call of a server is not seen; its error page or the error in its URL says it.',
  silentWhen: 'The text is not in what was recorded.',
  references: [
    link(
      'Microsoft Entra error codes',
      'https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes',
    ),
  ],
  covers: ['spa-registration-used-by-server'],

  check: (file) => {
    const said = saidByServer(file, words)
    if (!said) return notApplicable
    if (!said.point) return pass()
    const uri = file.redirect_uri === undefined ? 'The redirect URI' : quote(file.redirect_uri)
    return fail({
      confidence: 'certain',
      cause: `${uri} is registered as single-page application. Codes for it may be redeemed by a page only, and the client’s server, which sends no Origin header, was refused.`,
      evidence: [statusEvidence(said.point.exchange, 'answer of the client’s server')],
      fix: {
        summary: `Register ${file.redirect_uri === undefined ? 'the redirect URI' : quote(file.redirect_uri)} under the platform Web, with a secret.`,
        steps: ['Remove it from the Single-page application platform first; one URI belongs to one platform.'],
      },
      ...(file.redirect_uri !== undefined && { consoleValue: file.redirect_uri }),
    })
  },
})
