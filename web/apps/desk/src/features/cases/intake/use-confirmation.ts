// The person's own yes: on the second screen, on their phone by its address, or by a code sent to their phone. Any
// change of the draft after it makes it void, so the page asks the server again after each save.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { api, as_problem } from '@tongban/api'
import type { Problem } from '@tongban/api'
import { rest_second_screen, show_on_second_screen } from './second-screen'
import type { ConfirmationAsked, ConfirmationTold } from '../../../contract'

const LOOK_EVERY_MS = 1000
/** A look that failed is not the end: the line comes back. */
const LOOK_LATER_MS = 4000

export type ConfirmState = ConfirmationTold['state']
type About = 'consent' | 'application'

export function use_confirmation(id: string, about: About, version: Ref<number>, done: () => void) {
  const state = ref<ConfirmState>('none')
  const asked = shallowRef<ConfirmationAsked>()
  const note = ref('')
  const problem = shallowRef<Problem>()
  const busy = ref(false)
  const confirmed_version = ref(-1)
  let timer: ReturnType<typeof setTimeout> | undefined

  const is_confirmed = computed(
    () => state.value === 'confirmed' && confirmed_version.value === version.value,
  )

  function settle(told: ConfirmationTold): void {
    if (told.state === 'none' || told.state === 'waiting') return
    state.value = told.state
    note.value = told.note ?? ''
    rest_second_screen()
    if (told.state !== 'confirmed') return
    confirmed_version.value = version.value
    done()
  }

  async function look(): Promise<void> {
    let pause = LOOK_EVERY_MS
    try {
      settle(await api.intake.confirmation(id, about))
    } catch {
      pause = LOOK_LATER_MS
    }
    if (state.value === 'waiting') timer = setTimeout(() => void look(), pause)
  }

  /** On coming back to a page that was left: what was confirmed holds on. */
  async function resume(): Promise<void> {
    try {
      const told = await api.intake.confirmation(id, about)
      if (told.state === 'confirmed' || told.state === 'void') settle(told)
    } catch {
      // The person can be asked anew.
    }
  }

  async function ask(way: 'screen' | 'code'): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = undefined
    clearTimeout(timer)
    try {
      asked.value = await api.intake.confirm(id, way, about)
      note.value = ''
      state.value = 'waiting'
      if (asked.value.url) show_on_second_screen(asked.value.url)
      timer = setTimeout(() => void look(), LOOK_EVERY_MS)
      return true
    } catch (thrown) {
      problem.value = as_problem(thrown)
      return false
    } finally {
      busy.value = false
    }
  }

  async function give_code(code: string): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = undefined
    try {
      const told = await api.intake.confirm_code(id, code, about)
      clearTimeout(timer)
      settle(told)
      return true
    } catch (thrown) {
      problem.value = as_problem(thrown)
      if (problem.value.code === 'confirmation_is_over') state.value = 'over'
      return false
    } finally {
      busy.value = false
    }
  }

  /** The server knows better: a register answered meanwhile. */
  function fell_void(): void {
    state.value = 'void'
  }

  watch(version, (now) => {
    if (state.value === 'confirmed' && now !== confirmed_version.value) state.value = 'void'
    if (state.value === 'waiting') {
      clearTimeout(timer)
      state.value = 'void'
      rest_second_screen()
    }
  })
  onScopeDispose(() => clearTimeout(timer))
  return { state, asked, note, problem, busy, is_confirmed, ask, give_code, resume, fell_void }
}

export type Confirming = ReturnType<typeof use_confirmation>
