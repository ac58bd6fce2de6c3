import { useEffect, useRef, useState } from 'react'
import { Breakable } from '../../ui/breakable'
import { IconButton } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { Icon } from '../../ui/icon'
import { scrollInside } from '../../ui/scroll-inside'
import { type TabItem, Tabs } from '../../ui/tabs'
import type { Reference } from '../../model/analysis'
import { maskBody, maskUrl } from '../selectors/mask'
import type {
  BodyView,
  ClaimRow,
  CookieRow,
  DetailsTab,
  HeaderRow,
  ParameterGroup,
  ParameterRow,
  StepDetails,
  TokenCard,
  Verdict,
} from '../selectors/step-details'
import type { UiState } from '../ui-state'
import { usePanel } from './panel-context'
import { SecretValue } from './secret-value'
import './step-details-view.css'

interface StepDetailsViewProps {
  readonly details: StepDetails
  readonly tab: DetailsTab
  readonly lit: UiState['lit']
  /** Writes the request as curl; null when nobody saw the request. */
  readonly curl: ((secrets: 'redact' | 'keep') => string) | null
}

const VerdictMark = ({ verdict }: { verdict: Verdict | null }) =>
  verdict ? (
    <span className={`verdict tone-${verdict.tone}`}>
      <Icon name={verdict.tone === 'failed' ? 'failed' : 'warning'} />
      <span>
        {verdict.title}
        {verdict.expected === undefined ? null : (
          <>; expected {/\s/.test(verdict.expected) ? verdict.expected : <code>{verdict.expected}</code>}</>
        )}
      </span>
    </span>
  ) : null

const ReferenceLink = ({ reference }: { reference: Reference | null }) =>
  reference ? (
    <a className="reference" href={reference.url} target="_blank" rel="noreferrer">
      {reference.title.replace(/ section /, ' §')}
    </a>
  ) : null

/** The name of the row that evidence points to, and whether it is lit now. */
const rowProps = (key: string, lit: UiState['lit']) => ({
  'data-row': key,
  className: lit?.key === key ? 'row-lit' : '',
})

const SameIn = ({ row }: { row: ParameterRow }) => {
  const { dispatch } = usePanel()
  if (row.sameIn.length === 0) return null
  return (
    <span className="same-in">
      same in
      {row.sameIn.map((place) => (
        <button
          key={place.stepId}
          type="button"
          className="link"
          onClick={() => dispatch({ type: 'step.selected', stepId: place.stepId })}
        >
          step {place.stepNumber}
        </button>
      ))}
    </span>
  )
}

