import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, isAbsolute, relative } from 'node:path'
import { parseArgs } from 'node:util'
import picocolors from 'picocolors'
import { glob, isDynamicPattern } from 'tinyglobby'
import { rules } from '../analyzer/rules'
import type { Rule } from '../analyzer/rules/rule'
import { readAny } from '../capture/import-any'
import { exportAs, leakMessage } from '../exports/formats'
import { endOfRecording, type ExportInput, prepareExport } from '../exports/prepare'
import { sarifOf } from '../exports/sarif'
import { type Paint, noPaint, writeText } from '../exports/text'
import { generator, traceOf } from '../exports/trace'
import { ownerNames } from '../exports/words'

export interface CommandLineWorld {
  readonly stdin: () => Promise<string>
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly colors: boolean
  /** Whether somebody watches standard error. */
  readonly progress: boolean
  readonly now: () => number
}

const formats = ['text', 'json', 'markdown', 'mermaid', 'sarif', 'html', 'har', 'repro'] as const
type Format = (typeof formats)[number]
const thresholds = ['failure', 'risk', 'never'] as const
type Threshold = (typeof thresholds)[number]

const usage = `Usage: loginscope analyze FILE… [options]

Says why the logins in a recording failed and what to change. FILE is a HAR file, a Loginscope trace or a
SAML-tracer export; a glob; or - for standard input, which may also be a URL, a curl command, a JWT or a token response.

  --format FORMAT      ${formats.join(' | ')} (default: text)
  --output FILE        write there instead of to standard output
  --fail-on WHAT       failure | risk | never (default: failure): what makes the exit status 1
  --keep-secrets       leave secrets in the output; they are replaced by labels otherwise
  --explain RULE       what a rule looks at, and what to do
  --list-rules         all rules
  --version, --help

Exit status 0: nothing at or above --fail-on; 1: something; 2: bad usage or unreadable input.
`

/** A mistake of whoever called: one line on standard error, exit status 2. */
class UsageError extends Error {}

/** Runs the command line and gives its exit status. */
export const runCommandLine = async (args: readonly string[], world: CommandLineWorld): Promise<0 | 1 | 2> => {
  try {
    return await run(args, world)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    world.stderr(`loginscope: ${error.message}\n`)
    return 2
  }
}

const run = async (args: readonly string[], world: CommandLineWorld): Promise<0 | 1 | 2> => {
  const { values, positionals } = parse(args)
  if (values.help) return say(world, usage)
  if (values.version) return say(world, `${generator.version}\n`)
  if (values['list-rules']) return say(world, listRules())
  if (values.explain !== undefined) return say(world, explain(values.explain))
  const [command, ...patterns] = positionals
  if (command !== 'analyze')
    throw new UsageError(`expected "analyze FILE…"${command ? `, got "${command}"` : ''}; see --help`)
  const format = oneOf(values.format, formats, '--format')
  const failOn = oneOf(values['fail-on'], thresholds, '--fail-on')
  const files = await expand(patterns)
  if (files.length === 0) throw new UsageError('expected a file to analyze; see --help')

  const inputs: ExportInput[] = []
  for (const file of files) inputs.push(await readInput(file, values['keep-secrets'], world))
  const text = write(inputs, format, values.output === undefined && world.colors)
  if (values.output === undefined) world.stdout(text)
  else
    await writeFile(values.output, text).catch((error: Error) =>
      Promise.reject(new UsageError(`cannot write ${values.output}: ${error.message}`)),
    )
  return inputs.some((input) => reaches(input, failOn)) ? 1 : 0
}

const say = (world: CommandLineWorld, text: string): 0 => {
  world.stdout(text)
  return 0
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        output: { type: 'string' },
        'fail-on': { type: 'string', default: 'failure' },
        'keep-secrets': { type: 'boolean', default: false },
        explain: { type: 'string' },
        'list-rules': { type: 'boolean', default: false },
        version: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n')[0]?.replace(/\. To specify.*$/, '')}; see --help`)
  }
}

const oneOf = <T extends string>(value: string, allowed: readonly T[], option: string): T => {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new UsageError(`${option} is one of ${allowed.join(', ')}, not "${value}"`)
  return found
}

/** Files in the order of the arguments; a glob that the shell did not expand gives its files in alphabetical order. */
const expand = async (patterns: readonly string[]): Promise<readonly string[]> => {
  const lists = await Promise.all(
    patterns.map(async (pattern) => {
      if (!isDynamicPattern(pattern) || (await exists(pattern))) return [pattern]
      const found = await glob(pattern, { absolute: isAbsolute(pattern) })
      if (found.length === 0) throw new UsageError(`${pattern}: no file matches`)
      return found.toSorted()
    }),
  )
  return lists.flat()
}

