import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { api, as_problem } from '@tongban/api'
import type { Problem } from '@tongban/api'
import { letter_of } from './act-list'
import type { Choice } from './act-list'
import { act_faults, preview_request } from './act-request'
import { draft_of, drop_draft } from './act-draft'
import { send_act } from './act-send'
import { use_sending } from './use-sending'
import type { DeskCase } from '../../contract'

const PREVIEW_AFTER_MS = 900

/** One act on one case: what is typed, what is missing, the letter it makes, and sending it. */
export function use_act(found: Ref<DeskCase>, choice: Ref<Choice>, done: (fresh: DeskCase) => void) {
  const draft = computed(() => draft_of(found.value.case_no))
  const sending = use_sending({
    found,
    choice,
    missing: () => act_faults(choice.value, draft.value, found.value),
    send: (intents) => send_act(found.value, choice.value, draft.value, intents),
    drop: drop_draft,
    done,
  })
  return { ...sending, draft, letter: use_letter(found, choice) }
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
