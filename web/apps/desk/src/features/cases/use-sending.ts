import { computed, ref, shallowRef } from 'vue'
import type { Ref } from 'vue'
import { api, as_problem } from '@tongban/api'
import type { Problem } from '@tongban/api'
import { choices_of } from './act-list'
import type { Choice, Deed } from './act-list'
import { Intents } from './act-request'
import { news_in_case } from './case-news'
import type { CaseNews } from './case-news'
import type { DeskCase } from '../../contract'

/** What an act on a case is made of, whatever its form. */
export interface Sending<Fault> {
  found: Ref<DeskCase>
  choice: Ref<Choice | Deed>
  /** What is still missing, now. */
  missing: () => Fault[]
  /** Only called when nothing is missing. */
  send: (intents: Intents) => Promise<DeskCase>
  /** It is done: what was typed about this case is used up. */
  drop: (no: string) => void
  done: (fresh: DeskCase) => void
}

/** Sending one act on one case, once: what is missing, what went wrong, and who was faster. */
export function use_sending<Fault>({ found, choice, missing, send, drop, done }: Sending<Fault>) {
  const tried = ref(false)
  const busy = ref(false)
  const problem = shallowRef<Problem>()
  const meanwhile = shallowRef<CaseNews>()
  const intents = new Intents()
  const faults = computed(() => (tried.value ? missing() : []))
  const lawful = computed(() => choices_of(found.value).includes(choice.value))

  /** What went wrong, or nothing. */
  async function ask(what: () => Promise<void>): Promise<Problem | undefined> {
    busy.value = true
    try {
      await what()
      problem.value = undefined
    } catch (thrown) {
      problem.value = as_problem(thrown)
    } finally {
      busy.value = false
    }
    return problem.value
  }

  /** True when it is done; false leaves everything typed and says why. */
  async function try_it(): Promise<boolean> {
    if (busy.value || !lawful.value) return false
    tried.value = true
    problem.value = undefined
    if (missing().length > 0) return false
    const no = found.value.case_no
    const wrong = await ask(async () => {
      const fresh = await send(intents)
      drop(no)
      done(fresh)
    })
    // Refused for certain: pressing again is a new attempt, not the old one repeated.
    if (wrong && !wrong.undecided) intents.forget()
    return !wrong
  }

  /** Somebody was faster: brings the case as it is now, keeps what was typed, and says what changed. */
  async function catch_up(show: (fresh: DeskCase) => void): Promise<void> {
    await ask(async () => {
      const old = found.value
      const fresh = await api.desk.one(old.case_no)
      meanwhile.value = news_in_case(old, fresh)
      show(fresh)
    })
  }

  return { tried, busy, problem, meanwhile, faults, lawful, send: try_it, catch_up }
}
