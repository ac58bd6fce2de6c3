import { quote } from '../shared/text'
import { defineRule, fail, notApplicable } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'

export const codeNotRedeemed = defineRule({
  id: 'code-not-redeemed',
  title: 'The page never redeemed its code',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['not_redeemed'],
  what: 'A code was delivered to a page that redeems codes itself, and no token request followed.',
  why: 'The login stopped inside the page: its callback code did not run, or refused the answer before it sent anything.',
  toldApart:
    'An altered or missing state, a router that removed the parameters and a swallowed callback have rules of their own.',
  silentWhen: 'Nothing shows that this client redeems codes in the browser; fifteen seconds have not passed yet.',
  references: [rfc(6749, '4.1.3')],
  covers: ['silent-callback-loads-full-app'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'not_redeemed')
    const { response } = file
    if (!point || !response) return notApplicable
    const framed = response.exchange.parentFrameId >= 0
    const delivered = `The code was delivered to ${quote(response.deliveredTo)}${framed ? ' in a hidden frame' : ''}`
    const failuresLeftOut = file.world.events.some(
      (event) => event.type === 'capture.gap' && event.because === 'failures-left-out',
    )
    return fail({
      confidence: 'likely',
      ...(failuresLeftOut && { title: 'The page got no tokens for its code' }),
      cause: failuresLeftOut
        ? `${delivered}, and no token request is in this file. Who wrote it leaves out requests that got no answer: either the token request failed (CORS, network), or the page stopped before it.`
        : `${delivered}, and no token request followed. ` +
          'The state and the parameters arrived as they should, so the page itself stopped.',
      evidence: [
        parameterEvidence(response.parameters, 'code', { actual: 'delivered' }),
        statusEvidence(response.exchange),
      ],
      fix: {
        summary: `Look into the console of the page at ${quote(response.deliveredTo)}: the library says there why it stopped.`,
        steps: [
          ...(failuresLeftOut
            ? [
                '“blocked by CORS policy” or “Load failed” there: the token endpoint must be reachable and allow the page’s origin.',
              ]
            : []),
          'Check that the code for the callback runs on this route, before a router or guard redirects.',
          'Check that state and verifier were stored under this very origin, and in a storage that survives the redirect.',
          ...(framed
            ? [
                'In a hidden frame a small page of its own should take the answer; the whole application starting there is slow and starts logins of its own.',
              ]
            : ['A script error earlier on the page stops it as well.']),
        ],
      },
      notObservable: ['The console and the storage of the page.'],
    })
  },
})
