import { CopyButton } from '../../ui/copy-button'
import { proseParts } from '../selectors/prose'
import './prose.css'

/** A sentence with its values set apart; `copyable` puts a copy button behind each of them. */
export const Prose = ({ text, copyable = false }: { text: string; copyable?: boolean }) => (
  <>
    {proseParts(text).map((part, index) =>
      part.kind === 'text' ? (
        <span key={index}>{part.text}</span>
      ) : (
        <span key={index} className="prose-value">
          <code>{part.text}</code>
          {copyable ? <CopyButton text={part.text} what={part.text} /> : null}
        </span>
      ),
    )}
  </>
)
