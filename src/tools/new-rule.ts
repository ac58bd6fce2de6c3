import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `npm run new:rule FOLDER/ID`: a rule, its cases, and its line in the folder's index. */
const root = join(import.meta.dirname, '../analyzer/rules')
const [folder = '', id = ''] = (process.argv[2] ?? '').split('/')
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map(({ name }) => name)

const refuse = (message: string): never => {
  console.error(message)
  process.exit(2)
}

if (!folders.includes(folder) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  refuse(`Usage: npm run new:rule FOLDER/ID, with a kebab-case ID and FOLDER one of ${folders.join(', ')}`)
}
const file = join(root, folder, `${id}.ts`)
if (existsSync(file)) refuse(`${folder}/${id} exists already`)

const name = id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
writeFileSync(
  file,
  `import { defineRule, notApplicable } from '../rule'
import { rfc } from '../shared/references'

export const ${name} = defineRule({
  id: '${id}',
  title: '',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: '',
  why: '',
  toldApart: '',
  silentWhen: '',
  references: [rfc(6749)],
  covers: [],

  check() {
    return notApplicable
  },
})
`,
)
writeFileSync(
  join(root, folder, `${id}.cases.ts`),
  `import { codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {},
  pass: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
`,
)
const index = join(root, folder, 'index.ts')
const text = readFileSync(index, 'utf8')
writeFileSync(
  index,
  text.replace("'../rule'\n", `'../rule'\nimport { ${name} } from './${id}'\n`).replace('= [\n', `= [\n  ${name},\n`),
)
console.log(
  `Wrote ${folder}/${id}.ts and its cases. Fill both in, then run: npx vitest run src/analyzer/rules, npm run docs`,
)
