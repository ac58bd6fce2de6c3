import { valueOf } from '../../model/observed'
import type { ProviderError } from '../providers/provider'
import { bodyText } from '../recognition/readers'
import type { CaseFile } from './case-file'
import type { FailurePoint } from './failure-points'

/** An error code or text of one server product, and where it was seen. */
export interface ProviderStatement {
  readonly error: ProviderError
  readonly point: FailurePoint
  /** The words that matched. */
  readonly said: string
}

/** What the server's own codes and texts say about this failure, when its provider's data has them stand for a rule. */
export const providerStatement = (file: CaseFile, rule: string): ProviderStatement | undefined => {
  const errors = file.provider?.errors?.filter((error) => error.rule === rule) ?? []
  for (const point of file.failurePoints) {
    const texts = [
      point.error,
      point.error_description,
      valueOf(bodyText(point.exchange.responseBody)),
      point.exchange.url,
    ]
    for (const error of errors) {
      for (const text of texts) {
        const found = text === undefined ? undefined : error.pattern.exec(text)
        if (found) return { error, point, said: found[0] }
      }
    }
  }
  return undefined
}
