import type { AuthorizationResponse } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { bodyParameters } from '../../recognition/readers'

/** What the user had to do with an answer that carries an error. */
export interface Refusal {
  readonly response: AuthorizationResponse
  readonly error: string
  readonly description: string | undefined
  /** Whether the server showed a page before it answered. */
  readonly sawPage: boolean
  /** Whether the answer followed at once on what looks like signing in: a form with a password or another secret. */
  readonly afterSignIn: boolean
  /** Milliseconds between the request and the answer. */
  readonly took: number
}

/** The error that this attempt was answered with, and what went before it. */
export const refusalOf = (file: CaseFile): Refusal | undefined => {
  const { attempt, request } = file
  const point = file.failurePoints.find(({ kind }) => kind === 'authorization_error')
  const response = attempt.responses.find(({ exchange }) => exchange.id === point?.exchange.id)
  if (!point || !response || point.error === undefined) return undefined
  // Some servers show their first page at the authorization endpoint itself.
  const documents = [...attempt.requests, ...attempt.interactions].sort((a, b) => a.at - b.at)
  const pages = documents.filter(({ exchange }) => (valueOf(exchange.status) ?? 0) < 300)
  const last = attempt.interactions.findLast(({ exchange }) => exchange.method === 'POST')
  return {
    response,
    error: point.error,
    description: paramValue(response.parameters, 'error_description'),
    sawPage: pages.some(({ exchange }) => exchange.status.state === 'present'),
    afterSignIn: last !== undefined && last.at >= (pages.at(-1)?.at ?? 0) && postsSecret(last.exchange),
    took: response.at - (request?.at ?? response.at),
  }
}

/** Whether the request let the server show pages; where its parameters were not seen, nobody knows. */
export const allowedPages = ({ asked }: CaseFile): boolean => {
  const prompt = asked('prompt')
  return prompt.state === 'absent' || (prompt.state === 'present' && !prompt.value.split(' ').includes('none'))
}

const secretField = /passw|passcode|pwd|otp|pin\b|secret|credential/i

const postsSecret = (exchange: AuthorizationResponse['exchange']): boolean =>
  bodyParameters(exchange).list.some(({ name, value }) => value !== '' && secretField.test(name))
