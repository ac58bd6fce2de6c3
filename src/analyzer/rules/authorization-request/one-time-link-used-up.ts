import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { originOf, queryOf, readForm } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { isSameSite } from '../../facts/cookies'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { hostOf, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const oneTimeLinkUsedUp = defineRule({
  id: 'one-time-link-used-up',
  title: 'The link of a mail was refused; what checks the links of mails may have used it up',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: ['authorization_page'],
  what: 'A page of the authorization server that was opened by a link which leads through the host of somebody else, with the address as a parameter, answered with an error.',
  why: 'Mail services rewrite links that way, and open them before the user does. A sign-in link that works once, and at the first GET, is used up then.',
  toldApart:
    'Neither the client nor the server sent the browser there: the host in between holds an address of it. A login that begins at the client leads there by its own redirect.',
  silentWhen: 'The page was opened directly, or it went well. The visit of the mail service itself is in no recording.',
  references: [
    rfc(9110, '9.2.1'),
    link(
      'Safe Links in Microsoft Defender for Office 365',
      'https://learn.microsoft.com/en-us/defender-office-365/safe-links-about',
    ),
  ],
  covers: ['one-time-link-consumed-by-scanner'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'authorization_page')
    if (!point) return notApplicable
    const wrapper = wrapperOf(file, point.exchange)
    if (!wrapper) return pass('no link of a mail led there')
    return fail({
      confidence: 'likely',
      cause: `${quote(hostOf(wrapper.url))}, which has the address of the page as a parameter, led to ${quote(hostOf(point.exchange.url))}, and that answered ${point.status ?? 'with an error'}. Services that check mails rewrite links so and open them ahead of the user; a link that works once is used up by that.`,
      evidence: [
        statusEvidence(point.exchange),
        exchangeEvidence(wrapper, 'request.url', { label: 'opened by way of', actual: hostOf(wrapper.url) }),
      ],
      fix: {
        summary:
          'Let the link show a page with a button, and use it up by the POST of that button only; or send a code to type in.',
        steps: [
          'GET must change nothing: what checks links follows them, and some submit forms that scripts submit.',
          'Ask the administrator of the mailboxes to leave the links of this host alone.',
        ],
      },
      candidates: [
        {
          rule: 'authorization-request-refused',
          title: 'The link has expired, or the server refused it for another reason',
          check: 'Send a link to a mailbox that nothing checks, and open it at once.',
        },
      ],
      notObservable: ['The visit of the mail service: it opens the link from its own machines.'],
    })
  },
})

/**
 * A redirect of another site that carries an address of the server it leads to, and that no page led to: a server that
 * lets another one authenticate the user gives it such an address too.
 */
const wrapperOf = ({ world, attempt, redirect_uri }: CaseFile, page: HttpExchange): HttpExchange | undefined => {
  let first = page
  for (let before = page.previousHop; before !== undefined; before = first.previousHop) {
    const hop = world.exchange(before)
    if (!hop) return undefined
    first = hop
  }
  const from = first.initiator ?? valueOf(header(first.requestHeaders, 'referer'))
  const known = [page.url, redirect_uri, from].filter((place) => place !== undefined)
  const isOpened =
    first.id !== page.id &&
    first.method === 'GET' &&
    !known.some((place) => isSameSite(first.url, place)) &&
    !attempt.messages.some(({ exchange }) => exchange.id !== first.id && isSameSite(exchange.url, first.url))
  const holdsAddress = readForm(queryOf(first.url)).some(({ value }) => originOf(value) === originOf(page.url))
  return isOpened && holdsAddress ? first : undefined
}
