import { valueOf } from '../../../model/observed'
import { withoutQuery } from '../../../model/url'
import { defineRule, fail, notApplicable } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { hostOf, quote } from '../shared/text'

export const silentTimeout = defineRule({
  id: 'silent-timeout',
  title: 'The silent renewal was never answered',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'symptom',
  explains: ['not_answered'],
  what: 'A request with `prompt=none` in a hidden frame, and no answer at the client’s callback within fifteen seconds.',
  why: 'The library reports a timeout; the frame that would say more is hidden.',
  toldApart: 'A frame that headers forbid and cookies that are kept back are seen; this is what remains.',
  silentWhen: 'The answer goes from window to window (`web_message`), or a later renewal took over.',
  references: [oidcCore('3.1.2.1', 'AuthRequest')],
  covers: ['silent-timeout', 'storage-access-partitioned'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'not_answered')
    if (!point || !file.request) return notApplicable
    const { exchange } = point
    const status = valueOf(exchange.status)
    return fail({
      confidence: 'likely',
      cause:
        `${hostOf(exchange.url)} ${status === undefined ? 'gave no answer' : `answered ${status} at ${quote(withoutQuery(exchange.url))} and stayed there`}. ` +
        'With `prompt=none` it should have gone back to the client at once, with a code or an error.',
      evidence: [
        statusEvidence(exchange),
        exchangeEvidence(exchange, 'request.url', {
          label: 'ended at',
          actual: withoutQuery(exchange.url),
          ...(file.redirect_uri !== undefined && { expected: file.redirect_uri }),
        }),
      ],
      fix: {
        summary: 'Open the authorization URL of the silent request in a tab, and see where it ends.',
        steps: [
          'A page that waits for a click, a script that needs storage (partitioned in frames), or a cookie notice are the usual reasons.',
          'Renew with a refresh token where possible; hidden frames work less and less.',
        ],
      },
      notObservable: ['What the page in the hidden frame shows or waits for.'],
    })
  },
})
