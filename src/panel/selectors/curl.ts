import type { HttpExchange } from '../../model/exchange'
import { valueOf } from '../../model/observed'
import { maskUrl } from './mask'
import { isSecretHeader, isSecretParameter } from './secrets'

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Headers that curl sets itself or that mean nothing outside the browser. */
const left = /^(host|content-length|connection|accept-encoding|sec-.*|:.*)$/i

/** The request as a curl command. Secrets become placeholders like `<code>` unless `withSecrets`. */
export const curlOf = (exchange: HttpExchange, withSecrets: boolean): string => {
  const body = valueOf(exchange.requestBody)
  const hide = (name: string, value: string) => (!withSecrets && isSecretParameter(name) ? `<${name}>` : value)
  const headers = (valueOf(exchange.requestHeaders) ?? [])
    .filter(({ name }) => !left.test(name))
    .map(
      ({ name, value }) =>
        `-H ${quote(`${name}: ${!withSecrets && isSecretHeader(name) ? `<${name.toLowerCase()}>` : value}`)}`,
    )
  const data =
    body?.kind === 'form'
      ? body.fields.map(({ name, value }) => `--data-urlencode ${quote(`${name}=${hide(name, value)}`)}`)
      : body?.kind === 'text' && body.text !== ''
        ? [`--data ${quote(withSecrets ? body.text : maskUrl(body.text))}`]
        : []
  return [
    `curl ${quote(withSecrets ? exchange.url : maskUrl(exchange.url))}`,
    ...(exchange.method === 'GET' && data.length === 0 ? [] : [`-X ${exchange.method}`]),
    ...headers,
    ...data,
  ].join(' \\\n  ')
}
