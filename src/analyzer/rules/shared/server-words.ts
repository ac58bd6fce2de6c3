import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { bodyText, queryParameters } from '../../recognition/readers'

const kinds = new Set<FailurePoint['kind']>(['callback_error', 'client_error', 'token_error'])

/**
 * Where the client's own server passes on what the token endpoint told it: in its error page, or in the URL it goes to.
 * `undefined` when nothing failed there.
 */
export const saidByServer = (
  { failurePoints }: CaseFile,
  words: RegExp,
): { readonly point: FailurePoint | undefined } | undefined => {
  const points = failurePoints.filter(({ kind }) => kinds.has(kind))
  if (points.length === 0) return undefined
  const point = points.find(({ exchange, error_description }) =>
    [
      error_description,
      paramValue(queryParameters(exchange), 'error_description'),
      valueOf(bodyText(exchange.responseBody)),
    ].some((text) => text !== undefined && words.test(text)),
  )
  return { point }
}

/** “nonce required”, “missing nonce”: beside such a word even a common one is the name of a parameter. */
export const missesParameter = (text: string, name: string): boolean =>
  new RegExp(
    `\\b${name}\\b["'\`’”]? (is |was )?(required|mandatory|missing|needed)\\b|\\b(missing|requires?|needs)( parameter)?:? (a |the )?["'\`‘“]?${name}\\b`,
    'i',
  ).test(text)
