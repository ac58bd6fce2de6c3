import type { FlowKind, FlowStatus, Flow, Owner, Step, StepKind } from '../model/analysis'

export const ownerNames: Readonly<Record<Owner, string>> = {
  client: 'Client',
  authorization_server: 'Authorization server settings',
  resource_server: 'API',
  browser: 'Browser',
  network: 'Network',
  user: 'User',
}

export const statusNames: Readonly<Record<FlowStatus, string>> = {
  succeeded: 'succeeded',
  delivered: 'answered; what the client did with the answer was not seen',
  failed: 'failed',
  pending: 'not finished',
  abandoned: 'abandoned',
}

/** A name of the protocol, in words: `authorization_code` is read as "authorization code". */
export const kindName = (kind: FlowKind | StepKind): string =>
  ({ jwks: 'JWKS', api_call: 'API call', userinfo_request: 'UserInfo request' })[kind as string] ??
  kind.replaceAll('_', ' ')

/** `my-spa → https://as.example`, as far as both are known. */
export const flowName = (flow: Flow): string =>
  `${flow.client_id ?? 'unknown client'} → ${flow.issuer ?? originOfFirstStep(flow) ?? 'unknown server'}`

const originOfFirstStep = ({ steps }: Flow): string | undefined => {
  const step = steps.find(({ kind }) => kind === 'authorization_request' || kind === 'token_request') ?? steps[0]
  return step && URL.canParse(step.url) ? new URL(step.url).origin : undefined
}

/** `+41 ms`, `+1.2 s`: time since the attempt began. */
export const offsetOf = (flow: Flow, step: Step): string => {
  const milliseconds = Math.round(step.at - flow.startedAt)
  return Math.abs(milliseconds) < 1000 ? `+${milliseconds} ms` : `+${(milliseconds / 1000).toFixed(1)} s`
}

/** URL without query and fragment, for lines that must stay short. */
export const shortUrl = (url: string): string => url.split(/[?#]/, 1)[0] ?? url

/** `<client>-<outcome>-<time>.<extension>`, safe on every file system. */
export const fileNameOf = (flows: readonly Flow[], exportedAt: string, extension: string): string => {
  const flow = flows.find(({ status }) => status === 'failed') ?? flows.at(-1)
  const time = (flow ? new Date(flow.startedAt).toISOString() : exportedAt).replace(/[-:]|\.\d+/g, '')
  const parts = [flow?.client_id ?? 'login', flow?.status ?? 'recording', time]
  return `${parts.map((part) => part.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 60)).join('-')}.${extension}`
}
