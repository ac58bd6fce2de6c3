import type { TokenRequest } from '../../../model/message'
import { type Observed, flatMapObserved, mapObserved } from '../../../model/observed'
import { param } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'

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

const decodeOnce = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
