import { Dialog } from '../../ui/dialog'
import { shortcuts } from '../shortcuts'

interface ShortcutsDialogProps {
  readonly enabled: boolean
  readonly onEnabled: (enabled: boolean) => void
  readonly onClose: () => void
}

export const ShortcutsDialog = ({ enabled, onEnabled, onClose }: ShortcutsDialogProps) => (
  <Dialog title="Keyboard shortcuts" onClose={onClose}>
    <dl className="shortcuts">
      {shortcuts.map((shortcut) => (
        <div key={shortcut.words}>
          <dt>
            {shortcut.keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{shortcut.words}</dd>
        </div>
      ))}
    </dl>
    <label className="check-label">
      <input type="checkbox" checked={enabled} onChange={(event) => onEnabled(event.target.checked)} />
      Single keys do what is listed (j, k, c, /, ?)
    </label>
  </Dialog>
)
