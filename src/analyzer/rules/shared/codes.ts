import type { ApiCall, TokenRequest } from '../../../model/message'
import { type Observed, flatMapObserved, mapObserved } from '../../../model/observed'
import { param, paramValue } from '../../../model/parameters'
import { decodeOnce } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { isUsable } from '../../facts/failure-points'
import { holdsToken } from '../../recognition/api-call'

/** The code that came back to the client and the one that it redeemed. */
export const codesOf = (file: CaseFile, call: TokenRequest): Observed<{ issued: string; sent: string }> =>
  flatMapObserved(file.answered('code'), (issued) =>
    mapObserved(param(call.parameters, 'code'), (sent) => ({ issued, sent })),
  )

/** Whether decoding (once or more) turns one into the other. */
export const isEncodedAgain = (sent: string, issued: string): boolean => {
  let text = sent
  for (let round = 0; round < 3; round += 1) {
    if (text === issued && text !== sent) return true
    text = decodeOnce(text)
  }
  return text === issued && text !== sent
}

/**
 * The two good redemptions of one code that came before a call without a token, where nothing has presented a token
 * since: the client let go of what it got.
 */
export const redeemedTwiceBefore = (
  { attempt, world }: CaseFile,
  call: ApiCall,
): readonly [TokenRequest, TokenRequest] | undefined => {
  if (call.tokenIn !== 'none') return undefined
  const inTab = world.messages.filter(({ exchange }) => world.tabOf(exchange) === attempt.tabId)
  const redeemed = inTab.filter(
    (message): message is TokenRequest =>
      message.kind === 'token_request' && message.at <= call.at && isUsable(message),
  )
  const last = redeemed.at(-1)
  const code = last && paramValue(last.parameters, 'code')
  const first = redeemed.find((other) => other !== last && paramValue(other.parameters, 'code') === code)
  if (!last || !first || code === undefined) return undefined
  const isPresented = inTab.some(
    (message) =>
      (message.kind === 'api_call' || message.kind === 'userinfo_request') &&
      message.at >= first.at &&
      holdsToken(message),
  )
  return isPresented ? undefined : [first, last]
}
