import { api, call, client, codeLogin, type Happening, type HopSpec, record, redeem } from '../builders'
import type { Area, CorpusEntry } from './entry'

const angularAuth = 'https://github.com/damienbod/angular-auth-oidc-client'

/** A login that was caused to fail with software that played no part in the making of the rules, rebuilt from its recording. */
const heldOut = (
  id: string,
  area: Area,
  title: string,
  source: string,
  expected: CorpusEntry['expected'],
  ...happenings: readonly Happening[]
): CorpusEntry => ({ id: `held-out-2-${id}`, area, title, source, expected, recording: record(...happenings) })

const orders = (hop: Partial<HopSpec> = {}): Happening =>
  call(
    { url: `${api}/orders`, status: 401, headers: { 'Access-Control-Allow-Origin': client }, body: {}, ...hop },
    { initiator: client },
  )

export const heldOut2: readonly CorpusEntry[] = [
  heldOut(
    'code-redeemed-twice-well',
    'API',
    'The page redeems its code twice at once, the server answers both, and the page then has no token',
    angularAuth,
    { rootCause: 'code-redeemed-twice', owner: 'client', not: ['bearer-missing'] },
    codeLogin(),
    redeem(),
    orders({ headers: { 'WWW-Authenticate': 'Bearer', 'Access-Control-Allow-Origin': client } }),
  ),
]
