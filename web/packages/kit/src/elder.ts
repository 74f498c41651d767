// 长者版: one class on html, remembered on this device.
import { ref } from 'vue'

const remembered_under = 'tongban.elder'
export const elder = ref(false)

export function choose_elder(mode: 'elder' | 'plain'): void {
  elder.value = mode === 'elder'
  document.documentElement.classList.toggle('elder', elder.value)
  try {
    localStorage.setItem(remembered_under, mode)
  } catch {
    // storage may be refused: the choice then lasts as long as the page
  }
}

export function choose_remembered_elder(): void {
  let mode: string | null = null
  try {
    mode = localStorage.getItem(remembered_under)
  } catch {
    // as above
  }
  choose_elder(mode === 'elder' ? 'elder' : 'plain')
}
