import { sampleRecording } from '../../src/panel/sources/sample'
import type { ObservedEntry, Recording } from '../../src/model/recording'
import { asHarFile } from '../../src/testing/as-har-file'
import {
  all,
  authorize,
  codeLogin,
  errorPage,
  errorRedirect,
  type Happening,
  type LoginSpec,
  record,
  redeem,
  request,
  tokenError,
  wait,
} from '../../src/testing/builders'
import { refresh, refused, renewed } from '../../src/testing/refresh'
import { NOW } from './stage'

const entriesOf = ({ events }: Recording): readonly ObservedEntry[] =>
  events.flatMap((event) => (event.type === 'entry.observed' ? [event.entry] : []))

const built = (...happenings: readonly Happening[]): readonly ObservedEntry[] =>
  entriesOf(asHarFile(record(...happenings)))

/** Overrides that make a login one of its own: no value is that of another login. */
const numbered = (index: number, client_id: string = request.client_id): LoginSpec => ({
  request: { client_id, state: `state-of-login-${index}-f3e9`, nonce: `nonce-of-login-${index}-8d1c` },
  response: { code: `code-of-login-${index}-6WxSbIA` },
  token: { client_id },
  idToken: { aud: client_id, nonce: `nonce-of-login-${index}-8d1c` },
  tokenAnswer: { access_token: `access-token-of-login-${index}-pAA` },
})

/** A login that worked and, four minutes later, one whose `redirect_uri` has a slash too many. */
export const wrongRedirectUri = entriesOf(sampleRecording(NOW))

export const worked = wrongRedirectUri.slice(0, 5)

/** The answers' bodies are what DevTools could not read. */
const withoutBodies = (entries: readonly ObservedEntry[]): readonly ObservedEntry[] =>
  entries.map(({ responseBody: _body, ...entry }) => entry)

export const workedUnread = withoutBodies(worked)

export const refusedUnread = withoutBodies(wrongRedirectUri.slice(5))

export const underWay = wrongRedirectUri.slice(0, 1).map((entry) => ({ ...entry, startedDateTime: NOW - 4000 }))

/** A login that worked, then one whose page redeems its code twice. */
export const redeemedTwice = built(
  codeLogin(numbered(1)),
  wait(120_000),
  authorize(numbered(2)),
  wait(310),
  redeem(numbered(2)),
  wait(18),
  redeem({ ...numbered(2), tokenCall: tokenError('invalid_grant', { error_description: 'Code not valid' }) }),
)

/** A login of a client with a server, whose callback shows in nothing what it made of the code. */
export const endUnseen = built(
  authorize({
    request: { redirect_uri: 'https://app.example/auth/callback' },
    callback: { body: '<h1>Your orders</h1>' },
  }),
)

/** Twenty minutes ago the user saw the sign-in page and did not go on. */
export const abandoned = wrongRedirectUri.slice(0, 1).map((entry) => ({ ...entry, startedDateTime: NOW - 20 * 60_000 }))

/** A login whose refresh token two tabs use at the same time. */
export const refreshedTwice = built(
  codeLogin({ ...numbered(1), tokenAnswer: { expires_in: 60, refresh_token: 'refresh-token-1-7Yd8sample' } }),
  wait(50_000),
  refresh('refresh-token-1-7Yd8sample', renewed('refresh-token-2-7Yd8sample')),
  wait(50_000),
  refresh('refresh-token-2-7Yd8sample', renewed('refresh-token-3-7Yd8sample')),
  refresh('refresh-token-2-7Yd8sample', refused),
)

const kinds: readonly ((spec: LoginSpec) => Happening)[] = [
  codeLogin,
  errorPage,
  codeLogin,
  ({ response: _response, ...spec }) => errorRedirect('access_denied', spec),
  codeLogin,
  (spec) => all(authorize(spec), redeem({ ...spec, tokenCall: tokenError('invalid_client', {}, 401) })),
]
const clients = ['shop-web', 'billing', 'a-client-with-a-rather-long-identifier.apps.example']

/** More attempts than are drawn at once. */
export const hundreds = built(
  ...Array.from({ length: 130 }, (_, index) =>
    all(
      kinds[index % kinds.length]!(numbered(index, clients[Math.floor(index / kinds.length) % clients.length])),
      wait(2000),
    ),
  ),
)

/** An answer that alone takes more than the recorder keeps. */
export const tooMuch: readonly ObservedEntry[] = worked.slice(-1).map((entry) => ({
  ...entry,
  startedDateTime: entry.startedDateTime + 1000,
  responseBody: { kind: 'text', mimeType: 'application/json', text: `["${'x'.repeat(8.2 * 1024 * 1024)}"]` },
}))
