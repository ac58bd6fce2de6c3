import { Icon } from '../../ui/icon'
import { Listbox } from '../../ui/listbox'
import { type Lane, type Sequence, type SequenceRow, gapWords, scaledGap } from '../selectors/sequence'
import './sequence-view.css'

interface SequenceViewProps {
  readonly sequence: Sequence
  readonly layout: 'diagram' | 'list'
  readonly toScale: boolean
  readonly selected: string | null
  readonly onSelect: (stepId: string) => void
  readonly onHover: (stepId: string | null) => void
  /** Steps that share a value with what is under the pointer, or with the selected step, and the names of the values. */
  readonly sharing: ReadonlyMap<string, readonly string[]>
}

const ROW = 48

/** The middle of a lane, in per cent of the width. */
const middle = (lanes: readonly Lane[], id: string): number => {
  const index = lanes.findIndex((lane) => lane.id === id)
  return ((Math.max(index, 0) + 0.5) / lanes.length) * 100
}

const Arrow = ({ from, to, y, className }: { from: number; to: number; y: number; className: string }) => {
  const right = to > from
  // The head is drawn apart from the line, because a marker cannot take the colour of its line in every browser.
  return (
    <g className={className}>
      <line x1={`${from}%`} x2={`${to}%`} y1={y} y2={y} />
      <svg x={`${to}%`} y={y} overflow="visible">
        <path d={right ? 'M-7-4 0 0-7 4Z' : 'M7-4 0 0 7 4Z'} />
      </svg>
    </g>
  )
}

const Lanes = ({ row, lanes, gap }: { row: SequenceRow; lanes: readonly Lane[]; gap: number }) => {
  const from = middle(lanes, row.from)
  const to = middle(lanes, row.to)
  const tone = row.outcome === 'unobserved' ? 'unseen' : row.failedHere ? 'broken' : row.outcome
  const answered = row.response?.drawn === true
  const y = gap + (answered ? 21 : 26)
  return (
    <svg className="lanes" width="100%" height={ROW + gap} aria-hidden="true">
      {lanes.map((lane) => (
        <line
          key={lane.id}
          className="lane-line"
          x1={`${middle(lanes, lane.id)}%`}
          x2={`${middle(lanes, lane.id)}%`}
          y1={0}
          y2={ROW + gap}
        />
      ))}
      <Arrow from={from} to={to} y={y} className={`arrow arrow-${tone}`} />
      {row.via ? (
        <circle className={`waypoint waypoint-${tone}`} cx={`${middle(lanes, 'browser')}%`} cy={y} r={3.5} />
      ) : null}
      {answered ? (
        <Arrow
          from={to}
          to={middle(lanes, answerLane(row))}
          y={gap + 43}
          className={`arrow arrow-answer arrow-${tone}`}
        />
      ) : null}
    </svg>
  )
}

/** The answer to a redirect ends in the browser: the party that sent the browser there does not see it. */
const answerLane = (row: SequenceRow) => (row.via ? 'browser' : row.from)

const labelStyle = (
  from: SequenceRow['from'],
  to: SequenceRow['to'],
  lanes: readonly Lane[],
  /** Per cent of the width that the words may take on both sides of the arrow. */
  rim = 14,
) => {
  const [a, b] = [middle(lanes, from), middle(lanes, to)]
  return { left: `${(a + b) / 2}%`, maxWidth: `${Math.abs(a - b) + rim}%` }
}

const Badges = ({ row, shared }: { row: SequenceRow; shared: readonly string[] | undefined }) => (
  <span className="step-badges">
    {shared ? (
      <span className="badge badge-shared" title={`Carries the same ${shared.join(', ')}`}>
        = {shared[0]}
        {shared.length > 1 ? ` +${shared.length - 1}` : ''}
      </span>
    ) : null}
    {row.badges.map((badge) => (
      <span key={badge.key} className="badge" title={badge.hint}>
        {badge.key === 'set' || badge.key === 'sent' ? <Icon name="cookie" /> : null}
        {badge.text}
      </span>
    ))}
  </span>
)

const Marker = ({ row }: { row: SequenceRow }) => (
  <>
    <span className="step-number">{row.number}</span>
    {row.failedHere || row.outcome === 'failed' ? (
      <Icon name="failed" className={row.failedHere ? 'tone-failed' : 'tone-soft'} />
    ) : row.outcome === 'unobserved' ? (
      <Icon name="unseen" className="tone-soft" />
    ) : null}
  </>
)

const answerClass = (row: SequenceRow): string => (row.outcome === 'failed' ? 'tone-failed' : 'tone-soft')