const Parameters = ({ groups, lit }: { groups: readonly ParameterGroup[]; lit: UiState['lit'] }) => (
  <>
    {groups.length === 0 ? <p className="nothing">This step carries no parameters.</p> : null}
    {groups.map((group) => (
      <section key={group.title} className="details-group">
        <h4>{group.title}</h4>
        {group.rows.length === 0 ? (
          <p className="nothing">{group.empty}</p>
        ) : (
          <table className="facts">
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Value and meaning</th>
              </tr>
            </thead>
            <tbody>
              {group.rows.map((row, index) => (
                <tr key={`${row.key}-${index}`} {...rowProps(row.key, lit)}>
                  <th scope="row">
                    <code>
                      <Breakable name={row.name} />
                    </code>
                  </th>
                  <td>
                    {row.withheld ? (
                      <em className="tone-soft">never recorded, because nothing about a login needs it</em>
                    ) : (
                      <SecretValue name={row.name} value={row.value} secret={row.secret} label={row.valueLabel} />
                    )}
                    {row.decoded.length > 0 ? (
                      <span className="decoded">
                        {row.decoded.map((line, at) => (
                          <span key={at}>{line}</span>
                        ))}
                      </span>
                    ) : null}
                    <VerdictMark verdict={row.verdict} />
                    <span className="meaning">
                      {row.phrase} <ReferenceLink reference={row.reference} /> <SameIn row={row} />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    ))}
  </>
)

const Claims = ({ title, rows, lit }: { title: string; rows: readonly ClaimRow[]; lit: UiState['lit'] }) =>
  rows.length === 0 ? null : (
    <table className="facts">
      <caption>{title}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} {...rowProps(row.key, lit)}>
            <th scope="row">
              <code>
                <Breakable name={row.name} />
              </code>
            </th>
            <td>
              <SecretValue name={row.name} value={row.value} secret={false} />
              {row.meaning ? <span className="decoded">{row.meaning}</span> : null}
              <VerdictMark verdict={row.verdict} />
              {row.phrase === '' ? null : (
                <span className="meaning">
                  {row.phrase} <ReferenceLink reference={row.reference} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )

const Tokens = ({ cards, lit }: { cards: readonly TokenCard[]; lit: UiState['lit'] }) =>
  cards.length === 0 ? (
    <p className="nothing">No token was seen in this step.</p>
  ) : (
    <>
      {cards.map((card) => (
        <section key={card.key} className="details-group">
          <h4>{card.title}</h4>
          <p className="token-head">
            <SecretValue name={card.title} value={card.raw} secret label={card.label} />
            <span className={`tone-${card.signature.tone}`}>{card.signature.text}</span>
            <span className="tone-soft">{card.note}</span>
          </p>
          <Claims title="Claims" rows={card.claims} lit={lit} />
          <Claims title="Header" rows={card.header} lit={lit} />
        </section>
      ))}
    </>
  )

const CookieTable = ({ title, rows, lit }: { title: string; rows: readonly CookieRow[]; lit: UiState['lit'] }) =>
  rows.length === 0 ? null : (
    <section className="details-group">
      <h4>{title}</h4>
      <table className="facts">
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${row.key}-${index}`} {...rowProps(row.key, lit)}>
              <th scope="row">
                <code>
                  <Breakable name={row.name} />
                </code>
              </th>
              <td>
                <SecretValue name={row.name} value={row.value} secret />
                {row.attributes.length > 0 ? <span className="decoded">{row.attributes.join('; ')}</span> : null}
                <VerdictMark verdict={row.verdict} />
                <span className="meaning">{row.fate}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )

const HeaderTable = ({ rows, lit }: { rows: readonly HeaderRow[]; lit: UiState['lit'] }) => (
  <table className="facts">
    <tbody>
      {rows.map((row, index) => (
        <tr key={`${row.key}-${index}`} {...rowProps(row.key, lit)}>
          <th scope="row">
            <code>
              <Breakable name={row.name} />
            </code>
          </th>
          <td>
            <SecretValue name={row.name} value={row.value} secret={row.secret} />
            <VerdictMark verdict={row.verdict} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const marked = (text: string, query: string) => {
  if (query.length < 2) return text
  const pieces = text.split(new RegExp(`(${query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'i'))
  return pieces.map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece))
}

const Body = ({ body }: { body: BodyView }) => {
  const [query, setQuery] = useState('')
  const [clear, setClear] = useState(false)
  if (body.text === null)
    return (
      <section className="details-group">
        <h4>{body.title}</h4>
        <p className="nothing">{body.empty}</p>
      </section>
    )
  const text = clear ? body.text : maskBody(body.text)
  return (
    <section className="details-group">
      <h4>
        {body.title} <span className="tone-soft">{body.mimeType}</span>
      </h4>
      <div className="body-tools">
        <input
          type="search"
          aria-label={`Search in the ${body.title.toLowerCase()}`}
          placeholder="Search in this body"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <IconButton
          icon={clear ? 'unseen' : 'eye'}
          label={clear ? 'Hide secrets' : 'Show secrets'}
          aria-pressed={clear}
          onClick={() => setClear(!clear)}
        />
        <CopyButton text={text} what={`the ${body.title.toLowerCase()}`} />
      </div>
      {/* What scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="body-text" tabIndex={0}>
        {marked(text, query)}
      </pre>
      {body.truncated ? <p className="nothing">Only the beginning of this body was kept.</p> : null}
    </section>
  )
}

const tabItems = (details: StepDetails): readonly TabItem<DetailsTab>[] => [
  { id: 'parameters', label: 'Parameters' },
  { id: 'tokens', label: 'Tokens', count: details.tokens.length },
  { id: 'cookies', label: 'Cookies', count: details.cookies.sent.length + details.cookies.set.length },
  { id: 'headers', label: 'Headers' },
  { id: 'body', label: 'Body' },
  { id: 'timing', label: 'Timing' },
]

const TabContent = ({ details, tab, lit }: Omit<StepDetailsViewProps, 'curl'>) => {
  switch (tab) {
    case 'parameters':
      return <Parameters groups={details.parameters} lit={lit} />
    case 'tokens':
      return <Tokens cards={details.tokens} lit={lit} />
    case 'cookies':
      return (
        <>
          {details.cookies.empty ? <p className="nothing">{details.cookies.empty}</p> : null}
          <CookieTable title="Sent with the request" rows={details.cookies.sent} lit={lit} />
          <CookieTable title="Set by the answer" rows={details.cookies.set} lit={lit} />
        </>
      )
    case 'headers':
      return details.headers.length === 0 ? (
        <p className="nothing">No headers of this step are in the recording.</p>
      ) : (
        <>
          {details.headers.map((group) => (
            <section key={group.title} className="details-group">
              <h4>{group.title}</h4>
              {group.empty ? <p className="nothing">{group.empty}</p> : <HeaderTable rows={group.rows} lit={lit} />}
            </section>
          ))}
        </>
      )
    case 'body':
      return details.bodies.length === 0 ? (
        <p className="nothing">No body of this step is in the recording.</p>
      ) : (
        <>
          {details.bodies.map((body) => (
            <Body key={`${details.stepId}-${body.title}`} body={body} />
          ))}
        </>
      )
    case 'timing':
      return (
        <table className="facts">
          <tbody>
            {details.timing.map((row) => (
              <tr key={row.name} {...rowProps(row.name === 'Status' ? 'response.status/' : `timing/${row.name}`, lit)}>
                <th scope="row">{row.name}</th>
                <td>{row.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

export const StepDetailsView = ({ details, tab, lit, curl }: StepDetailsViewProps) => {
  const { dispatch } = usePanel()
  const root = useRef<HTMLElement>(null)

  useEffect(() => {
    if (!lit) return
    const row = root.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(lit.key)}"]`)
    const target = row ?? root.current
    if (!target) return
    scrollInside(target, 'center')
    target.tabIndex = -1
    target.focus({ preventScroll: true })
  }, [lit])

  return (
    <section className="step-details" aria-label="Step details" ref={root}>
      <header>
        <h3>
          <span className="tone-soft">{details.number}</span> {details.title}
        </h3>
        {curl ? (
          <span className="step-tools">
            <CopyButton text={() => curl('redact')} what="as curl, without secrets" />
            <span aria-hidden="true">curl</span>
          </span>
        ) : null}
        <IconButton
          icon="close"
          label="Close step details"
          onClick={() => dispatch({ type: 'step.selected', stepId: null })}
        />
        <p className="tone-soft">{details.explanation}</p>
        {details.url === '' ? null : (
          <p className="step-url">
            {details.status === '' ? null : <span className="step-status">{details.status}</span>}{' '}
            <strong>{details.method}</strong> <code>{maskUrl(details.url)}</code>
          </p>
        )}
        {details.notes.map((note, index) => (
          <p key={index} className="late">
            <Icon name="unseen" />
            <span>{note}</span>
          </p>
        ))}
      </header>
      <Tabs
        label="Step details"
        items={tabItems(details)}
        selected={tab}
        onSelect={(next) => dispatch({ type: 'details-tab.selected', tab: next })}
      >
        <div className="details-body">
          <TabContent details={details} tab={tab} lit={lit} />
          {curl && tab === 'body' ? (
            <p className="curl-line">
              <span className="tone-soft">curl with secrets</span>
              <CopyButton text={() => curl('keep')} what="as curl, with secrets" />
            </p>
          ) : null}
        </div>
      </Tabs>
    </section>
  )
}
