/**
 * The definitions of the SARIF 2.1.0 schema (OASIS, section 3) that the export uses, each closed against members the standard does
 * not have. For tests.
 */
const string = { type: 'string' }
const message = {
  type: 'object',
  additionalProperties: false,
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1 }, markdown: string },
}
const level = { enum: ['none', 'note', 'warning', 'error'] }
const closed = (required: readonly string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties: { ...properties, properties: { type: 'object' } },
})
const list = (items: object, minItems = 0) => ({ type: 'array', items, minItems })

const location = closed([], {
  physicalLocation: closed([], {
    artifactLocation: closed([], { uri: { type: 'string', pattern: '^[^\\s<>"{}|\\\\^`]*$' } }),
  }),
  logicalLocations: list(closed([], { name: string, fullyQualifiedName: string, kind: string })),
  message,
})

const rule = closed(['id'], {
  id: string,
  shortDescription: message,
  helpUri: { type: 'string', pattern: '^https?://' },
  defaultConfiguration: closed([], { level }),
})

const result = closed(['message'], {
  ruleId: string,
  ruleIndex: { type: 'integer', minimum: -1 },
  level,
  message,
  locations: list(location),
  codeFlows: list(
    closed(['threadFlows'], {
      threadFlows: list(closed(['locations'], { locations: list(closed([], { location }), 1) }), 1),
    }),
  ),
  partialFingerprints: { type: 'object', additionalProperties: string },
})

export const sarifSchema = closed(['version', 'runs'], {
  $schema: string,
  version: { const: '2.1.0' },
  runs: list(
    closed(['tool'], {
      tool: closed(['driver'], { driver: closed(['name'], { name: string, version: string, rules: list(rule) }) }),
      results: list(result),
    }),
  ),
})
