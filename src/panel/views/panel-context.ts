import { type Dispatch, createContext, useContext } from 'react'
import type { UiAction, UiState } from '../ui-state'

export interface PanelContextValue {
  readonly dispatch: Dispatch<UiAction>
  readonly revealed: UiState['revealed']
  /** A value under the pointer; its places light up in the sequence. */
  readonly setHovered: (value: string | null) => void
}

export const PanelContext = createContext<PanelContextValue>({
  dispatch: () => {},
  revealed: new Set(),
  setHovered: () => {},
})

export const usePanel = (): PanelContextValue => useContext(PanelContext)
