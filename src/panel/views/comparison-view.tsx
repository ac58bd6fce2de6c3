import { useState } from 'react'
import { Icon } from '../../ui/icon'
import type { ComparisonView as ComparisonModel } from '../selectors/comparison'
import './comparison-view.css'

interface ComparisonViewProps {
  readonly compare: (wanted: string | null) => ComparisonModel | null
}

const Value = ({ value }: { value: string | null }) =>
  value === null ? (
    <em className="tone-soft">not there</em>
  ) : value === '' ? (
    <em className="tone-soft">empty</em>
  ) : (
    <code>{value}</code>
  )

export const ComparisonView = ({ compare }: ComparisonViewProps) => {
  const [wanted, setWanted] = useState<string | null>(null)
  const view = compare(wanted)
  if (!view) return <p className="nothing comparison">There is no other attempt to compare with. Log in once more.</p>
  return (
    <div className="comparison">
      <label>
        Compare with{' '}
        <select value={view.chosen} onChange={(event) => setWanted(event.target.value)}>
          {view.choices.map((choice) => (
            <option key={choice.key} value={choice.key}>
              {choice.words}
            </option>
          ))}
        </select>
      </label>
      {view.rows.length === 0 ? (
        <p>{view.summary}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">What differs</th>
              <th scope="col">The other</th>
              <th scope="col">This attempt</th>
            </tr>
          </thead>
          <tbody>
            {view.rows.map((row) => (
              <tr key={row.key} title={row.sentence}>
                <th scope="row">
                  {row.step}
                  <span className="tone-soft">{row.place}</span>
                  {row.isCause ? (
                    <span className="tone-failed">
                      <Icon name="failed" /> this is the cause
                    </span>
                  ) : null}
                </th>
                <td data-label="The other">
                  <Value value={row.other} />
                </td>
                <td data-label="This attempt">
                  <Value value={row.mine} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
