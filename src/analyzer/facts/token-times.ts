import { dateClaim } from '../../model/jwt'
import type { CaseFile, IssuedToken } from './case-file'

/** The times of a token against the clocks of the browser and of the server that issued it. All in milliseconds. */
export interface TokenTimes {
  readonly token: IssuedToken
  /** When the browser got it, by its own clock. */
  readonly received: number
  /** The same moment by the server's clock, where its answers told the time. */
  readonly serverTime: number | undefined
  readonly exp: number | undefined
  readonly iat: number | undefined
  readonly nbf: number | undefined
}

export const timesOf = (file: CaseFile, token: IssuedToken): TokenTimes => {
  const issuer = file.tokenCalls.find(({ exchange }) => exchange.id === token.exchangeId) ?? file.request
  const clock = issuer && file.clock(issuer.exchange.url)
  const claim = (name: string) => {
    const seconds = dateClaim(token.jwt, name)
    return seconds === undefined ? undefined : seconds * 1000
  }
  return {
    token,
    received: token.at,
    serverTime: clock && token.at + clock.offset,
    exp: claim('exp'),
    iat: claim('iat'),
    nbf: claim('nbf'),
  }
}
