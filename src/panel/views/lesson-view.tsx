import { Icon, type IconName } from '../../ui/icon'
import type { Lesson, LessonStep } from '../selectors/learn'
import { usePanel } from './panel-context'
import { SecretValue } from './secret-value'
import './lesson-view.css'

const icons: Record<LessonStep['happened'], { readonly icon: IconName; readonly tone: string }> = {
  ok: { icon: 'succeeded', tone: 'tone-ok' },
  failed: { icon: 'failed', tone: 'tone-failed' },
  unseen: { icon: 'unseen', tone: 'tone-soft' },
  'not-reached': { icon: 'abandoned', tone: 'tone-warning' },
  'not-used': { icon: 'abandoned', tone: 'tone-soft' },
}

export const LessonView = ({ lesson }: { lesson: Lesson | null }) => {
  const { dispatch } = usePanel()
  if (!lesson) return <p className="nothing lesson">There is no drawing for this kind of flow yet.</p>
  return (
    <div className="lesson">
      <p className="tone-soft">
        How a login of the kind <strong>{lesson.title}</strong> should go, with the values of this one beside it.
      </p>
      <ol>
        {lesson.steps.map((step, index) => {
          const { stepId } = step
          return (
            <li key={step.key} className={`lesson-step lesson-${step.happened}`}>
              <span className="lesson-mark">{index + 1}</span>
              <h3>{step.name}</h3>
              <div>
                <p>{step.sentence}</p>
                {step.values.length > 0 ? (
                  <dl>
                    {step.values.map((value) => (
                      <div key={value.name}>
                        <dt>
                          <code>{value.name}</code>
                        </dt>
                        <dd>
                          <SecretValue name={value.name} value={value.value} secret={value.secret} />
                        </dd>
                      </div>
                    ))}
                  </dl>
                ) : null}
              </div>
              <span className={`lesson-happened ${icons[step.happened].tone}`}>
                <Icon name={icons[step.happened].icon} />
                {step.happenedWord}
                {stepId && step.stepNumber ? (
                  <button type="button" className="link" onClick={() => dispatch({ type: 'step.selected', stepId })}>
                    step {step.stepNumber}
                  </button>
                ) : null}
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
