import type { ReactNode } from 'react'
import { Icon } from './icon'
import './disclosure.css'

interface DisclosureProps {
  readonly summary: ReactNode
  readonly open?: boolean
  readonly children: ReactNode
}

export const Disclosure = ({ summary, open = false, children }: DisclosureProps) => (
  <details className="disclosure" open={open}>
    <summary>
      <Icon name="chevron" className="disclosure-mark" />
      {summary}
    </summary>
    <div className="disclosure-body">{children}</div>
  </details>
)
