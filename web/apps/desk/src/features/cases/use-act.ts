import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { api, as_problem } from '@tongban/api'
import type { Problem } from '@tongban/api'
import { choices_of, letter_of } from './act-list'
import type { Choice } from './act-list'
import { act_faults, Intents, preview_request } from './act-request'
import { draft_of, drop_draft } from './act-draft'
import { send_act } from './act-send'
import { news_in_case } from './case-news'
import type { CaseNews } from './case-news'
import type { DeskCase } from '../../contract'

const PREVIEW_AFTER_MS = 900

/** One act on one case: what is typed, what is missing, the letter it makes, and sending it. */
export function use_act(found: Ref<DeskCase>, choice: Ref<Choice>, done: (fresh: DeskCase) => void) {
  const draft = computed(() => draft_of(found.value.case_no))
  const tried = ref(false)
  const busy = ref(false)
  const problem = shallowRef<Problem>()
  const meanwhile = shallowRef<CaseNews>()
  const intents = new Intents()

  const faults = computed(() => (tried.value ? act_faults(choice.value, draft.value, found.value) : []))
  const lawful = computed(() => choices_of(found.value).includes(choice.value))

  /** True when it is done; false leaves everything typed and says why. */
  async function send(): Promise<boolean> {
    if (busy.value) return false
    tried.value = true
    problem.value = undefined
    if (act_faults(choice.value, draft.value, found.value).length > 0) return false
    busy.value = true
    const no = found.value.case_no
    try {
      const fresh = await send_act(found.value, choice.value, draft.value, intents)
      drop_draft(no)
      done(fresh)
      return true
    } catch (thrown) {
      problem.value = as_problem(thrown)
      return false
    } finally {
      busy.value = false
    }
  }

  /** Somebody was faster: brings the case as it is now, keeps what was typed, and says what changed. */
  async function catch_up(show: (fresh: DeskCase) => void): Promise<void> {
    busy.value = true
    try {
      const old = found.value
      const fresh = await api.desk.one(old.case_no)
      meanwhile.value = news_in_case(old, fresh)
      problem.value = undefined
      show(fresh)
    } catch (thrown) {
      problem.value = as_problem(thrown)
    } finally {
      busy.value = false
    }
  }

  return {
    draft,
    tried,
    busy,
    problem,
    meanwhile,
    faults,
    lawful,
    send,
    catch_up,
    letter: use_letter(found, choice),
  }
}

/** The real page of the letter, made anew when its texts rest for a moment. */
function use_letter(found: Ref<DeskCase>, choice: Ref<Choice>) {
  const address = ref('')
  const state = ref<'none' | 'incomplete' | 'loading' | 'shown' | 'failed'>('none')
  const problem = shallowRef<Problem>()
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const request = computed(() => preview_request(choice.value, draft_of(found.value.case_no), found.value))

  function put_away(): void {
    if (address.value) URL.revokeObjectURL(address.value)
    address.value = ''
  }

  async function ask(): Promise<void> {
    const body = request.value
    const mine = ++asked
    if (!body) return
    state.value = 'loading'
    try {
      const page = await api.desk.preview(found.value.case_no, body)
      if (mine !== asked) return
      put_away()
      address.value = URL.createObjectURL(page)
      state.value = 'shown'
    } catch (thrown) {
      if (mine !== asked) return
      problem.value = as_problem(thrown)
      state.value = 'failed'
    }
  }

  watch(
    () => JSON.stringify(request.value ?? null),
    (_, was) => {
      clearTimeout(timer)
      asked++
      if (letter_of(choice.value) === undefined) state.value = 'none'
      else if (!request.value) state.value = 'incomplete'
      else timer = setTimeout(() => void ask(), was === undefined ? 0 : PREVIEW_AFTER_MS)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    clearTimeout(timer)
    asked++
    put_away()
  })
  return { address, state, problem, ask }
}
