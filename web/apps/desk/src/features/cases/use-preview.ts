import { readonly, ref } from 'vue'

const KEPT_AS = 'tongban.desk.preview'

const shown = ref(localStorage.getItem(KEPT_AS) !== 'off')

export const preview_shown = readonly(shown)

export function turn_preview(): void {
  shown.value = !shown.value
  localStorage.setItem(KEPT_AS, shown.value ? 'on' : 'off')
}
