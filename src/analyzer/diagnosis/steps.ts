import type { Step, StepOutcome } from '../../model/analysis'
import type { Message } from '../../model/message'
import { blindSpotText, valueOf } from '../../model/observed'
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
