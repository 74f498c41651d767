// Which errors of a form page are shown: those of fields that were left, and all of them after 保存，去下一步.
import type { WrongField } from '@tongban/api'
import { after_press } from './after-press'
import { error_text, type Form } from './form-port'
import { computed, ref, type Ref } from 'vue'

const missing = ['field_is_missing', 'choice_is_missing']

export function use_page_errors(find: () => WrongField[], form: Ref<Form>) {
  const touched = ref(new Set<string>())
  const all = ref(false)

  const errors = computed<Record<string, string>>(() => {
    const shown = find().filter(
      (wrong) => all.value || (touched.value.has(wrong.path) && !missing.includes(wrong.code)),
    )
    return Object.fromEntries(shown.map((wrong) => [wrong.path, error_text(form.value, wrong)]))
  })

  /** An empty field that was only passed through is not called wrong. */
  function left(path: string): void {
    after_press(() => {
      touched.value = new Set(touched.value).add(path)
    })
  }

  function try_all(): boolean {
    all.value = true
    return find().length === 0
  }

  return { errors, left, try_all }
}
