import { CopyButton } from '../../ui/copy-button'
import { proseParts } from '../selectors/prose'
import './prose.css'

/** Characters of a value that is not worth breaking over two lines. */
const UNBROKEN = 24

/** A sentence with its values set apart; `copyable` puts a copy button behind each of them. */
export const Prose = ({ text, copyable = false }: { text: string; copyable?: boolean }) => (
  <>
    {proseParts(text).map((part, index) =>
      part.kind === 'text' ? (
        <span key={index}>{part.text}</span>
      ) : (
        <span key={index} className={part.text.length <= UNBROKEN ? 'prose-value prose-short' : 'prose-value'}>
          <code>{part.text}</code>
          {copyable ? <CopyButton text={part.text} what={part.text} /> : null}
        </span>
      ),
    )}
  </>
)
