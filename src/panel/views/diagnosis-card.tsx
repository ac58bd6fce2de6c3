import { CopyButton } from '../../ui/copy-button'
import { Disclosure } from '../../ui/disclosure'
import { Icon, type IconName } from '../../ui/icon'
import type { FlowStatus } from '../../model/analysis'
import type { Diagnosis, EvidenceRow, FindingCard } from '../selectors/diagnosis'
import { fixText } from '../selectors/fix-text'
import { statusWord } from '../selectors/words'
import { CharacterDiff } from './character-diff'
import { usePanel } from './panel-context'
import { CopyableValue, Prose } from './prose'
import './diagnosis-card.css'

const statusIcon: Record<FlowStatus, IconName> = {
  failed: 'failed',
  succeeded: 'succeeded',
  delivered: 'eye',
  pending: 'pending',
  abandoned: 'abandoned',
}
const statusTone: Record<FlowStatus, string> = {
  failed: 'tone-failed',
  succeeded: 'tone-ok',
  delivered: 'tone-soft',
  pending: 'tone-accent',
  abandoned: 'tone-soft',
}

export const StatusIcon = ({ status }: { status: FlowStatus }) => (
  <Icon name={statusIcon[status]} className={statusTone[status]} label={statusWord[status]} />
)

/** `of` names the finding where it is not the cause itself. */
const Fix = ({ fix, of }: { fix: FindingCard['fix']; of: string | null }) => (
  <section className="fix" aria-label={of === null ? 'Fix' : `Fix of “${of}”`}>
    <h3>Fix</h3>
    <div className="fix-body">
      <p className="fix-summary">
        <Prose text={fix.summary} copyable />
      </p>
      {fix.steps.length > 0 ? (
        <ol className="fix-steps">
          {fix.steps.map((step, index) => (
            <li key={index}>
              <Prose text={step} copyable />
            </li>
          ))}
        </ol>
      ) : null}
      {fix.console ? (
        <div className="fix-console">
          <span>
            {fix.console.provider}: <strong>{fix.console.path.join(' › ')}</strong>
          </span>
          {fix.console.value ? (
            <span className="prose-value">
              <CopyableValue text={fix.console.value} />
            </span>
          ) : null}
          {fix.console.url ? (
            <a href={fix.console.url} target="_blank" rel="noreferrer">
              Open the console
              <Icon name="external" />
            </a>
          ) : null}
        </div>
      ) : null}
    </div>
    <CopyButton text={fixText(fix)} what="the fix" wordy />
  </section>
)

const EvidenceItem = ({ row }: { row: EvidenceRow }) => {
  const { dispatch } = usePanel()
  const { stepId } = row
  const words = (
    <>
      <span className="evidence-place">{row.place}</span>
      <span className="evidence-value">
        {row.part.toLowerCase() === row.label.toLowerCase() ? null : <span className="tone-soft">{row.part} </span>}
        <code>{row.label}</code>
        {row.actual === undefined ? null : (
          <>
            {' '}
            = <code>{row.actual}</code>
          </>
        )}
        {row.expected !== undefined ? (
          <>
            {' '}
            <span className="tone-soft">expected</span> <code>{row.expected}</code>
          </>
        ) : null}
      </span>
    </>
  )
  return (
    <li>
      {stepId ? (
        <button
          type="button"
          className="evidence-link"
          onClick={() => dispatch({ type: 'place.opened', flowId: row.flowId, stepId, where: row.where })}
        >
          {words}
        </button>
      ) : (
        <span className="evidence-link">{words}</span>
      )}
    </li>
  )
}

const Bullets = ({ items }: { items: readonly string[] }) => (
  <ul className="bullets">
    {items.map((item, index) => (
      <li key={index}>
        <Prose text={item} />
      </li>
    ))}
  </ul>
)

