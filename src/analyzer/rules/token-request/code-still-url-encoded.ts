import { codesOf, isEncodedAgain } from '../shared/codes'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeExchange, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const codeStillUrlEncoded = defineRule({
  id: 'code-still-url-encoded',
  title: 'The code was encoded once too often',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The `code` of the token request, decoded once more, is the code of the authorization response.',
  why: 'Codes may contain characters such as `/` that are percent-encoded in a URL. Copied from there without decoding and encoded again for the body, the server sees another code.',
  toldApart:
    'Decoding the sent value gives exactly the issued one; anything else is `code-truncated-or-with-fragment`.',
  silentWhen: 'The two are the same.',
  references: [rfc(6749, 'B')],
  covers: ['code-still-url-encoded'],

  check: (file) =>
    judgeExchange(
      file,
      'Log the code that your server redeems: it must not contain percent signs.',
      (call, refused) => {
        const codes = codesOf(file, call)
        if (codes.state === 'unobserved') return indeterminate(codes.because)
        if (codes.state === 'absent') return notApplicable
        const { sent, issued } = codes.value
        if (!isEncodedAgain(sent, issued)) return pass()
        return fail({
          confidence: 'certain',
          cause: `The code in the token request is the one of the callback, percent-encoded once too often.${refused ? ` The server answered ${saidBy(refused)}.` : ''}`,
          evidence: [
            parameterEvidence(call.parameters, 'code', {
              actual: 'the code, still percent-encoded',
              expected: 'the decoded code',
            }),
            parameterEvidence(file.response!.parameters, 'code', { label: 'code in the callback', actual: 'the code' }),
            statusEvidence(call.exchange),
          ],
          fix: {
            summary: 'Decode the code when it is read from the URL, and let the form encode it once.',
            steps: ['Read it with URLSearchParams, which decodes; send it with URLSearchParams, which encodes.'],
          },
        })
      },
    ),
})
