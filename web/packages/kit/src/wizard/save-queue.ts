// Saves a draft at each change: after a short pause, one request at a time, again and again while the line
// is down.
// Timers are given, so that the order of things can be tested without waiting.
import { Problem, as_problem } from '@tongban/api'
import { ref, shallowRef } from 'vue'

export type SaveState = 'saved' | 'changed' | 'saving' | 'waiting_for_line' | 'refused' | 'conflict'

export interface SaveTimers {
  set: (run: () => void, milliseconds: number) => unknown
  clear: (timer: unknown) => void
}

const timers_really: SaveTimers = {
  set: (run, milliseconds) => setTimeout(run, milliseconds),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}

const pause_after_change = 800
const pauses_while_down = [2000, 5000, 15_000]

export class SaveQueue {
  readonly state = ref<SaveState>('saved')
  readonly problem = shallowRef<Problem | null>(null)
  private timer: unknown = null
  private running: Promise<void> | null = null
  private changed_while_saving = false
  private failures = 0

  /** `save` sends what stands on the page at that moment. */
  constructor(
    private readonly save: () => Promise<void>,
    private readonly timers: SaveTimers = timers_really,
  ) {}

  changed(): void {
    if (this.state.value === 'conflict') return
    if (this.running) {
      this.changed_while_saving = true
      return
    }
    this.state.value = 'changed'
    this.plan(pause_after_change)
  }

  /** Resolves when everything is saved; throws the problem when it is not. */
  async flush(): Promise<void> {
    if (this.running) await this.running
    this.drop_plan()
    if (this.state.value === 'conflict')
      throw this.problem.value ?? new Problem({ status: 409, code: 'draft_changed_meanwhile' })
    if (this.state.value !== 'saved') await this.go()
    if (this.problem.value) throw this.problem.value
  }

  /** After both versions were shown and one was chosen. */
  resolved(outcome: 'nothing_to_save' | 'save_mine'): void {
    this.problem.value = null
    this.state.value = outcome === 'save_mine' ? 'changed' : 'saved'
    if (outcome === 'save_mine') this.plan(0)
  }

  stop(): void {
    this.drop_plan()
  }

  private plan(milliseconds: number): void {
    this.drop_plan()
    this.timer = this.timers.set(() => {
      void this.go()
    }, milliseconds)
  }

  private drop_plan(): void {
    if (this.timer !== null) this.timers.clear(this.timer)
    this.timer = null
  }

  private go(): Promise<void> {
    this.running ??= this.once().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async once(): Promise<void> {
    do {
      this.changed_while_saving = false
      this.state.value = 'saving'
      try {
        await this.save()
        this.failures = 0
        this.problem.value = null
        this.state.value = 'saved'
      } catch (thrown) {
        this.failed(as_problem(thrown))
        return
      }
    } while (this.changed_while_saving)
  }

  private failed(problem: Problem): void {
    this.problem.value = problem
    if (problem.code === 'draft_changed_meanwhile') {
      this.state.value = 'conflict'
    } else if (problem.undecided) {
      this.state.value = 'waiting_for_line'
      this.plan(pauses_while_down[Math.min(this.failures++, pauses_while_down.length - 1)]!)
    } else {
      this.state.value = 'refused'
      if (this.changed_while_saving) this.plan(pause_after_change)
    }
  }
}
