/** The parties that listen on a port of their own. */
export const PARTIES = ['lab', 'auth', 'gateway', 'spa', 'web', 'api', 'shop'] as const
export type Party = (typeof PARTIES)[number]

/**
 * The authorization servers: all are real `oidc-provider` instances. The second group stands behind a faulty gateway
 * which alters exactly one thing, or has a faulty store.
 */
export const PLAIN_SERVERS = ['main', 'same-site', 'lax-cookies', 'basic-only'] as const
export const FAULTY_GATEWAYS = [
  'token-html',
  'token-empty',
  'token-form-encoded',
  'token-without-access-token',
  'token-without-token-type',
  'token-error-200',
  'token-405',
  'token-503',
  'token-without-cors',
  'token-refuses-preflight',
  'altered-state',
  'dropped-state',
  'mixed-up-nonce',
  'accepts-plain',
] as const
export type FaultyGateway = (typeof FAULTY_GATEWAYS)[number]
export type ServerName = (typeof PLAIN_SERVERS)[number] | FaultyGateway

/** Every origin (`http://host:port`, no slash at the end) a scenario may name. */
export interface Origins extends Record<Exclude<Party, 'auth' | 'gateway'>, string> {
  readonly servers: Readonly<Record<ServerName, string>>
  /** The web client under an IP address, another host than `web`. */
  readonly webByAddress: string
  /** The web client under a host that is not loopback by name; needs {@link BROWSER_ARGUMENTS}. */
  readonly webOffLoopback: string
  /** Nothing listens here. */
  readonly refused: string
  /** TLS on a port that speaks plain HTTP. */
  readonly brokenTls: string
  /** A host name that no resolver may ever know (RFC 6761 section 6.4). */
  readonly unresolvable: string
}

const OFF_LOOPBACK_HOST = 'web.lab.test'

/** Arguments Chromium needs so that every scenario works, the one with a redirect_uri off loopback included. */
export const BROWSER_ARGUMENTS = [`--host-resolver-rules=MAP ${OFF_LOOPBACK_HOST} 127.0.0.1`]

const HOSTS: Partial<Record<ServerName, string>> = {
  main: 'auth',
  // Browsers that block third-party cookies send none of another site from a frame; a sub-domain of the app is same-site.
  'same-site': 'login.spa',
}

/** Names the origins for the ports that were given out. */
export function originsFor(ports: Readonly<Record<Party, number>>, refusedPort: number): Origins {
  const local = (host: string, port: number) => `http://${host}.localhost:${port}`
  const server = (name: (typeof PLAIN_SERVERS)[number]): [string, string] => [
    name,
    local(HOSTS[name] ?? `${name}.auth`, ports.auth),
  ]
  const gateway = (name: string): [string, string] => [name, local(`${name}.gateway`, ports.gateway)]
  return {
    lab: local('lab', ports.lab),
    spa: local('spa', ports.spa),
    web: local('web', ports.web),
    api: local('api', ports.api),
    shop: local('shop', ports.shop),
    servers: Object.fromEntries([...PLAIN_SERVERS.map(server), ...FAULTY_GATEWAYS.map(gateway)]) as Origins['servers'],
    webByAddress: `http://127.0.0.1:${ports.web}`,
    webOffLoopback: `http://${OFF_LOOPBACK_HOST}:${ports.web}`,
    refused: local('refused', refusedPort),
    brokenTls: `https://gateway.localhost:${ports.gateway}`,
    unresolvable: 'https://login.loginscope.invalid',
  }
}
