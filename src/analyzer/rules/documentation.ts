import { rules } from './index'
import { notVisible } from './not-visible'
import type { Rule } from './rule'
import { signatures } from './signatures'

/** The text of `rules/README.md`: what each rule looks at, how it is told apart, and which signature is answered where. */
export const rulesDocument = (): string =>
  [
    '# Rules',
    '',
    'Written by `npm run docs` from the rules themselves. A rule states one fact of one login; the diagnosis picks the root',
    'cause among the facts that can explain the failure: `mechanism` (both ends were seen and compared) before `statement`',
    '(the server named its reason) before `symptom`.',
    '',
    ...[...byCategory()].flatMap(([category, members]) => [
      `## ${headings[category]}`,
      '',
      ...members.flatMap(ruleSection),
    ]),
    '## Signatures',
    '',
    '| signature | answered by |',
    '| --- | --- |',
    ...signatures.map((slug) => `| \`${slug}\` | ${answer(slug)} |`),
    '',
  ].join('\n')

const headings: Record<Rule['category'], string> = {
  failure: 'Failures: they broke a login',
  risk: 'Risks: the login works and is open to attack',
  conformance: 'Deviations that broke nothing',
  info: 'Worth knowing',
}

const byCategory = (): Map<Rule['category'], Rule[]> => {
  const sorted = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const categories = ['failure', 'risk', 'conformance', 'info'] as const
  return new Map(
    categories
      .map((category): [Rule['category'], Rule[]] => [category, sorted.filter((rule) => rule.category === category)])
      .filter(([, members]) => members.length > 0),
  )
}

const ruleSection = (rule: Rule): string[] => [
  `### ${rule.id}`,
  '',
  `**${rule.title}.** Owner: ${rule.owner.replaceAll('_', ' ')}. Depth: ${rule.depth}.`,
  '',
  `- What: ${rule.what}`,
  `- Why: ${rule.why}`,
  `- Told apart: ${rule.toldApart}`,
  `- Silent when: ${rule.silentWhen}`,
  `- References: ${rule.references.map(({ title, url }) => `[${title}](${url})`).join(', ')}`,
  '',
]

const answer = (slug: string): string => {
  const by = rules.filter(({ covers }) => covers.includes(slug)).map(({ id }) => `[${id}](#${id})`)
  if (by.length > 0) return by.join(', ')
  const hidden = notVisible.find((entry) => entry.slug === slug)
  return hidden ? `not visible: ${hidden.because}` : '—'
}
