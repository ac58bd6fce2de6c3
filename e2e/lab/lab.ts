import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { createApi } from './api'
import { createAuthorizationServer, createSigningKey } from './authorization-server'
import { faultyGateway } from './gateway'
import { FAULTY_GATEWAYS, type Origins, originsFor, type Party, PARTIES, PLAIN_SERVERS } from './origins'
import { type Scenario, scenarios } from './scenarios'
import { createShop } from './shop'
import { createSpaServer } from './spa-server'
import { startPage } from './start-page'
import { createWebClient } from './web-client'

export interface Lab {
  /** The page that lists the scenarios. */
  readonly startUrl: string
  readonly origins: Origins
  readonly scenarios: readonly Scenario[]
  close(): Promise<void>
}

export interface LabOptions {
  /** Fixed ports for some parties; the others get free ones. */
  readonly ports?: Partial<Record<Party, number>>
}

/**
 * Starts every party of the lab on the loopback interface.
 * Rejects with `EADDRINUSE` when a fixed port is taken.
 */
export async function startLab({ ports = {} }: LabOptions = {}): Promise<Lab> {
  const servers = await listenAll(ports)
  const origins = originsFor(portsOf(servers), await unusedPort())
  const listeners = await createListeners(origins)
  for (const party of PARTIES) servers[party].on('request', listeners[party])
  return {
    startUrl: `${origins.lab}/`,
    origins,
    scenarios,
    close: async () => {
      await Promise.all(Object.values(servers).map(closeServer))
    },
  }
}

type Servers = Record<Party, Server>

async function listenAll(ports: Partial<Record<Party, number>>): Promise<Servers> {
  const entries = await Promise.all(
    PARTIES.map(async (party) => [party, await listen(createServer(), ports[party] ?? 0)] as const),
  )
  return Object.fromEntries(entries) as Servers
}

function portsOf(servers: Servers): Record<Party, number> {
  const port = (party: Party) => [party, (servers[party].address() as AddressInfo).port] as const
  return Object.fromEntries(PARTIES.map(port)) as Record<Party, number>
}

async function createListeners(origins: Origins): Promise<Record<Party, RequestListener>> {
  const signingKey = await createSigningKey()
  const serverOf = (name: (typeof PLAIN_SERVERS)[number] | (typeof FAULTY_GATEWAYS)[number]) =>
    createAuthorizationServer(name, origins, signingKey).callback()
  const byHost =
    (hosts: Map<string, RequestListener>): RequestListener =>
    (request, response) => {
      const listener = hosts.get(request.headers.host ?? '')
      if (listener) listener(request, response)
      else response.writeHead(421).end()
    }
  const hostOf = (name: keyof Origins['servers']) => new URL(origins.servers[name]).host
  const setupOf = <T>(kind: (scenario: Scenario) => T | undefined, none: T) => {
    const setups = new Map(scenarios.map((scenario) => [scenario.id, kind(scenario)]))
    return (id: string): T => setups.get(id) ?? none
  }
  return {
    lab: (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(startPage(scenarios, origins))
    },
    auth: byHost(new Map(PLAIN_SERVERS.map((name) => [hostOf(name), serverOf(name)]))),
    gateway: byHost(new Map(FAULTY_GATEWAYS.map((name) => [hostOf(name), faultyGateway(name, serverOf(name))]))),
    spa: createSpaServer(
      origins,
      setupOf(({ spa }) => spa, {}),
    ),
    web: createWebClient(
      origins,
      setupOf(({ web }) => web, {}),
    ),
    api: createApi(origins),
    shop: createShop(origins),
  }
}

function listen<T extends Server | ReturnType<typeof createTcpServer>>(server: T, port: number): Promise<T> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

async function unusedPort(): Promise<number> {
  const server = await listen(createTcpServer(), 0)
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
