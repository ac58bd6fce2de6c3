import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import type { FailurePoint } from '../../facts/failure-points'
import { bodyText, mediaType } from '../../recognition/readers'

/** A web page without any word of OAuth. */
export const isPage = ({ exchange, error }: FailurePoint): boolean => {
  const challenged = header(exchange.responseHeaders, 'www-authenticate').state === 'present'
  const html =
    valueOf(mediaType(exchange.responseHeaders)) === 'text/html' ||
    /^\s*<(!doctype|html)/i.test(valueOf(bodyText(exchange.responseBody)) ?? '')
  return error === undefined && !challenged && html
}
