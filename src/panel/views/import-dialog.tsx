import { useRef, useState } from 'react'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

/** A file on its way in. */
export interface Reading {
  readonly name: string
  /** 0 to 1; at 1 the file has been read and is being taken apart. */
  readonly share: number
  readonly cancel: () => void
}

interface ImportDialogProps {
  readonly onText: (text: string, name: string) => void
  readonly onFile: (file: File) => void
  readonly onClose: () => void
  /** What was wrong with the last try. */
  readonly error: string | null
  readonly reading: Reading | null
}

export const ImportDialog = ({ onText, onFile, onClose, error, reading }: ImportDialogProps) => {
  const [text, setText] = useState('')
  const picker = useRef<HTMLInputElement>(null)
  return (
    <Dialog title="Open a recording" onClose={onClose}>
      <p>
        A HAR file of any browser, a Loginscope trace, or a piece of a login: a URL, a curl command, a token, a token
        answer. Files can also be dropped anywhere on the panel. Nothing is uploaded.
      </p>
      <div className="dialog-actions">
        <Button look="primary" icon="file" onClick={() => picker.current?.click()}>
          Choose a file
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label="Recording file"
          accept=".har,.json,.txt,application/json"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) onFile(file)
          }}
        />
      </div>
      <label className="paste">
        Or paste it here
        <textarea rows={5} value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} />
      </label>
      {reading ? (
        <div className="dialog-actions" role="status">
          <progress
            aria-label={`Reading ${reading.name}`}
            {...(reading.share < 0.98 ? { value: reading.share } : {})}
          />
          <span>{reading.share < 0.98 ? `Reading ${reading.name} …` : `Taking ${reading.name} apart …`}</span>
          <Button onClick={reading.cancel}>Cancel</Button>
        </div>
      ) : null}
      {error ? (
        <p role="alert" className="tone-failed">
          {error}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button disabled={text.trim() === ''} onClick={() => onText(text, 'what you pasted')}>
          Read it
        </Button>
      </div>
    </Dialog>
  )
}
