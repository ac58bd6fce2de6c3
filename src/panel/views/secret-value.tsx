import { CopyButton } from '../../ui/copy-button'
import { IconButton } from '../../ui/button'
import { maskedText } from '../selectors/secrets'
import { usePanel } from './panel-context'
import './secret-value.css'

interface SecretValueProps {
  readonly name: string
  readonly value: string
  readonly secret: boolean
  /** `code#1`: tells equal values apart from different ones while they are masked. */
  readonly label?: string | null
}

/** A value as it may be shown: secrets masked until asked for, everything copyable. */
export const SecretValue = ({ name, value, secret, label = null }: SecretValueProps) => {
  const { dispatch, revealed, setHovered } = usePanel()
  const hidden = secret && value !== '' && !revealed.has(value)
  return (
    <span className="value" onPointerEnter={() => setHovered(value)} onPointerLeave={() => setHovered(null)}>
      {value === '' ? (
        <em className="tone-soft">empty</em>
      ) : (
        <code className="value-text">{hidden ? maskedText(value) : value}</code>
      )}
      {label && secret ? <span className="value-label">{label}</span> : null}
      <span className="value-actions">
        {secret && value !== '' ? (
          <IconButton
            icon={hidden ? 'eye' : 'unseen'}
            label={`${hidden ? 'Show' : 'Hide'} ${name}`}
            onClick={() => dispatch({ type: 'secret.toggled', value })}
          />
        ) : null}
        {value === '' ? null : <CopyButton text={value} what={name} />}
      </span>
    </span>
  )
}
