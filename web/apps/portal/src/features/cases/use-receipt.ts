// The receipt with what is made a moment later: the proof of receipt, and of a decision at once the licence.
import { api, type Burden, type MyCase, type Receipt } from '@tongban/api'
import { use_load } from '@tongban/kit'
import { computed, onBeforeUnmount } from 'vue'

const look_every = 3000
/** After this many looks the page says no more than that it is being made. */
const looks_most = 60

export function fewer_papers(burden: Burden | undefined): number {
  return burden ? burden.materials_waived + burden.materials_from_licence : 0
}

/** What is still to come of a receipt and its case. */
export function awaits(receipt: Receipt | null, found: MyCase | null): 'letter' | 'licence' | null {
  if (!receipt) return null
  if (receipt.decided?.at_once && found && !found.licence && !found.outcome) return 'licence'
  return receipt.letter ? null : 'letter'
}

export function use_receipt(no: string) {
  const receipt = use_load(() => api.mine.receipt(no))
  const found = use_load(() => api.mine.one(no))
  const waits_for = computed(() => awaits(receipt.data.value, found.data.value))
  let looks = 0
  const timer = window.setInterval(() => {
    if (!waits_for.value || ++looks > looks_most || document.hidden) return
    void (waits_for.value === 'letter' ? receipt.reload() : found.reload())
  }, look_every)
  onBeforeUnmount(() => window.clearInterval(timer))
  return { receipt, found, waits_for }
}
