// The check at a window: what the clerk filled in, read and answered by the person on the second screen.
import { api, as_problem, type TextToConfirm } from '@tongban/api'
import { use_load, use_verb } from '@tongban/kit'
import { computed, reactive, ref } from 'vue'

/** Each text once, also of two promises that are alike. */
export const control_of = (one: TextToConfirm): string => `check-${one.name}-${one.text.key}`

export function use_confirmation(token: string) {
  const found = use_load(() => api.confirmations.one(token))
  const verb = use_verb()
  const answered = ref<'confirmed' | 'wrong' | null>(null)
  const changed = ref(false)
  const agreed = reactive<Record<string, boolean>>({})
  const note = ref('')

  const texts = computed<TextToConfirm[]>(() => found.data.value?.texts ?? [])
  const missing = computed(() => texts.value.filter((one) => !agreed[control_of(one)]))

  async function answer(right: boolean): Promise<void> {
    const one = found.data.value
    if (!one) return
    const told = await verb.run(async (key) => {
      try {
        await api.confirmations.answer(key, token, {
          shown: one.shown,
          right,
          ...(right
            ? {
                agreed: one.texts.map(({ text }) => ({
                  key: text.key,
                  version: text.version,
                  hash: text.hash,
                })),
              }
            : {}),
          ...(note.value.trim() ? { note: note.value.trim() } : {}),
        })
        return true
      } catch (thrown) {
        const problem = as_problem(thrown)
        if (problem.status === 409) {
          changed.value = true
          for (const name of Object.keys(agreed)) agreed[name] = false
          await found.reload()
        }
        throw problem
      }
    })
    if (told) answered.value = right ? 'confirmed' : 'wrong'
  }

  return {
    found,
    texts,
    agreed,
    missing,
    note,
    answered,
    changed,
    answer,
    busy: verb.busy,
    problem: verb.problem,
  }
}
