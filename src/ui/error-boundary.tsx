import { Component, type ReactNode } from 'react'

interface ErrorBoundaryProps {
  /** What could not be drawn, as in "The sequence could not be drawn." */
  readonly what: string
  readonly children: ReactNode
}

/** Keeps a fault in one view from taking the others along. A class, because React offers no other way. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { message: string | null }> {
  override state: { message: string | null } = { message: null }

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    if (this.state.message === null) return this.props.children
    return (
      <div className="view-error" role="alert">
        <p>
          {this.props.what} could not be drawn ({this.state.message}). The rest of the panel still works.
        </p>
        <button type="button" className="button button-plain" onClick={() => this.setState({ message: null })}>
          Try again
        </button>
      </div>
    )
  }
}
