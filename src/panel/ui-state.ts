import type { Locator } from '../model/analysis'
import type { DetailsTab } from './selectors/step-details'
import { locatorKey, tabOfLocator } from './selectors/step-details'
import type { OutcomeFilter } from './selectors/flow-rows'

export type FlowView = 'sequence' | 'checklist' | 'lesson' | 'tokens' | 'compare'

/** What the user did in the panel. The analysis is not copied into it. */
export interface UiState {
  /** Null: the attempt is chosen by default, see `defaultFlow`. */
  readonly flowId: string | null
  /** `undefined`: chosen by default, the step that failed. Null: closed. */
  readonly stepId: string | null | undefined
  readonly view: FlowView
  readonly layout: 'diagram' | 'list'
  readonly toScale: boolean
  readonly detailsTab: DetailsTab
  /** The row of the step details that is lit up, and a count that makes lighting it up again an event. */
  readonly lit: { readonly key: string; readonly count: number } | null
  readonly query: string
  readonly outcome: OutcomeFilter
  /** Secrets shown in clear, by value: a value shown once is shown everywhere. */
  readonly revealed: ReadonlySet<string>
  readonly dialog: 'import' | 'shortcuts' | 'rename' | 'secrets' | null
}

export type UiAction =
  /** Null: back to the one that is chosen by default. */
  | { readonly type: 'flow.selected'; readonly flowId: string | null }
  /** The user works with the attempt that was chosen by default: it stays, whatever comes in. */
  | { readonly type: 'flow.kept'; readonly flowId: string }
  | { readonly type: 'step.selected'; readonly stepId: string | null }
  | { readonly type: 'place.opened'; readonly stepId: string; readonly where: Locator; readonly flowId?: string }
  | { readonly type: 'view.selected'; readonly view: FlowView }
  | { readonly type: 'layout.selected'; readonly layout: UiState['layout'] }
  | { readonly type: 'scale.toggled' }
  | { readonly type: 'details-tab.selected'; readonly tab: DetailsTab }
  | { readonly type: 'query.changed'; readonly query: string }
  | { readonly type: 'outcome.selected'; readonly outcome: OutcomeFilter }
  | { readonly type: 'secret.toggled'; readonly value: string }
  | { readonly type: 'dialog.opened'; readonly dialog: UiState['dialog'] }
  | { readonly type: 'recording.changed' }

export const initialUiState: UiState = {
  flowId: null,
  stepId: undefined,
  view: 'sequence',
  layout: 'diagram',
  toScale: false,
  detailsTab: 'parameters',
  lit: null,
  query: '',
  outcome: 'all',
  revealed: new Set(),
  dialog: null,
}

const toggled = (set: ReadonlySet<string>, member: string): ReadonlySet<string> => {
  const next = new Set(set)
  if (!next.delete(member)) next.add(member)
  return next
}

export const reduceUi = (state: UiState, action: UiAction): UiState => {
  switch (action.type) {
    case 'flow.selected':
      return { ...state, flowId: action.flowId, stepId: undefined, lit: null }
    case 'flow.kept':
      return state.flowId === null ? { ...state, flowId: action.flowId } : state
    case 'step.selected':
      return { ...state, stepId: action.stepId, lit: null }
    case 'place.opened':
      return {
        ...state,
        ...(action.flowId === undefined ? {} : { flowId: action.flowId }),
        stepId: action.stepId,
        detailsTab: tabOfLocator(action.where),
        lit: { key: locatorKey(action.where), count: (state.lit?.count ?? 0) + 1 },
      }
    case 'view.selected':
      return { ...state, view: action.view }
    case 'layout.selected':
      return { ...state, layout: action.layout }
    case 'scale.toggled':
      return { ...state, toScale: !state.toScale }
    case 'details-tab.selected':
      return { ...state, detailsTab: action.tab, lit: null }
    case 'query.changed':
      return { ...state, query: action.query }
    case 'outcome.selected':
      return { ...state, outcome: action.outcome }
    case 'secret.toggled':
      return { ...state, revealed: toggled(state.revealed, action.value) }
    case 'dialog.opened':
      return { ...state, dialog: action.dialog }
    case 'recording.changed':
      return { ...state, flowId: null, stepId: undefined, lit: null, query: '', outcome: 'all', revealed: new Set() }
  }
}
