import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { Notice } from '../selectors/panel-state'
import './notices.css'

interface NoticesProps {
  readonly notices: readonly Notice[]
  readonly onAction: (id: NonNullable<Notice['action']>['id']) => void
}

export const Notices = ({ notices, onAction }: NoticesProps) => (
  <output className="notices" aria-label="Notices">
    {notices.map(({ key, tone, text, action }) => (
      <div key={key} className={`notice notice-${tone}`}>
        <Icon
          name={tone === 'warning' ? 'warning' : 'info'}
          className={tone === 'warning' ? 'tone-warning' : 'tone-accent'}
        />
        <span>{text}</span>
        {action ? <Button onClick={() => onAction(action.id)}>{action.label}</Button> : null}
      </div>
    ))}
  </output>
)
