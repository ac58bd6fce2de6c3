import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import express, { type Express } from 'express'
import type { Origins, ServerName } from './origins'

/** How the single-page app is set up in one scenario; what is left out is as it should be. */
export interface SpaSetup {
  readonly server?: ServerName
  readonly flow?: 'code' | 'implicit'
  /** Settings of `oidc-client-ts` that differ from the healthy ones. */
  readonly settings?: (origins: Origins) => Readonly<Record<string, unknown>>
  readonly faults?: SpaFaults
  /** Asks with `prompt=none` whether there is a session before it shows the sign-in page. */
  readonly probesFirst?: boolean
  readonly afterSignIn?: (origins: Origins) => readonly SpaStep[]
}

/** What this app does wrong around the callback. */
export interface SpaFaults {
  readonly redeemsTwice?: boolean
  /** Milliseconds between the callback and the token request. */
  readonly waitsBeforeExchange?: number
  /** Members of the stored login that come back altered. */
  readonly alteredState?: (origins: Origins) => Readonly<Record<string, string>>
}

/** `{token}` and `{type}` in `authorization` and `url` stand for the token's value and its `token_type`. */
export type SpaStep =
  | {
      readonly step: 'call-api'
      readonly url: string
      readonly authorization?: string
      readonly token: 'access_token' | 'id_token'
    }
  | { readonly step: 'renew' }
  | { readonly step: 'sign-out' }
  | { readonly step: 'sign-in-again'; readonly redirectUri: string }
  | { readonly step: 'wait'; readonly ms: number }
  | { readonly step: 'open'; readonly url: string }

const PAGES = ['/', '/callback', '/silent-callback', '/implicit-callback', '/signed-out']

/** The public client: static files and one JSON file per scenario, as an app that reads its settings at start. */
export function createSpaServer(origins: Origins, setupOf: (scenario: string) => SpaSetup): Express {
  const files = join(import.meta.dirname, 'spa')
  const library = join(dirname(createRequire(import.meta.url).resolve('oidc-client-ts/package.json')), 'dist/browser')

  const spa = express()
  spa.disable('x-powered-by')
  spa.get('/setup/:scenario.json', (request, response) => {
    response.json(setupFile(request.params.scenario, setupOf(request.params.scenario), origins))
  })
  spa.get(PAGES, (_request, response) => response.sendFile(join(files, 'index.html')))
  spa.get('/oidc-client-ts.min.js', (_request, response) => response.sendFile(join(library, 'oidc-client-ts.min.js')))
  spa.use(express.static(files))
  return spa
}

function setupFile(scenario: string, setup: SpaSetup, origins: Origins) {
  return {
    scenario,
    flow: setup.flow ?? 'code',
    faults: { ...setup.faults, alteredState: setup.faults?.alteredState?.(origins) },
    probesFirst: setup.probesFirst ?? false,
    afterSignIn: setup.afterSignIn?.(origins) ?? [],
    settings: {
      authority: origins.servers[setup.server ?? 'main'],
      client_id: 'spa',
      redirect_uri: `${origins.spa}/callback`,
      silent_redirect_uri: `${origins.spa}/silent-callback`,
      post_logout_redirect_uri: `${origins.spa}/signed-out`,
      response_type: 'code',
      scope: 'openid profile orders:read',
      resource: origins.api,
      ...setup.settings?.(origins),
    },
  }
}
