import { describe, expect, it } from 'vitest'
import { shortcutOf } from './shortcuts'
import { type UiAction, initialUiState, reduceUi } from './ui-state'

const after = (...actions: readonly UiAction[]) => actions.reduce(reduceUi, initialUiState)

describe('reduceUi', () => {
  it('opens the place of evidence on its tab and lights it up anew each time', () => {
    const where = { exchangeId: 'e', part: 'id_token.claims', parameter: 'nonce' } as const
    const once = after({ type: 'place.opened', stepId: 's', where })
    expect(once).toMatchObject({ stepId: 's', detailsTab: 'tokens', lit: { key: 'id_token.claims/nonce', count: 1 } })
    expect(reduceUi(once, { type: 'place.opened', stepId: 's', where }).lit?.count).toBe(2)
  })

  it('keeps the attempt the user works with', () => {
    expect(after({ type: 'flow.kept', flowId: 'a' }, { type: 'flow.kept', flowId: 'b' }).flowId).toBe('a')
  })

  it('forgets the step when another attempt is chosen', () => {
    expect(after({ type: 'step.selected', stepId: 's' }, { type: 'flow.selected', flowId: 'b' }).stepId).toBeUndefined()
  })

  it('hides secrets again when the recording changes', () => {
    expect(after({ type: 'secret.toggled', value: 'x' }).revealed.has('x')).toBe(true)
    expect(after({ type: 'secret.toggled', value: 'x' }, { type: 'recording.changed' }).revealed.size).toBe(0)
  })
})

describe('shortcutOf', () => {
  const press = (key: string, change = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    target: null,
    ...change,
  })

  it('knows the documented keys and leaves the others alone', () => {
    expect(shortcutOf(press('/'))).toBe('search')
    expect(shortcutOf(press('x'))).toBeNull()
  })

  it('does nothing while something is typed or a modifier is held', () => {
    expect(shortcutOf(press('c', { ctrlKey: true }))).toBeNull()
    expect(shortcutOf(press('c', { target: { closest: () => ({}) } }))).toBeNull()
  })
})
