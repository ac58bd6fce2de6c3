import { useEffect, useState } from 'react'
import { copyText } from './clipboard'
import { Icon } from './icon'

interface CopyButtonProps {
  /** What is put on the clipboard; a function where making it costs something. */
  readonly text: string | (() => string)
  /** What is copied, for the accessible name: "Copy {what}". */
  readonly what: string
  /** Shows "Copy" beside the icon. */
  readonly wordy?: boolean
}

export const CopyButton = ({ text, what, wordy = false }: CopyButtonProps) => {
  const [result, setResult] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (result === null) return
    const timer = setTimeout(() => setResult(null), 1600)
    return () => clearTimeout(timer)
  }, [result])
  const word = result === 'copied' ? 'Copied' : result === 'refused' ? 'Not copied' : 'Copy'
  return (
    <button
      type="button"
      className={`button ${wordy ? 'button-plain' : 'button-icon'} copy-button`}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() =>
        void copyText(typeof text === 'string' ? text : text()).then((done) => setResult(done ? 'copied' : 'refused'))
      }
    >
      <Icon name={result === 'copied' ? 'done' : 'copy'} {...(result === 'copied' ? { className: 'tone-ok' } : {})} />
      {wordy ? <span>{word}</span> : null}
      <output className="visually-hidden">{result === null ? '' : word}</output>
    </button>
  )
}
