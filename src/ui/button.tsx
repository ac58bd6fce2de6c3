import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Icon, type IconName } from './icon'
import './button.css'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon?: IconName
  readonly look?: 'plain' | 'primary' | 'quiet'
  readonly children?: ReactNode
}

export const Button = ({ icon, look = 'plain', className = '', children, ...rest }: ButtonProps) => (
  <button type="button" className={`button button-${look} ${className}`} {...rest}>
    {icon ? <Icon name={icon} /> : null}
    {children}
  </button>
)

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName
  /** The accessible name, and the tooltip. */
  readonly label: string
}

export const IconButton = ({ icon, label, className = '', ...rest }: IconButtonProps) => (
  <button type="button" className={`button button-icon ${className}`} aria-label={label} title={label} {...rest}>
    <Icon name={icon} />
  </button>
)
