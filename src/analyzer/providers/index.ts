import { auth0 } from './auth0'
import { cognito } from './cognito'
import { entra } from './entra'
import { github } from './github'
import { google } from './google'
import { keycloak } from './keycloak'
import { okta } from './okta'
import type { ProviderProfile } from './provider'

/** All provider profiles; the first whose pattern matches describes the server. */
export const providers: readonly ProviderProfile[] = [auth0, cognito, entra, github, google, keycloak, okta]
