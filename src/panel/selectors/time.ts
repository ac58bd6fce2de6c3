import type { EpochMs } from '../../model/recording'
import { plural } from './words'

/** A length of time in the unit a person would choose: `38 ms`, `1.2 s`, `3 min`, `2 h 5 min`, `12 days`. */
export const durationWords = (ms: number): string => {
  const length = Math.abs(ms)
  if (length < 1000) return `${Math.round(length)} ms`
  if (length < 59_950) return `${Number((length / 1000).toFixed(1))} s`
  const minutes = Math.round(length / 60_000)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return plural(Math.round(hours / 24), 'day')
}

/** Time since the attempt began, as shown beside a step. */
export const offsetWords = (ms: number): string => (ms <= 0 ? '0 ms' : `+${durationWords(ms)}`)

/** An instant of a token seen from a call: `expired 3 min before this call`, `valid for another 58 min`. */
export const expiryWords = (expiresAt: EpochMs, callAt: EpochMs, call: string): string => {
  const left = expiresAt - callAt
  return left < 0
    ? `expired ${durationWords(left)} before ${call}`
    : `valid for another ${durationWords(left)} at ${call}`
}

/** The same for instants that are not an expiry. */
export const relativeWords = (instant: EpochMs, callAt: EpochMs, call: string): string => {
  const difference = instant - callAt
  if (Math.abs(difference) < 1000) return `at ${call}`
  return `${durationWords(difference)} ${difference < 0 ? 'before' : 'after'} ${call}`
}

// Made once: making one costs more than everything else that is drawn for an attempt.
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** Local wall clock, `12:01:33`. */
export const clockTime = (at: EpochMs): string => {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'no valid time' : clock.format(date)
}

/** `2026-01-31 12:01:33 UTC`: the same for everybody who reads the same token. */
export const utcTime = (at: EpochMs): string => {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'no valid time' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
