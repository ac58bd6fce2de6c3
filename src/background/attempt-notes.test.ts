import { describe, expect, it, vi } from 'vitest'
import { memoryArea } from '../recording/memory'
import { createAttemptNotes } from './attempt-notes'

describe('notes on attempts', () => {
  it('outlive the worker', async () => {
    const session = memoryArea()
    const before = createAttemptNotes(session, () => {})
    await before.write('flow:a', { name: ' the slash ' })
    await before.write('flow:a', { pinned: true })
    await before.write('flow:b', { deleted: true })
    expect(await createAttemptNotes(session, () => {}).read()).toEqual({
      'flow:a': { name: 'the slash', pinned: true },
      'flow:b': { deleted: true },
    })
  })

  it('end when nothing is noted any more', async () => {
    const notes = createAttemptNotes(memoryArea(), () => {})
    await notes.write('flow:a', { name: 'the slash', pinned: true })
    await notes.write('flow:a', { name: ' ' })
    expect(await notes.read()).toEqual({ 'flow:a': { pinned: true } })
    await notes.write('flow:a', { pinned: false })
    expect(await notes.read()).toEqual({})
  })

  it('are forgotten with their attempts', async () => {
    const told = vi.fn()
    const notes = createAttemptNotes(memoryArea(), told)
    await notes.write('flow:a', { pinned: true })
    await notes.write('flow:b', { pinned: true })
    await notes.keepOnly(new Set(['flow:b']))
    expect(told).toHaveBeenLastCalledWith({ 'flow:b': { pinned: true } })
    expect(await notes.read()).toEqual({ 'flow:b': { pinned: true } })
  })

  it('are written one after the other', async () => {
    const notes = createAttemptNotes(memoryArea(), () => {})
    await Promise.all(['flow:a', 'flow:b', 'flow:c'].map((flowId) => notes.write(flowId, { pinned: true })))
    expect(Object.keys(await notes.read())).toEqual(['flow:a', 'flow:b', 'flow:c'])
  })

  it('refuse what there is no room for, and go on', async () => {
    const told = vi.fn()
    const notes = createAttemptNotes(memoryArea(40), told)
    await expect(notes.write('flow:a', { name: 'a name longer than what is left' })).rejects.toThrow('quota')
    expect(told).not.toHaveBeenCalled()
    await notes.write('flow:a', { pinned: true })
    expect(await notes.read()).toEqual({ 'flow:a': { pinned: true } })
  })

  it('that another version wrote differently are left out', async () => {
    const session = memoryArea()
    await session.set({ 'attempt-notes': { 'flow:a': { name: 7 } } })
    expect(await createAttemptNotes(session, () => {}).read()).toEqual({})
  })
})
