import { Breakable } from '../../ui/breakable'
import { Icon, type IconName } from '../../ui/icon'
import type { CheckGroup, CheckOutcome } from '../selectors/checklist-view'
import { usePanel } from './panel-context'
import './checklist.css'

const icons: Record<CheckOutcome, { readonly icon: IconName; readonly tone: string }> = {
  pass: { icon: 'succeeded', tone: 'tone-ok' },
  fail: { icon: 'failed', tone: 'tone-failed' },
  warning: { icon: 'warning', tone: 'tone-warning' },
  unseen: { icon: 'unseen', tone: 'tone-soft' },
  'not-reached': { icon: 'abandoned', tone: 'tone-soft' },
}

export const Checklist = ({ groups }: { groups: readonly CheckGroup[] }) => {
  const { dispatch } = usePanel()
  return (
    <div className="checklist">
      {groups.map((group) => (
        <section key={group.title}>
          <h3>{group.title}</h3>
          <ul>
            {group.rows.map((row) => (
              <li key={row.key} className={`check check-${row.outcome}`}>
                <Icon name={icons[row.outcome].icon} className={icons[row.outcome].tone} />
                <span className="check-title">
                  {row.title}
                  {row.conformance ? (
                    <code className="tone-soft">
                      <Breakable name={row.conformance} />
                    </code>
                  ) : null}
                </span>
                <span className={`check-word ${icons[row.outcome].tone}`}>{row.outcomeWord}</span>
                <span className="check-because">
                  {row.because}{' '}
                  {row.stepId && row.outcome !== 'not-reached' ? (
                    <button
                      type="button"
                      className="link"
                      aria-label={`Show step: ${row.title}`}
                      onClick={() => dispatch({ type: 'step.selected', stepId: row.stepId })}
                    >
                      Show step
                    </button>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
