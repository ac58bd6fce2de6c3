import type { Evidence, LocatorPart } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import { type Parameters, paramValue } from '../../../model/parameters'
import { isSecretParameter } from '../../../model/secrets'

interface Values {
  readonly label?: string
  readonly actual?: string
  readonly expected?: string
}

/** Points to a parameter and quotes it, unless it is a secret: the place says where to look, the text must not hold it. */
export const parameterEvidence = (parameters: Parameters, name: string, values: Values = {}): Evidence => {
  const sent = isSecretParameter(name) ? undefined : paramValue(parameters, name)
  const actual = values.actual ?? sent
  return {
    label: values.label ?? name,
    where: { exchangeId: parameters.exchangeId, part: parameters.part, parameter: name },
    ...(actual !== undefined && { actual }),
    ...(values.expected !== undefined && { expected: values.expected }),
  }
}

/** Points to a part of an exchange that is no parameter: its status, a header, its timing. */
export const exchangeEvidence = (
  exchange: HttpExchange,
  part: LocatorPart,
  { label, actual, expected, parameter }: Values & { readonly label: string; readonly parameter?: string },
): Evidence => ({
  label,
  where: { exchangeId: exchange.id, part, ...(parameter !== undefined && { parameter }) },
  ...(actual !== undefined && { actual }),
  ...(expected !== undefined && { expected }),
})

/** The status line, or the browser's error where there was no answer. */
export const statusEvidence = (exchange: HttpExchange, label = 'status'): Evidence =>
  exchange.status.state === 'present'
    ? exchangeEvidence(exchange, 'response.status', { label, actual: String(exchange.status.value) })
    : exchangeEvidence(exchange, 'response.error', { label: 'error', actual: exchange.error ?? 'no answer' })

/** How long the server asks to wait before the next call (RFC 9110 section 10.2.3), when it does. */
export const retryAfterEvidence = (exchange: HttpExchange): readonly Evidence[] => {
  const wait = header(exchange.responseHeaders, 'retry-after')
  return wait.state === 'present'
    ? [
        exchangeEvidence(exchange, 'response.headers', {
          label: 'Retry-After',
          parameter: 'Retry-After',
          actual: wait.value,
        }),
      ]
    : []
}
