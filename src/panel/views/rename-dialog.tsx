import { useState } from 'react'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

interface RenameDialogProps {
  readonly name: string
  readonly onRename: (name: string) => void
  readonly onClose: () => void
}

export const RenameDialog = ({ name, onRename, onClose }: RenameDialogProps) => {
  const [text, setText] = useState(name)
  return (
    <Dialog title="Rename this attempt" onClose={onClose}>
      <form
        className="rename"
        onSubmit={(event) => {
          event.preventDefault()
          onRename(text)
        }}
      >
        <label className="paste">
          Name, only for you
          <input type="text" maxLength={120} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <div className="dialog-actions">
          <Button type="submit" look="primary">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
