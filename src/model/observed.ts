/**
 * Why a fact could not be seen. A closed list: each reason has a sentence for the user in {@link blindSpotText}.
 */
export type BlindSpot =
  | 'body-not-captured'
  | 'request-body-not-captured'
  | 'body-truncated'
  | 'headers-not-captured'
  | 'server-to-server'
  | 'inside-request-object'
  | 'pushed-by-reference'
  | 'encrypted'
  | 'capture-started-late'
  | 'not-answered-yet'
  | 'lost-on-leaving'
  | 'removed-by-sanitizer'
  | 'other-browser'
  | 'not-readable'

/** A fact of a recording: seen, seen to be missing, or not seen. Only `absent` may accuse; `unobserved` never does. */
export type Observed<T> =
  | { readonly state: 'present'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unobserved'; readonly because: BlindSpot }

export const absent = { state: 'absent' } as const

export const present = <T>(value: T): Observed<T> & { state: 'present' } => ({ state: 'present', value })

export const unobserved = (because: BlindSpot) => ({ state: 'unobserved', because }) as const

/** The value when it was seen, `undefined` both when absent and when unobserved: use only where the two mean the same. */
export const valueOf = <T>(observed: Observed<T>): T | undefined =>
  observed.state === 'present' ? observed.value : undefined

export const mapObserved = <T, U>(observed: Observed<T>, map: (value: T) => U): Observed<U> =>
  observed.state === 'present' ? present(map(observed.value)) : observed

export const flatMapObserved = <T, U>(observed: Observed<T>, map: (value: T) => Observed<U>): Observed<U> =>
  observed.state === 'present' ? map(observed.value) : observed

/** One sentence for the user: why it was not visible, and how to see it next time. */
export const blindSpotText: Record<BlindSpot, string> = {
  'body-not-captured':
    'The body was not visible: response bodies can only be read while DevTools is open. Open DevTools, turn on Preserve log in the Network panel, and log in again.',
  'request-body-not-captured':
    'What this request sent was not visible: browsers do not show bodies that a page hands over as a stream, as `fetch(new Request(…))` does.',
  'body-truncated': 'The body was longer than what is kept, so only its beginning was seen.',
  'headers-not-captured': 'The headers of this exchange are not in the recording.',
  'server-to-server':
    'The token request of the client’s server never passes through the browser: it goes from server to server.',
  'inside-request-object': 'The parameters are inside a request object that could not be read.',
  'pushed-by-reference':
    'The parameters were pushed to the authorization server by another party and are not in the URL.',
  encrypted: 'The value is encrypted for its receiver.',
  'capture-started-late': 'It happened before the recording began.',
  'not-answered-yet': 'No answer had arrived when the recording ended.',
  'lost-on-leaving': 'The page moved on before the browser had noted it down.',
  'removed-by-sanitizer': 'It was removed from the file before it came here.',
  'other-browser': 'It happened in another browser or profile.',
  'not-readable': 'The bytes were there but could not be read as what they should be.',
}
