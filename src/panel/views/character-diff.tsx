import { CopyButton } from '../../ui/copy-button'
import type { DiffPiece, Difference } from '../selectors/difference'
import './character-diff.css'

interface CharacterDiffProps {
  readonly name: string
  readonly actual: string
  readonly expected: string
  readonly difference: Difference
}

const visible = (text: string): string => text.replaceAll(' ', '␣').replaceAll('\t', '⇥').replaceAll('\n', '↵')

const Line = ({ pieces, own }: { pieces: readonly DiffPiece[]; own: 'only-actual' | 'only-expected' }) => (
  <>
    {pieces.map((piece, index) => {
      if (piece.kind === 'same') return <span key={index}>{piece.text}</span>
      if (piece.kind === own) {
        const Mark = own === 'only-actual' ? 'del' : 'ins'
        return (
          <Mark key={index}>
            <span className="visually-hidden"> only here: </span>
            {visible(piece.text)}
          </Mark>
        )
      }
      // A gap keeps the place of what only the other line has; a replaced piece needs none.
      const next = pieces[index + 1]
      const previous = pieces[index - 1]
      if (next?.kind === own || previous?.kind === own) return null
      return (
        <span key={index} className="diff-gap" title="Nothing here">
          <span className="visually-hidden"> nothing here </span>
        </span>
      )
    })}
  </>
)

/** Two values above each other. What differs is boxed and underlined, a gap is a dashed box: it reads without colour. */
export const CharacterDiff = ({ name, actual, expected, difference }: CharacterDiffProps) => (
  <figure className="diff">
    <figcaption>
      <code>{name}</code>: the two values {difference.words}.
    </figcaption>
    <div className="diff-line">
      <span className="diff-sign" aria-hidden="true">
        −
      </span>
      <span className="diff-word">In this login</span>
      <code>{difference.pieces ? <Line pieces={difference.pieces} own="only-actual" /> : actual}</code>
      <CopyButton text={actual} what={`the ${name} of this login`} />
    </div>
    <div className="diff-line">
      <span className="diff-sign" aria-hidden="true">
        +
      </span>
      <span className="diff-word">Expected</span>
      <code>{difference.pieces ? <Line pieces={difference.pieces} own="only-expected" /> : expected}</code>
      <CopyButton text={expected} what={`the expected ${name}`} />
    </div>
  </figure>
)