const DiagramRow = ({ row, lanes, gap, shared }: RowProps) => (
  <>
    <span className="step-when" style={{ paddingTop: gap }}>
      <Marker row={row} />
      <span className="step-offset">{row.offset}</span>
    </span>
    <span className="step-lanes">
      <Lanes row={row} lanes={lanes} gap={gap} />
      <span
        className="arrow-label"
        style={{
          ...labelStyle(row.from, row.to, lanes, row.failedHere ? 40 : undefined),
          top: gap + (row.response?.drawn ? 1 : 6),
        }}
      >
        <span className="arrow-text">{row.name}</span>
        <span className="visually-hidden">
          from {partyWord[row.from]} to {partyWord[row.to]}
        </span>
        {row.failedHere ? <span className="failed-here">failed here</span> : null}
        {row.outcome === 'unobserved' ? <span className="tone-soft">not visible</span> : null}
      </span>
      {row.response ? (
        <span
          className={`arrow-label ${answerClass(row)}`}
          style={{
            ...labelStyle(row.response.drawn ? answerLane(row) : row.from, row.to, lanes),
            top: gap + (row.response.drawn ? 25 : 31),
          }}
        >
          <span className="arrow-text mono">{row.response.text}</span>
        </span>
      ) : null}
    </span>
    <span style={{ paddingTop: gap }}>
      <Badges row={row} shared={shared} />
    </span>
  </>
)

const ListRow = ({ row, shared }: RowProps) => (
  <>
    <span className="step-when">
      <Marker row={row} />
      <span className="step-offset">{row.offset}</span>
    </span>
    <span className="step-words">
      <span>
        <strong>{row.name}</strong>
        {row.failedHere ? <span className="failed-here">failed here</span> : null}
        {row.outcome === 'unobserved' ? <span className="tone-soft"> not visible</span> : null}
      </span>
      <span className="step-line tone-soft">
        <span className="step-parties">
          {partyWord[row.from]} → {partyWord[row.to]}{' '}
        </span>
        {row.request === '' ? null : <code>{row.request}</code>}
      </span>
    </span>
    <span className={`step-answer mono ${answerClass(row)}`}>{row.response?.text ?? ''}</span>
    <Badges row={row} shared={shared} />
  </>
)

const partyWord: Record<SequenceRow['from'], string> = {
  client: 'client',
  browser: 'browser',
  authorization_server: 'authorization server',
  resource_server: 'API',
}

interface RowProps {
  readonly row: SequenceRow
  readonly lanes: readonly Lane[]
  readonly gap: number
  readonly shared: readonly string[] | undefined
}

export const SequenceView = ({
  sequence,
  layout,
  toScale,
  selected,
  onSelect,
  onHover,
  sharing,
}: SequenceViewProps) => {
  const { lanes, rows } = sequence
  const byId = new Map(rows.map((row) => [row.stepId, row]))
  const Row = layout === 'diagram' ? DiagramRow : ListRow
  return (
    <div className={`sequence sequence-${layout}`}>
      {layout === 'diagram' ? (
        <div className="lane-heads" aria-hidden="true">
          <span />
          <span className="lane-titles">
            {lanes.map((lane) => (
              <span key={lane.id} title={`${lane.title} ${lane.note}`}>
                <strong>{lane.title}</strong>
                <small>{lane.note}</small>
              </span>
            ))}
          </span>
          <span />
        </div>
      ) : null}
      <Listbox
        label="Steps"
        className="steps"
        ids={rows.map((row) => row.stepId)}
        selected={selected}
        onSelect={onSelect}
        onHover={onHover}
        optionClassName={(id) => {
          const row = byId.get(id)
          return `step ${row?.failedHere ? 'step-broken' : ''} ${row?.outcome === 'unobserved' ? 'step-unseen' : ''} ${sharing.has(id) ? 'step-sharing' : ''}`
        }}
        {...(toScale && layout === 'diagram' ? {} : { rowHeight: layout === 'diagram' ? ROW : 44 })}
        renderOption={(id) => {
          const row = byId.get(id)
          if (!row) return null
          const gap = toScale && layout === 'diagram' ? scaledGap(row.gapMs) : 0
          const wait = toScale && layout === 'diagram' ? gapWords(row.gapMs) : null
          return (
            <>
              <Row row={row} lanes={lanes} gap={gap} shared={sharing.get(id)} />
              {wait ? <span className="step-wait">{wait} later</span> : null}
            </>
          )
        }}
      />
    </div>
  )
}