const Folds = ({ card }: { card: FindingCard }) => (
  <div className="folds">
    {card.ruledOut.length > 0 ? (
      <Disclosure summary={`Ruled out (${card.ruledOut.length})`}>
        <ul className="bullets">
          {card.ruledOut.map((item, index) => (
            <li key={index}>
              <strong>{item.title}</strong>: <Prose text={item.because} />
            </li>
          ))}
        </ul>
      </Disclosure>
    ) : null}
    {card.notObservable.length > 0 ? (
      <Disclosure summary={`Could not see (${card.notObservable.length})`}>
        <Bullets items={card.notObservable} />
      </Disclosure>
    ) : null}
    {card.references.length > 0 ? (
      <Disclosure summary="References">
        <ul className="bullets">
          {card.references.map((reference) => (
            <li key={reference.url}>
              <a href={reference.url} target="_blank" rel="noreferrer">
                {reference.title}
              </a>
            </li>
          ))}
        </ul>
      </Disclosure>
    ) : null}
    <Disclosure summary="Why we think so">
      <Bullets items={card.why} />
    </Disclosure>
  </div>
)

const CardBody = ({ card, isCause }: { card: FindingCard; isCause: boolean }) => (
  <>
    <p className="cause">
      <Prose text={card.cause} />
    </p>
    {card.comparison?.difference && card.comparison.actual !== undefined && card.comparison.expected !== undefined ? (
      <CharacterDiff
        name={card.comparison.label}
        actual={card.comparison.actual}
        expected={card.comparison.expected}
        difference={card.comparison.difference}
      />
    ) : null}
    {card.candidates.length > 0 ? (
      <div className="candidates">
        <h3>What it may be, most likely first</h3>
        <ol>
          {card.candidates.map((candidate, index) => (
            <li key={index}>
              <strong>{candidate.title}</strong>
              <p>
                <span className="tone-soft">To decide:</span> <Prose text={candidate.check} />
              </p>
            </li>
          ))}
        </ol>
      </div>
    ) : null}
    <Fix fix={card.fix} of={isCause ? null : card.title} />
    <div className="evidence">
      <h3>Evidence</h3>
      <ul aria-label="Evidence">
        {card.evidence.map((row) => (
          <EvidenceItem key={row.key} row={row} />
        ))}
      </ul>
    </div>
    <Folds card={card} />
  </>
)

const Owner = ({ card }: { card: FindingCard }) => (
  <span className="owner" title={card.owner.hint}>
    <Icon name={card.owner.key} />
    {card.owner.word}
    {card.confidence.certain ? null : (
      <span className="likely" title={card.confidence.hint}>
        {card.confidence.word}
      </span>
    )}
  </span>
)

const categoryWord: Record<FindingCard['category'], string> = {
  failure: 'Failure',
  risk: 'Risk',
  conformance: 'Deviation',
  info: 'Note',
}

const MoreFindings = ({ title, cards, word }: { title: string; cards: readonly FindingCard[]; word?: string }) =>
  cards.length === 0 ? null : (
    <div className="more-findings">
      <h3>{title}</h3>
      {cards.map((card) => (
        <Disclosure
          key={card.id}
          summary={
            <span className="more-summary">
              <span className={`category category-${card.category}`}>{word ?? categoryWord[card.category]}</span>
              {card.title}
            </span>
          }
        >
          <div className="card-body">
            <Owner card={card} />
            <CardBody card={card} isCause={false} />
          </div>
        </Disclosure>
      ))}
    </div>
  )

export const DiagnosisCard = ({ diagnosis, late }: { diagnosis: Diagnosis; late: string | null }) => (
  <section className={`diagnosis diagnosis-${diagnosis.status}`} aria-label="Diagnosis">
    <header>
      <StatusIcon status={diagnosis.status} />
      <h2>{diagnosis.heading}</h2>
      {diagnosis.rootCause ? <Owner card={diagnosis.rootCause} /> : null}
    </header>
    <div className="card-body">
      {diagnosis.rootCause ? (
        <CardBody card={diagnosis.rootCause} isCause />
      ) : (
        <p className="cause">
          <Prose text={diagnosis.sentence} />
        </p>
      )}
      {late ? (
        <p className="late">
          <Icon name="unseen" />
          <span>{late}</span>
        </p>
      ) : null}
      {diagnosis.unseen.length > 0 ? (
        <Disclosure summary={`Could not see (${diagnosis.unseen.length})`}>
          <Bullets items={diagnosis.unseen} />
        </Disclosure>
      ) : null}
      <MoreFindings title="What came with it" word="Symptom" cards={diagnosis.symptoms} />
      <MoreFindings title="Also noticed" cards={diagnosis.others} />
    </div>
  </section>
)
