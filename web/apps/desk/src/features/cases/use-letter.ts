import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { api, as_problem } from '@tongban/api'
import type { Problem } from '@tongban/api'
import type { DeskCase, Preview } from '../../contract'

const PREVIEW_AFTER_MS = 900

/** The real page of the letter, made anew when its texts rest for a moment. */
export function use_letter(
  found: Ref<DeskCase>,
  makes_one: () => boolean,
  wanted: () => Preview | undefined,
) {
  const address = ref('')
  const state = ref<'none' | 'incomplete' | 'loading' | 'shown' | 'failed'>('none')
  const problem = shallowRef<Problem>()
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const request = computed(wanted)

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
      if (!makes_one()) state.value = 'none'
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
