import { useMemo, useRef, useState, useEffect } from 'react'
import { IconButton } from '../../ui/button'
import { ErrorBoundary } from '../../ui/error-boundary'
import { Icon } from '../../ui/icon'
import { Menu } from '../../ui/menu'
import { scrollInside } from '../../ui/scroll-inside'
import { type TabItem, Tabs } from '../../ui/tabs'
import type { AttemptNote } from '../../model/attempt-notes'
import type { Flow } from '../../model/analysis'
import { checklistOf, verdictsOf } from '../selectors/checklist-view'
import { comparisonOf, goodLoginAt } from '../selectors/comparison'
import { diagnosisOf } from '../selectors/diagnosis'
import { rememberedFor } from '../selectors/good-logins'
import { lessonOf } from '../selectors/learn'
import { lateDevTools } from '../selectors/panel-state'
import { sequenceOf, shownStep } from '../selectors/sequence'
import { signaturesOf } from '../selectors/signatures'
import { stepDetails } from '../selectors/step-details'
import { tokenClock } from '../selectors/token-clock'
import { exchangesById, indexValues, stepsSharing, stepsWithValue } from '../selectors/value-index'
import type { Snapshot } from '../store'
import type { FlowView as FlowViewId, UiState } from '../ui-state'
import { Checklist } from './checklist'
import { ComparisonView } from './comparison-view'
import { DiagnosisCard } from './diagnosis-card'
import { LessonView } from './lesson-view'
import { PanelContext, usePanel } from './panel-context'
import { SequenceView } from './sequence-view'
import { StepDetailsView } from './step-details-view'
import { TokenClockView } from './token-clock-view'
import './flow-view.css'

interface FlowViewProps {
  readonly snapshot: Snapshot
  readonly flow: Flow
  /** The attempts the token clock counts. */
  readonly flows: readonly Flow[]
  readonly ui: UiState
  readonly narrow: boolean
  /** `action` is named when it fails. */
  readonly onNote: (action: string, change: AttemptNote) => void
  readonly curl: (exchangeId: string, secrets: 'redact' | 'keep') => string
}

const views: readonly TabItem<FlowViewId>[] = [
  { id: 'sequence', label: 'Sequence' },
  { id: 'checklist', label: 'Checklist' },
  { id: 'lesson', label: 'How it should go' },
  { id: 'tokens', label: 'Tokens' },
  { id: 'compare', label: 'Compare' },
]

