import type { ProviderProfile } from './provider'

/** All provider profiles; the first whose pattern matches describes the server. */
export const providers: readonly ProviderProfile[] = []
