import { CopyButton } from '../../ui/copy-button'
import { proseParts } from '../selectors/prose'
import './prose.css'

/** Characters of a value that is not worth breaking over two lines. */
const UNBROKEN = 24
const LAST = 6

/** The button stays with the last characters, or it would stand alone on the next line. */
export const CopyableValue = ({ text }: { text: string }) => (
  <code>
    {text.slice(0, -LAST)}
    <span className="prose-end">
      {text.slice(-LAST)}
      <CopyButton text={text} what={text} />
    </span>
  </code>
)

/** A sentence with its values set apart; `copyable` puts a copy button behind each of them. */
export const Prose = ({ text, copyable = false }: { text: string; copyable?: boolean }) => (
  <>
    {proseParts(text).map((part, index) =>
      part.kind === 'text' ? (
        <span key={index}>{part.text}</span>
      ) : (
        <span key={index} className={part.text.length <= UNBROKEN ? 'prose-value prose-short' : 'prose-value'}>
          {copyable ? <CopyableValue text={part.text} /> : <code>{part.text}</code>}
        </span>
      ),
    )}
  </>
)
