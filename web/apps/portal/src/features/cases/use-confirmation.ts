// The check at a window: what the clerk filled in, read and answered by the person on the second screen.
import { api, as_problem, type Text, type ToConfirm } from '@tongban/api'
import { use_load, use_verb } from '@tongban/kit'
import { agreed_of } from '@tongban/kit/wizard'
import { computed, reactive, ref } from 'vue'

export type ReadText = 'notice' | 'consent' | 'declaration'

export function use_confirmation(token: string) {
  const found = use_load(() => api.confirmations.one(token))
  const verb = use_verb()
  const answered = ref<'confirmed' | 'wrong' | null>(null)
  const changed = ref(false)
  const agreed = reactive<Record<ReadText, boolean>>({ notice: false, consent: false, declaration: false })
  const note = ref('')

  const texts = computed<{ name: ReadText; text: Text }[]>(() => {
    const one = found.data.value
    if (!one) return []
    return [
      { name: 'notice', text: one.notice },
      ...(one.consent ? [{ name: 'consent' as const, text: one.consent }] : []),
      { name: 'declaration', text: one.declaration },
    ]
  })
  const missing = computed(() => texts.value.filter((one) => !agreed[one.name]))

  async function answer(right: boolean): Promise<void> {
    const one: ToConfirm | null = found.data.value
    if (!one) return
    const told = await verb.run(async (key) => {
      try {
        await api.confirmations.answer(key, token, {
          version: one.version,
          notice: agreed_of(one.notice),
          ...(one.consent ? { consent: agreed_of(one.consent) } : {}),
          declaration: agreed_of(one.declaration),
          right,
          ...(note.value.trim() ? { note: note.value.trim() } : {}),
        })
        return true
      } catch (thrown) {
        const problem = as_problem(thrown)
        if (problem.status === 409) {
          changed.value = true
          Object.assign(agreed, { notice: false, consent: false, declaration: false })
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
