import type { TokenRequest } from '../../../model/message'
import type { CaseFile } from '../../facts/case-file'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration } from '../shared/text'
import { isAboutTheGrant, judgeExchange, reasonOf, redeemedElsewhere, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

/** The shortest lifetimes in the field are half a minute; far below that, age explains nothing. */
const YOUNG = 10_000
/** What many servers give a code unless told otherwise. */
const USUAL = 60_000
/** RFC 6749 section 4.1.2: no code should live longer. */
const MOST = 600_000

const CHECK =
  'Compare the time between callback and token call with the code lifetime that the server is configured with.'

export const codeExpired = defineRule({
  id: 'code-expired',
  title: 'The code was too old when it was redeemed',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The time between the answer with the code and the token request, against how long codes live.',
  why: 'Codes live for seconds to minutes. A breakpoint, a sleeping tab, a slow start or an extra click in between is enough.',
  toldApart:
    'Certain beyond the lifetime that is known of the server, or of ten minutes. Below that it is an inference: nothing else that the two requests show explains the refusal, and the code waited.',
  silentWhen: 'The code was redeemed within ten seconds, or the answer is about something else.',
  references: [rfc(6749, '4.1.2')],
  covers: ['code-expired'],

  check: (file) =>
    judgeExchange(file, CHECK, (call, refused) => {
      const age = ageOf(file, call)
      if (age === undefined) return indeterminate('capture-started-late', CHECK)
      const lifetime = file.provider?.codeLifetime === undefined ? undefined : file.provider.codeLifetime * 1000
      if (!refused || !isAboutTheGrant({ call, point: refused })) return notApplicable
      if (age < YOUNG || (lifetime !== undefined && age <= lifetime)) {
        return pass(`the code was redeemed ${duration(age)} after it was issued`)
      }
      const words = reasonOf(refused)
      const saysSo = /expired|too old|lifetime/i.test(words)
      if (!saysSo && age < USUAL && /already|used|redeemed|verifier|redirect|challenge/i.test(words)) {
        return pass(`the answer speaks of something else (“${words}”)`)
      }
      const isOver = saysSo || age > (lifetime ?? MOST)
      return fail({
        confidence: isOver ? 'certain' : 'likely',
        depth: isOver ? 'mechanism' : 'statement',
        ...(!isOver && { title: 'The code was probably too old when it was redeemed' }),
        cause:
          `The code was issued, and redeemed ${duration(age)} later. ${limitOf(age, lifetime, saysSo)} ` +
          `The server answered ${saidBy(refused)}.`,
        evidence: [
          exchangeEvidence(call.exchange, 'timing', {
            label: 'age of the code',
            actual: duration(age),
            expected: lifetime === undefined ? 'redeemed at once' : `less than ${duration(lifetime)}`,
          }),
          exchangeEvidence(file.response!.exchange, 'timing', { label: 'the code arrived' }),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: 'Redeem the code as soon as the callback has it.',
          steps: [
            'Let the callback send the token request first, before it waits for anything else: other requests, a dialog, a click.',
            'Do not stop on a breakpoint between callback and token request when you debug.',
            'If the way is long for a reason, raise the code lifetime at the authorization server.',
          ],
        },
        ...(!isOver && {
          notObservable: ['How long codes live at this server is known to its settings alone.'],
          candidates: [redeemedElsewhere],
        }),
      })
    }),
})

const limitOf = (age: number, lifetime: number | undefined, saysSo: boolean): string => {
  if (lifetime !== undefined && age > lifetime)
    return `Codes of this server live ${duration(lifetime)} unless configured otherwise.`
  if (saysSo) return 'The server says that it had expired.'
  if (age > MOST) return 'No code should live longer than ten minutes.'
  return age > USUAL
    ? 'Many servers let a code live for one minute only.'
    : 'Some servers let a code live for seconds only, and nothing else in the two requests explains the refusal.'
}

/** Milliseconds from the redirect that carried the code to the token request. */
const ageOf = ({ response, world }: CaseFile, call: TokenRequest): number | undefined => {
  if (!response) return undefined
  const redirect =
    response.exchange.previousHop === undefined ? undefined : world.exchange(response.exchange.previousHop)
  return call.at - (redirect?.endedAt ?? response.at)
}
