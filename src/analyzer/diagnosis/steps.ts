import type { FlowStatus, Step, StepOutcome } from '../../model/analysis'
import type { Message } from '../../model/message'
import { blindSpotText, valueOf } from '../../model/observed'
import { hasParam } from '../../model/parameters'
import type { CaseFile } from '../facts/case-file'
import { failedOnTheWay } from '../facts/failure-points'

/** The attempt's messages as the trace shows them. */
export const stepsOf = (file: CaseFile): readonly Step[] => {
  const seen = new Map<string, number>()
  return file.attempt.messages.map((message) => {
    const { exchange, kind } = message
    const stem = `${kind}@${exchange.id}`
    const count = (seen.get(stem) ?? 0) + 1
    seen.set(stem, count)
    const status = valueOf(exchange.status)
    return {
      id: count === 1 ? stem : `${stem}#${count}`,
      kind,
      exchangeId: exchange.id,
      at: message.at,
      url: exchange.url,
      ...(status !== undefined && { status }),
      outcome: outcomeOf(file, message),
      notes: notesOf(message),
    }
  })
}

const MAYBE_REDEEMED =
  'Whether the client came to redeem the code is not in the recording: that call goes from server to server.'

/**
 * With the call that redeems the code, where a server of the client makes it: it is part of the login, although no browser
 * sees it. A code that a page was to redeem and did not is a failure of its own, and one that just arrived may be on its way.
 */
export const withUnseenRedemption = (steps: readonly Step[], file: CaseFile, status: FlowStatus): readonly Step[] => {
  const { responses, handovers, tokenCalls } = file.attempt
  const response = responses.find(({ parameters }) => hasParam(parameters, 'code'))
  const isOver = status === 'succeeded' || status === 'delivered' || status === 'failed'
  const isUnseen = tokenCalls.length === 0 && !file.failurePoints.some(({ kind }) => kind === 'not_redeemed')
  const handedOver = (handovers.at(-1) ?? response)?.exchange
  const before = steps.findLastIndex(({ exchangeId }) => exchangeId === handedOver?.id)
  // Another program, to which the browser gave the code, is not on the way between servers.
  if (!isOver || !isUnseen || !handedOver || before < 0 || !/^https?:/i.test(handedOver.url)) return steps
  const unseen: Step = {
    id: `token_request@unseen:${handedOver.id}`,
    kind: 'token_request',
    exchangeId: '',
    at: handedOver.startedAt,
    url: '',
    outcome: 'unobserved',
    notes: [status === 'failed' ? MAYBE_REDEEMED : blindSpotText['server-to-server']],
  }
  return steps.toSpliced(before + 1, 0, unseen)
}

const outcomeOf = (file: CaseFile, { exchange }: Message): StepOutcome => {
  if (file.failurePoints.some((point) => point.exchange.id === exchange.id)) return 'failed'
  // What never got an answer failed, whether or not it mattered to the login.
  if (exchange.status.state === 'absent' && failedOnTheWay(exchange)) return 'failed'
  return exchange.status.state === 'unobserved' && exchange.redirectUrl === undefined ? 'unobserved' : 'ok'
}

const notesOf = (message: Message): string[] => {
  const { exchange } = message
  const wantsBody = message.kind === 'token_request' || message.kind === 'userinfo_request'
  return wantsBody && exchange.responseBody.state === 'unobserved' ? [blindSpotText[exchange.responseBody.because]] : []
}
