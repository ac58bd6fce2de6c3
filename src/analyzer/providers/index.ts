import { entra } from './entra'
import { google } from './google'
import type { ProviderProfile } from './provider'

/** All provider profiles; the first whose pattern matches describes the server. */
export const providers: readonly ProviderProfile[] = [entra, google]
