import { dateClaim } from '../../model/jwt'
import type { CaseFile, IssuedToken } from './case-file'
import { type ServerClock, clockOf } from './clock'

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

/** The clock of the server that issued a token: by the answer that brought it, where that is dated. */
export const issuerClock = (file: CaseFile, token: IssuedToken): ServerClock | undefined => {
  const issuer = file.tokenCalls.find(({ exchange }) => exchange.id === token.exchangeId) ?? file.request
  return issuer && (clockOf(issuer.exchange) ?? file.clock(issuer.exchange.url))
}

export const timesOf = (file: CaseFile, token: IssuedToken): TokenTimes => {
  const clock = issuerClock(file, token)
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
