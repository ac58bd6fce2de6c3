import { valueOf } from '../../../model/observed'
import { originOf, withoutQuery } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const redirect307FromIdp = defineRule({
  id: 'redirect-307-from-idp',
  title: 'The login form is posted on to the next page',
  category: 'risk',
  severity: 'warning',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: [],
  what: 'The authorization server answered the POST of its login form with 307 or 308.',
  why: 'With these statuses the browser posts the same form again to the next URL: the password goes to the client.',
  toldApart: '302 and 303 make a GET without the form.',
  silentWhen: 'The redirect stays on the server itself.',
  references: [rfc(9700, '4.12')],
  covers: ['redirect-307-from-idp'],

  check({ attempt, request }) {
    const posts = attempt.interactions.filter(({ exchange }) => exchange.method === 'POST')
    if (!request || posts.length === 0) return notApplicable
    const found = posts.find(({ exchange }) => {
      const status = valueOf(exchange.status)
      return (
        (status === 307 || status === 308) &&
        exchange.redirectUrl !== undefined &&
        originOf(exchange.redirectUrl) !== originOf(exchange.url)
      )
    })
    if (!found) return pass()
    const { exchange } = found
    return fail({
      confidence: 'certain',
      cause: `The server answered the posted form at ${quote(withoutQuery(exchange.url))} with status ${valueOf(exchange.status)}, so the browser posts what the user typed to ${quote(originOf(exchange.redirectUrl!) ?? '')} as well.`,
      evidence: [statusEvidence(exchange)],
      fix: { summary: 'Answer the form with 303 See Other.', steps: ['302 does the same in browsers.'] },
    })
  },
})
