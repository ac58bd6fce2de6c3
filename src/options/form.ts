import type { Settings } from '../messaging/contract'

/** Hosts as the user writes them, one a line: `example.com`, `*.example.com`, `localhost:3000`. */
export const parseHosts = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\s,]+/)
      .map((line) => line.replace(/^https?:\/\//i, '').replace(/\/.*$/, ''))
      .filter((line) => line !== '')
      .map((line) => line.toLowerCase()),
  ),
]

const host = /^(\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?)$/

/** What is wrong with a list of hosts, or nothing. */
export const hostsError = (text: string): string | undefined => {
  const wrong = parseHosts(text).find((line) => !host.test(line))
  return wrong === undefined
    ? undefined
    : `“${wrong}” is not a host. Write for example login.example.com or *.example.com.`
}

/** What is wrong with the URL of an endpoint, or nothing. */
export const endpointError = (url: string): string | undefined =>
  URL.canParse(url) && /^https?:/i.test(url)
    ? undefined
    : 'Write the whole address, for example https://login.example.com/oauth/token.'

type Endpoint = Settings['extraEndpoints'][number]

export const withEndpoint = (endpoints: readonly Endpoint[], added: Endpoint): readonly Endpoint[] => [
  ...endpoints.filter(({ url }) => url !== added.url),
  added,
]

export const withoutEndpoint = (endpoints: readonly Endpoint[], removed: Endpoint): readonly Endpoint[] =>
  endpoints.filter((endpoint) => endpoint !== removed)
