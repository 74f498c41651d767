import { onBeforeUnmount, readonly, ref, shallowRef } from 'vue'

/** A group of keys in the bar at the foot: `J K` 上下. */
export interface BarDeed {
  keys: string[]
  words: string
  /** only then; always when absent */
  when?: () => boolean
}

const open = ref(false)
const shown = shallowRef<BarDeed[]>([])

export const help_open = open
export const bar_deeds = readonly(shown)

export function open_help(): void {
  open.value = true
}

/** Tells the bar at the foot what this page's keys do, while the page is there. */
export function use_bar(deeds: BarDeed[]): void {
  shown.value = deeds
  onBeforeUnmount(() => {
    if (shown.value === deeds) shown.value = []
  })
}
