import type { Evidence } from '../../../model/analysis'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

/** Bytes of a query that some server software refuses by default (IIS: 2048); others stop at 8 KB. */
const SUSPICIOUS = 2048

export const authorizeUrlTooLong = defineRule({
  id: 'authorize-url-too-long',
  title: 'The URL of the login request is too long',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_page'],
  what: 'The request was answered 414, or 400, 404 or 431 at once while its URL is longer than servers and proxies commonly take.',
  why: 'Servers and the proxies ahead of them limit URLs, some to two kilobytes; a proxy that refuses one has never heard of OAuth.',
  toldApart:
    '414 says so. The other statuses count only for a long URL and when the page names no part of the request.',
  silentWhen: 'The server took the URL, however long.',
  references: [rfc(9110, '15.5.15')],
  covers: ['authorize-url-too-long'],

  check(file) {
    const rejection = rejectionOf(file)
    if (rejection?.by !== 'page' || !rejection.atOnce || !file.request) {
      return file.response ? pass('the server took the URL') : notApplicable
    }
    const { point, error, text } = rejection
    const { url } = file.request.exchange
    const told = point.status === 414
    const suspicious =
      url.length > SUSPICIOUS &&
      error === undefined &&
      [400, 404, 431].includes(point.status ?? 0) &&
      !(text.state === 'present' && /client|redirect|scope|parameter/i.test(text.value))
    if (!told && !suspicious) return pass()
    const [longest] = [...rejection.parameters.list].sort((a, b) => b.value.length - a.value.length)
    const evidence: [Evidence, ...Evidence[]] = [
      exchangeEvidence(file.request.exchange, 'request.url', {
        label: 'length of the URL',
        actual: `${url.length} characters`,
      }),
      statusEvidence(point.exchange),
    ]
    return fail({
      confidence: told ? 'certain' : 'likely',
      ...(!told && { depth: 'statement' as const }),
      cause:
        `The URL of the request has ${url.length} characters, and the answer is status ${point.status}.` +
        (longest ? ` Its longest parameter is ${quote(longest.name)} with ${longest.value.length} characters.` : ''),
      evidence,
      fix: {
        summary: longest
          ? `Make ${quote(longest.name)} shorter: keep what it carries at the client, and send a reference.`
          : 'Make the request shorter.',
        steps: [
          'Keep return URLs and other data in the client’s session or storage under the value of `state`, not inside of it.',
          'Or push the request (PAR), or send it by POST, if the server offers that.',
        ],
      },
    })
  },
})