export const FlowView = ({ snapshot, flow, flows, ui, narrow, onNote, curl }: FlowViewProps) => {
  const { analysis } = snapshot
  const context = usePanel()
  const { dispatch } = context
  const [hoveredStep, setHoveredStep] = useState<string | null>(null)
  const [hoveredValue, setHovered] = useState<string | null>(null)
  const top = useRef<HTMLDivElement>(null)

  const diagnosis = useMemo(() => diagnosisOf(analysis, flow), [analysis, flow])
  const sequence = useMemo(() => sequenceOf(analysis, flow), [analysis, flow])
  const exchanges = useMemo(() => exchangesById(analysis), [analysis])
  const values = useMemo(() => indexValues(flow, exchanges), [flow, exchanges])
  const signatures = useMemo(() => signaturesOf(snapshot.events), [snapshot.events])
  const remembered = useMemo(
    () => rememberedFor(snapshot.goodLogins, analysis, flow),
    [snapshot.goodLogins, analysis, flow],
  )
  const goodLogin = goodLoginAt(analysis, flow, flows, remembered)
  const stepId = shownStep(analysis, flow, ui.stepId)
  const details = useMemo(
    () => (stepId === null ? null : stepDetails(analysis, flow, stepId, signatures)),
    [analysis, flow, stepId, signatures],
  )
  const sharing =
    hoveredValue !== null ? stepsWithValue(values, hoveredValue) : stepsSharing(values, hoveredStep ?? stepId ?? '')
  const exchange = exchanges.get(flow.steps.find((step) => step.id === stepId)?.exchangeId ?? '')
  const layout = narrow ? 'list' : ui.layout

  // The comparison is also asked for from the toolbar, when its place may be out of sight.
  useEffect(() => {
    const lower = top.current?.querySelector('.flow-lower')
    if (ui.view === 'compare' && lower) scrollInside(lower, 'start')
  }, [ui.view])

  const pinned = snapshot.notes[flow.id]?.pinned ?? false
  const actions = [
    {
      id: 'pin',
      label: pinned ? 'Unpin' : 'Pin to the top',
      icon: 'pin',
      onChoose: () => onNote('Pin', { pinned: !pinned }),
    },
    {
      id: 'rename',
      label: 'Rename',
      icon: 'edit',
      onChoose: () => dispatch({ type: 'dialog.opened', dialog: 'rename' }),
    },
    {
      id: 'delete',
      label: 'Delete from the list',
      icon: 'clear',
      onChoose: () => onNote('Delete', { deleted: true }),
    },
  ] as const

  return (
    <PanelContext.Provider value={{ ...context, setHovered }}>
      <div className="flow" ref={top}>
        <ErrorBoundary key={`diagnosis-${flow.id}`} what="The diagnosis">
          <DiagnosisCard diagnosis={diagnosis} late={lateDevTools(snapshot, flow)} />
          {goodLogin === null || ui.view === 'compare' ? null : (
            <p className="flow-offer">
              <Icon name="compare" />A login of this client worked at {goodLogin}.{' '}
              <button
                type="button"
                className="link"
                onClick={() => dispatch({ type: 'view.selected', view: 'compare' })}
              >
                Compare with it
              </button>
            </p>
          )}
        </ErrorBoundary>
        <div className={`flow-lower ${details ? 'flow-with-details' : ''}`}>
          <Tabs
            label="Views of this attempt"
            items={views}
            selected={ui.view}
            onSelect={(view) => dispatch({ type: 'view.selected', view })}
            aside={
              <span className="flow-tools">
                {ui.view === 'sequence' && !narrow ? (
                  <>
                    <IconButton
                      icon="list"
                      label="As list"
                      aria-pressed={ui.layout === 'list'}
                      onClick={() =>
                        dispatch({ type: 'layout.selected', layout: ui.layout === 'list' ? 'diagram' : 'list' })
                      }
                    />
                    {ui.layout === 'diagram' ? (
                      <IconButton
                        icon="scale"
                        label="Time to scale"
                        aria-pressed={ui.toScale}
                        onClick={() => dispatch({ type: 'scale.toggled' })}
                      />
                    ) : null}
                  </>
                ) : null}
                <Menu label="Attempt actions" icon="more" items={actions} />
              </span>
            }
          >
            <ErrorBoundary key={`${ui.view}-${flow.id}`} what="This view">
              {ui.view === 'sequence' ? (
                <section aria-label="Sequence">
                  <SequenceView
                    sequence={sequence}
                    layout={layout}
                    toScale={ui.toScale}
                    selected={stepId}
                    onSelect={(id) => dispatch({ type: 'step.selected', stepId: id })}
                    onHover={setHoveredStep}
                    sharing={sharing}
                  />
                </section>
              ) : null}
              {ui.view === 'checklist' ? (
                <Checklist
                  groups={checklistOf(
                    analysis,
                    flow,
                    verdictsOf(snapshot, snapshot.analysedAt, snapshot.settings, analysis, flow),
                  )}
                />
              ) : null}
              {ui.view === 'lesson' ? <LessonView lesson={lessonOf(analysis, flow)} /> : null}
              {ui.view === 'tokens' ? (
                <TokenClockView
                  rows={tokenClock(analysis, flows, snapshot.origin.kind === 'file' ? null : snapshot.analysedAt)}
                />
              ) : null}
              {ui.view === 'compare' ? (
                <ComparisonView compare={(wanted) => comparisonOf(analysis, flow, flows, wanted, remembered)} />
              ) : null}
            </ErrorBoundary>
          </Tabs>
          {details ? (
            <ErrorBoundary key={`details-${details.stepId}`} what="The step">
              <StepDetailsView
                details={details}
                tab={ui.detailsTab}
                lit={ui.lit}
                curl={exchange ? (secrets) => curl(exchange.id, secrets) : null}
              />
            </ErrorBoundary>
          ) : null}
        </div>
      </div>
    </PanelContext.Provider>
  )
}
