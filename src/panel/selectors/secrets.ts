export { isSecretParameter } from '../../model/secrets'

const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'dpop', 'x-api-key'])

export const isSecretHeader = (name: string): boolean => secretHeaders.has(name.toLowerCase())

/** The most of a secret that is shown unasked: enough to recognise, useless to an onlooker. */
export const maskedText = (value: string): string => {
  const shown = value.length >= 24 ? value.slice(0, 4) : ''
  return `${shown}••••••`
}
