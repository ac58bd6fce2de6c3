import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRefresher } from './refresher'

describe('the refresher', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('looks once for many changes, and again for one that comes while it looks', async () => {
    let finish = () => {}
    const look = vi.fn<() => Promise<undefined>>(() => new Promise((resolve) => (finish = () => resolve(undefined))))
    const refresher = createRefresher(look, 50)
    refresher.changed()
    refresher.changed()
    await vi.advanceTimersByTimeAsync(50)
    expect(look).toHaveBeenCalledTimes(1)
    refresher.changed()
    await vi.advanceTimersByTimeAsync(60)
    expect(look).toHaveBeenCalledTimes(1)
    finish()
    await vi.advanceTimersByTimeAsync(0)
    expect(look).toHaveBeenCalledTimes(2)
  })

  it('is not put off by changes that keep coming', async () => {
    const look = vi.fn<() => Promise<undefined>>(() => Promise.resolve(undefined))
    const refresher = createRefresher(look, 50)
    for (let at = 0; at < 200; at += 20) {
      refresher.changed()
      await vi.advanceTimersByTimeAsync(20)
    }
    expect(look.mock.calls.length).toBeGreaterThan(2)
  })

  it('looks again when time alone changes the answer, also after a look that failed', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue()
    const look = vi.fn<() => Promise<number | undefined>>().mockResolvedValue(undefined)
    look.mockResolvedValueOnce(1000)
    look.mockRejectedValueOnce(new Error('a tab closed'))
    const refresher = createRefresher(look, 50)
    refresher.changed()
    await vi.advanceTimersByTimeAsync(1050)
    expect(look).toHaveBeenCalledTimes(2)
    refresher.changed()
    await vi.advanceTimersByTimeAsync(50)
    expect(look).toHaveBeenCalledTimes(3)
    expect(told).toHaveBeenCalledTimes(1)
    told.mockRestore()
  })
})