/** A path outside of the working directory names people and machines; its last part is enough. */
const withoutHome = (file: string): string => {
  const path = relative(process.cwd(), file)
  return path.startsWith('..') || isAbsolute(path) ? basename(file) : path.replaceAll('\\', '/')
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const LARGE = 5_000_000

const readInput = async (file: string, keepSecrets: boolean, world: CommandLineWorld): Promise<ExportInput> => {
  const name = file === '-' ? 'standard input' : file
  const text = file === '-' ? await world.stdin() : await readText(file)
  const showsProgress = world.progress && text.length > LARGE
  if (showsProgress) world.stderr(`${name}: ${Math.round(text.length / 1e6)} MB, reading …\r`)
  const imported = readAny(text, { at: world.now() })
  if ('error' in imported) {
    const { message, place } = imported.error
    throw new UsageError(`${name}${place ? `:${place.line}:${place.column}` : ''}: ${message}`)
  }
  for (const note of imported.notes) world.stderr(`loginscope: ${name}: ${note}\n`)
  if (showsProgress) world.stderr(`${name}: ${imported.recording.events.length} events, analysing …\x1b[K\r`)
  const input = prepareExport(imported.recording, {
    now: endOfRecording(imported.recording),
    exportedAt: world.now(),
    secrets: keepSecrets ? 'keep' : 'redact',
    source: file === '-' ? 'stdin' : withoutHome(file),
  })
  if (showsProgress) world.stderr('\x1b[K')
  for (const { rule, message } of input.analysis.crashed)
    world.stderr(`loginscope: ${name}: rule ${rule} crashed: ${message}\n`)
  return input
}

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'no such file',
      EISDIR: 'is a directory, expected a file',
      EACCES: 'permission denied',
    }
    throw new UsageError(`${file}: ${reasons[code ?? ''] ?? message}`)
  }
}

const paint: Paint = picocolors.createColors(true)

const write = (inputs: readonly ExportInput[], format: Format, colors: boolean): string => {
  const [only, ...more] = inputs
  if (only && more.length === 0 && !(format === 'text' && colors)) return writeOne(only, format)
  if (format === 'text')
    return inputs
      .map((input) => withTitle(input, proven(input, writeText(input, colors ? paint : noPaint)), inputs.length > 1))
      .join('\n')
  if (format === 'json')
    return `${JSON.stringify(
      inputs.map((input) => (writeOne(input, format), traceOf(input))),
      null,
      2,
    )}\n`
  if (format === 'sarif')
    return `${JSON.stringify((inputs.forEach((input) => writeOne(input, format)), sarifOf(inputs)), null, 2)}\n`
  if (format !== 'markdown') throw new UsageError(`--format ${format} takes one file at a time`)
  return inputs.map((input) => withTitle(input, writeOne(input, format), true)).join('\n')
}

const withTitle = ({ source }: ExportInput, text: string, wanted: boolean): string =>
  wanted ? `# ${source}\n\n${text}` : text

const writeOne = (input: ExportInput, format: Format): string => {
  const exported = exportAs(format, input)
  if ('leaks' in exported) throw new UsageError(leakMessage(exported.leaks))
  return exported.text
}

const proven = (input: ExportInput, text: string): string => {
  const leaks = input.prove(text)
  if (leaks.length > 0) throw new UsageError(leakMessage(leaks))
  return text
}

const reaches = ({ analysis }: ExportInput, failOn: Threshold): boolean =>
  failOn !== 'never' &&
  analysis.findings.some(({ category }) => category === 'failure' || (failOn === 'risk' && category === 'risk'))

const listRules = (): string => {
  const width = Math.max(...rules.map(({ id }) => id.length))
  return rules
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, category, title }) => `${id.padEnd(width)}  ${category.padEnd(11)}  ${title}\n`)
    .join('')
}

const explain = (id: string): string => {
  const rule = rules.find((candidate) => candidate.id === id)
  if (!rule) throw new UsageError(`no rule is called "${id}"; see --list-rules`)
  return explanationOf(rule)
}

const explanationOf = ({
  id,
  title,
  category,
  severity,
  owner,
  what,
  why,
  toldApart,
  silentWhen,
  references,
}: Rule): string =>
  [
    `${title}`,
    `${id} · ${category} · ${severity} · ${ownerNames[owner]}`,
    ...[what, why].filter(Boolean),
    ...(toldApart ? [`Told apart: ${toldApart}`] : []),
    ...(silentWhen ? [`Silent when: ${silentWhen}`] : []),
    references.map((reference) => `${reference.title}\n  ${reference.url}`).join('\n'),
  ].join('\n\n') + '\n'
