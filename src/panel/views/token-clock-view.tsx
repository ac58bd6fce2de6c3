import { Icon } from '../../ui/icon'
import type { TokenRow } from '../selectors/token-clock'
import { usePanel } from './panel-context'
import './token-clock-view.css'

export const TokenClockView = ({ rows }: { rows: readonly TokenRow[] }) => {
  const { dispatch } = usePanel()
  if (rows.length === 0)
    return (
      <p className="nothing token-clock">
        No token was seen to be issued. Token responses are visible while DevTools is open on the tab that logs in.
      </p>
    )
  return (
    <ul className="token-clock" aria-label="Tokens">
      {rows.map((row) => (
        <li key={row.key}>
          <span className="token-name">
            <strong>{row.kind}</strong>
          </span>
          <span className={row.expired ? 'tone-failed' : ''}>
            {row.expired ? <Icon name="warning" /> : null} {row.expires}
          </span>
          {row.elapsed === null ? null : (
            <span className="token-life" aria-hidden="true">
              <span style={{ width: `${row.elapsed * 100}%` }} className={row.expired ? 'token-life-over' : ''} />
            </span>
          )}
          <span className="token-facts tone-soft">
            held by {row.holder}
            {row.audience === '' ? null : <>, for {row.audience}</>}, issued {row.issuedAt}{' '}
            <button
              type="button"
              className="link"
              aria-label={`Show where the ${row.kind} of ${row.issuedAt} was issued`}
              onClick={() => {
                dispatch({ type: 'flow.selected', flowId: row.flowId })
                dispatch({ type: 'step.selected', stepId: row.stepId })
              }}
            >
              show
            </button>
          </span>
          {row.race ? (
            <span className="token-race tone-failed">
              <Icon name="failed" /> {row.race}
            </span>
          ) : null}
          {row.uses.length > 0 ? (
            <span className="token-facts tone-soft">
              {row.uses.map((use, index) => (
                <span key={index}>
                  {index > 0 ? ' · ' : ''}
                  {use.what} {use.at}
                </span>
              ))}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
