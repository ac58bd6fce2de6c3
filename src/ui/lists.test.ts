import { describe, expect, it } from 'vitest'
import { neighbour } from './neighbour'
import { visibleRange } from './visible-range'

describe('neighbour', () => {
  const items = ['a', 'b', 'c']

  it('moves with the arrows of its direction and stops at the ends', () => {
    expect(neighbour(items, 'a', 'ArrowDown', 'vertical')).toBe('b')
    expect(neighbour(items, 'c', 'ArrowDown', 'vertical')).toBe('c')
    expect(neighbour(items, 'a', 'ArrowLeft', 'horizontal')).toBe('a')
    expect(neighbour(items, undefined, 'ArrowDown', 'vertical')).toBe('a')
  })

  it('jumps to the ends and leaves other keys alone', () => {
    expect(neighbour(items, 'b', 'Home', 'vertical')).toBe('a')
    expect(neighbour(items, 'b', 'End', 'vertical')).toBe('c')
    expect(neighbour(items, 'b', 'ArrowLeft', 'vertical')).toBeUndefined()
  })
})

describe('visibleRange', () => {
  it('covers the window and a little more', () => {
    expect(visibleRange(1000, 20, 400, 200)).toEqual({ start: 14, end: 36 })
  })

  it('stays inside the list', () => {
    expect(visibleRange(5, 20, 0, 200)).toEqual({ start: 0, end: 5 })
    expect(visibleRange(5, 20, 4000, 200)).toEqual({ start: 5, end: 5 })
  })
})
