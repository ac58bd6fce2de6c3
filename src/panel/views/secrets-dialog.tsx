import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

interface SecretsDialogProps {
  readonly onExport: () => void
  readonly onClose: () => void
}

export const SecretsDialog = ({ onExport, onClose }: SecretsDialogProps) => (
  <Dialog title="Export with secrets?" onClose={onClose}>
    <p>
      The file will hold tokens, codes, cookies and client secrets as they were sent. Whoever has it may act as the user
      and as the client until they expire. The redacted trace gives the same diagnosis.
    </p>
    <div className="dialog-actions">
      <Button look="primary" onClick={onClose}>
        Do not export
      </Button>
      <Button icon="warning" onClick={onExport}>
        Export with secrets
      </Button>
    </div>
  </Dialog>
)
