import { corpus } from '../testing/corpus'
import { measure } from '../testing/corpus/measure'

/** Prints, for each area, how many logins of the corpus got their true root cause named; fails unless all did. */
const outcomes = ['right', 'wrong', 'missing', 'false accusation'] as const
const measured = corpus.map((entry) => ({ entry, ...measure(entry) }))
const areas = [...new Set(corpus.map(({ area }) => area))]

const row = (cells: readonly string[]) =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(24) : cell.padStart(17))).join('')
console.log(row(['area', ...outcomes]))
for (const area of [...areas, 'all']) {
  const members = measured.filter(({ entry }) => area === 'all' || entry.area === area)
  console.log(
    row([area, ...outcomes.map((outcome) => String(members.filter((one) => one.outcome === outcome).length))]),
  )
}
const off = measured.filter(({ outcome }) => outcome !== 'right')
for (const { entry, outcome, said } of off) {
  console.log(`${outcome}: ${entry.id} expected ${entry.expected.rootCause ?? 'no cause'}, said ${said ?? 'none'}`)
}
process.exitCode = off.length === 0 ? 0 : 1
