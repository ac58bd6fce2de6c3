import type { Flow } from '../../model/analysis'
import type { Diagnosis } from './diagnosis'
import { fixText } from './fix-text'
import { maskBody } from './mask'
import { clientLabel, serverLabel } from './parties'
import { maskedText } from './secrets'
import { flowName, statusWord } from './words'

/** The diagnosis for an issue or a chat. Secrets are masked. */
export const diagnosisMarkdown = (flow: Flow, diagnosis: Diagnosis): string => {
  const card = diagnosis.rootCause
  const value = (text: string, secret: boolean) => `\`${secret ? maskedText(text) : maskBody(text)}\``
  return [
    `### ${diagnosis.heading}`,
    '',
    `${statusWord[flow.status]}: ${flowName[flow.kind]}, \`${clientLabel(flow)}\` at ${serverLabel(flow)}${card ? `. To change: **${card.owner.word}**` : ''}`,
    '',
    diagnosis.sentence,
    ...(card
      ? [
          '',
          '**Fix**',
          '',
          fixText(card.fix),
          '',
          '**Evidence**',
          '',
          ...card.evidence.map(
            (row) =>
              `- ${row.place}, ${row.part.toLowerCase()}: \`${row.label}\`${row.actual === undefined ? '' : ` = ${value(row.actual, row.secret)}`}${
                row.expected === undefined ? '' : `, expected ${value(row.expected, row.secret)}`
              }`,
          ),
        ]
      : []),
    '',
  ].join('\n')
}
