import type { Flow, Step, StepKind } from '../model/analysis'
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

/** One Mermaid sequence diagram for each attempt, in blocks of Markdown when there are several. */
export const writeMermaid = (input: ExportInput): string => {
  const diagrams = flowsOf(input).map((flow) => diagramOf(input, flow))
  if (diagrams.length === 0) return 'sequenceDiagram\n  Note over Browser: No login found in this recording\n'
  const [only, ...more] = diagrams
  return more.length === 0 && only !== undefined
    ? `${only}\n`
    : `${diagrams.map((diagram) => `\`\`\`mermaid\n${diagram}\n\`\`\``).join('\n\n')}\n`
}

const diagramOf = ({ analysis }: ExportInput, flow: Flow): string => {
  const used = new Set(flow.steps.flatMap((step) => wayOf(step)))
  const cause = findingOf(analysis, flow.rootCause)
  return [
    'sequenceDiagram',
    `  accTitle: ${label(flowName(flow))}`,
    ...Object.entries(parties).flatMap(([id, name]) =>
      used.has(id as Party) ? [`  participant ${id} as ${name}`] : [],
    ),
    ...flow.steps.flatMap((step) => linesOf(flow, step)),
    ...(cause ? [`  Note over ${[...used].slice(0, 2).join(',') || 'Browser'}: ${label(cause.title)}`] : []),
  ].join('\n')
}

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
