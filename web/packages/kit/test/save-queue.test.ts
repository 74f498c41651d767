import { Problem } from '@tongban/api'
import { describe, expect, it } from 'vitest'
import { SaveQueue } from '../src/wizard/save-queue'

/** A clock moved by hand, and a server that answers when told. */
function bench() {
  const planned: { run: () => void; at: number }[] = []
  const saves: { done: () => void; fail: (problem: Problem) => void }[] = []
  const timers = {
    set: (run: () => void, at: number) => {
      const timer = { run, at }
      planned.push(timer)
      return timer
    },
    clear: (timer: unknown) => {
      const at = planned.indexOf(timer as never)
      if (at >= 0) planned.splice(at, 1)
    },
  }
  const queue = new SaveQueue(() => new Promise<void>((done, fail) => saves.push({ done, fail })), timers)
  const tick = async (): Promise<void> => {
    planned.splice(0).forEach((timer) => timer.run())
    await settle()
  }
  return { queue, saves, planned, tick }
}
const settle = async (): Promise<void> => {
  for (let n = 0; n < 8; n++) await Promise.resolve()
}
const problem = (status: number, code: string): Problem => new Problem({ status, code })

describe('the save queue', () => {
  it('waits for a pause and saves once for many changes', async () => {
    const { queue, saves, planned, tick } = bench()
    queue.changed()
    queue.changed()
    queue.changed()
    expect(planned).toHaveLength(1)
    await tick()
    expect(saves).toHaveLength(1)
    saves[0]!.done()
    await settle()
    expect(queue.state.value).toBe('saved')
  })
  it('never has two requests at once, and saves again what changed meanwhile', async () => {
    const { queue, saves, tick } = bench()
    queue.changed()
    await tick()
    queue.changed()
    await tick()
    expect(saves).toHaveLength(1)
    saves[0]!.done()
    await settle()
    expect(saves).toHaveLength(2)
    saves[1]!.done()
    await settle()
    expect(queue.state.value).toBe('saved')
  })
  it('tries again by itself while the line is down, waiting longer each time', async () => {
    const { queue, saves, planned, tick } = bench()
    queue.changed()
    await tick()
    for (const pause of [2000, 5000, 15_000, 15_000]) {
      saves.at(-1)!.fail(problem(0, 'network_is_down'))
      await settle()
      expect(queue.state.value).toBe('waiting_for_line')
      expect(planned[0]!.at).toBe(pause)
      await tick()
    }
    saves.at(-1)!.done()
    await settle()
    expect(queue.state.value).toBe('saved')
    expect(queue.problem.value).toBeNull()
  })
  it('keeps a refusal until something changes', async () => {
    const { queue, saves, planned, tick } = bench()
    queue.changed()
    await tick()
    saves[0]!.fail(problem(422, 'answers_have_errors'))
    await settle()
    expect(queue.state.value).toBe('refused')
    expect(planned).toHaveLength(0)
    queue.changed()
    await tick()
    expect(saves).toHaveLength(2)
  })
  it('stops at a draft changed elsewhere until one is chosen', async () => {
    const { queue, saves, planned, tick } = bench()
    queue.changed()
    await tick()
    saves[0]!.fail(problem(409, 'draft_changed_meanwhile'))
    await settle()
    queue.changed()
    expect(queue.state.value).toBe('conflict')
    expect(planned).toHaveLength(0)
    await expect(queue.flush()).rejects.toMatchObject({ code: 'draft_changed_meanwhile' })
    queue.resolved('save_mine')
    await tick()
    expect(saves).toHaveLength(2)
  })
  it('flushes at once, and says when it could not', async () => {
    const { queue, saves, planned } = bench()
    queue.changed()
    const flushed = queue.flush()
    await settle()
    expect(planned).toHaveLength(0)
    saves[0]!.fail(problem(500, 'internal_error'))
    await expect(flushed).rejects.toMatchObject({ status: 500 })
    await expect(Promise.resolve(queue.state.value)).resolves.toBe('waiting_for_line')
  })
  it('has nothing to flush when nothing changed', async () => {
    const { queue, saves } = bench()
    await queue.flush()
    expect(saves).toHaveLength(0)
  })
})
