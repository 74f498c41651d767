// The counts beside the queues, fresh every 15 seconds while somebody looks.
import { readonly, ref } from 'vue'
import { api, as_problem } from '@tongban/api'
import { somebody_is_here } from '../../frame/presence'
import type { QueueCount } from '../../contract'

const EVERY_MS = 15_000

const counts = ref<QueueCount[]>([])
const known = ref(false)
const broken = ref(false)
const round = ref(0)
let timer: ReturnType<typeof setInterval> | undefined
let users = 0

export const queue_counts = readonly(counts)
export const counts_known = readonly(known)
export const counts_broken = readonly(broken)
/** Grows with each answer; a queue page compares its rows when it does. */
export const count_round = readonly(round)

export async function ask_counts(): Promise<void> {
  try {
    counts.value = (await api.desk.queues()).queues
    known.value = true
    broken.value = false
    round.value++
  } catch (thrown) {
    broken.value = as_problem(thrown).undecided
  }
}

function ask_if_seen(): void {
  if (somebody_is_here()) void ask_counts()
}

export function start_counting(): void {
  users++
  if (timer !== undefined) return
  void ask_counts()
  timer = setInterval(ask_if_seen, EVERY_MS)
  document.addEventListener('visibilitychange', ask_if_seen)
}

export function stop_counting(): void {
  users--
  if (users > 0 || timer === undefined) return
  clearInterval(timer)
  timer = undefined
  document.removeEventListener('visibilitychange', ask_if_seen)
}

/** Another post sees other queues. */
export function forget_counts(): void {
  counts.value = []
  known.value = false
}
