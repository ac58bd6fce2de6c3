import { codesOf, isEncodedAgain } from '../shared/codes'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeExchange, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

const CHECK = 'Compare the code that your server redeems with the one in the callback URL.'

export const codeTruncatedOrWithFragment = defineRule({
  id: 'code-truncated-or-with-fragment',
  title: 'The code that was redeemed is not the one that came back',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The `code` of the token request is compared with the `code` of the authorization response.',
  why: 'A code that was cut at `#`, `&` or a length limit, or that took something of the URL along, is unknown to the server.',
  toldApart: 'Both values were seen. A code that is only encoded once too often is `code-still-url-encoded`.',
  silentWhen: 'The two are the same.',
  references: [rfc(6749, '4.1.2'), rfc(6749, '4.1.3')],
  covers: ['code-truncated-or-with-fragment'],

  check: (file) =>
    judgeExchange(file, CHECK, (call, refused) => {
      const codes = codesOf(file, call)
      if (codes.state === 'unobserved') return indeterminate(codes.because, CHECK)
      if (codes.state === 'absent') return notApplicable
      const { sent, issued } = codes.value
      if (sent === issued || isEncodedAgain(sent, issued)) return pass('the code is the one that came back')
      const [short, long] = [file.world.values.lengthOf(sent), file.world.values.lengthOf(issued)]
      const how = issued.startsWith(sent)
        ? `it was cut after ${short} of ${long} characters`
        : sent.startsWith(issued)
          ? `it took ${sent.length - issued.length} characters of what follows it in the URL along`
          : `it is another code, of ${short} characters instead of ${long}`
      return fail({
        confidence: 'certain',
        cause: `The callback brought a code of ${long} characters; the token request redeems another value: ${how}.${refused ? ` The server answered ${saidBy(refused)}.` : ''}`,
        evidence: [
          parameterEvidence(call.parameters, 'code', {
            actual: `${short} characters`,
            expected: `the ${long} characters of the callback`,
          }),
          parameterEvidence(file.response!.parameters, 'code', {
            label: 'code in the callback',
            actual: `${long} characters`,
          }),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: 'Read the code with URLSearchParams from the query of the callback, and pass it on unchanged.',
          steps: [
            'Do not split the URL at `=` or `code=` by hand: `#`, `&` and what follows belong to other parts.',
            'Store the code, if at all, where it is not cut, and under the `state` of its login.',
          ],
        },
      })
    }),
})
