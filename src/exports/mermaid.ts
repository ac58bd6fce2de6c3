import type { Analysis, Flow, Step, StepKind } from '../model/analysis'
import { findingOf, flowsOf, type ExportInput } from './prepare'
import { flowName, kindName, offsetOf, shortUrl } from './words'

type Party = 'Client' | 'Browser' | 'Server' | 'API'

const parties: Readonly<Record<Party, string>> = {
  Client: 'Client',
  Browser: 'Browser',
  Server: 'Authorization server',
  API: 'API',
}

const ways: Readonly<Partial<Record<StepKind, readonly [Party, Party]>>> = {
  login_start: ['Browser', 'Client'],
  authorization_request: ['Browser', 'Server'],
  user_interaction: ['Browser', 'Server'],
  authorization_response: ['Server', 'Client'],
  code_handover: ['Browser', 'Client'],
  after_callback: ['Browser', 'Client'],
  api_call: ['Client', 'API'],
  protected_resource_metadata: ['Client', 'API'],
  end_session_request: ['Browser', 'Server'],
  logout_response: ['Server', 'Client'],
}

/** One Mermaid sequence diagram, in which each of several attempts begins with a note that names it. */
export const writeMermaid = (input: ExportInput): string => {
  const flows = flowsOf(input)
  const [only, ...more] = flows
  if (!only) return 'sequenceDiagram\n  Note over Browser: No login found in this recording\n'
  const used = partiesOf(flows)
  return `${[
    'sequenceDiagram',
    `  accTitle: ${label(more.length === 0 ? flowName(only) : `${flows.length} attempts`)}`,
    ...Object.entries(parties).flatMap(([id, name]) =>
      used.has(id as Party) ? [`  participant ${id} as ${name}`] : [],
    ),
    ...flows.flatMap((flow) => [
      ...(more.length === 0 ? [] : [noteOn(flow, flowName(flow))]),
      ...flow.steps.flatMap((step) => linesOf(flow, step)),
      ...causeOf(input.analysis, flow),
    ]),
  ].join('\n')}\n`
}

const partiesOf = (flows: readonly Flow[]): ReadonlySet<Party> =>
  new Set(flows.flatMap(({ steps }) => steps.flatMap((step) => wayOf(step))))

const causeOf = (analysis: Analysis, flow: Flow): readonly string[] => {
  const cause = findingOf(analysis, flow.rootCause)
  return cause ? [noteOn(flow, cause.title)] : []
}

const noteOn = (flow: Flow, text: string): string =>
  `  Note over ${[...partiesOf([flow])].slice(0, 2).join(',') || 'Browser'}: ${label(text)}`

const wayOf = (step: Step): readonly [Party, Party] => ways[step.kind] ?? ['Client', 'Server']

const linesOf = (flow: Flow, step: Step): readonly string[] => {
  const [from, to] = wayOf(step)
  const request = `  ${from}->>${to}: ${label(`${kindName(step.kind)} ${offsetOf(flow, step)} ${shortUrl(step.url)}`)}`
  if (step.outcome === 'unobserved') return [`  ${from}--)${to}: ${label(`${kindName(step.kind)}, not seen`)}`]
  if (step.outcome === 'failed') return [request, `  ${to}--x${from}: ${step.status ?? 'failed'}`]
  return from === 'Server' || step.status === undefined ? [request] : [request, `  ${to}-->>${from}: ${step.status}`]
}

/** `#` and `;` have a meaning in messages; the escape is that of Mermaid's documentation. */
const label = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[#;<>%{}]/g, (character) => `#${character.charCodeAt(0)};`)
