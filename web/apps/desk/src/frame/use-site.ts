import { computed, readonly, ref } from 'vue'
import { api } from '@tongban/api'
import { day_of } from '@tongban/words/desk'
import type { Site } from '../contract'

const known = ref<Site | null>(null)
/** The server's clock less this machine's: clients' wrong clocks are ignored. */
const ahead_ms = ref(0)
const tick = ref(Date.now())

export const site = readonly(known)
export const server_now = computed(() => new Date(tick.value + ahead_ms.value).toISOString())
/** What `server_now` will show at its next tick: for what must not lie in the future. */
export const now_at_server = (): string => new Date(Date.now() + ahead_ms.value).toISOString()
export const today = computed(() => day_of(server_now.value))

export async function know_site(): Promise<void> {
  const asked = Date.now()
  const answer = await api.org.site()
  ahead_ms.value = Date.parse(answer.now) - (asked + Date.now()) / 2
  tick.value = Date.now()
  known.value = answer
}

let timer: ReturnType<typeof setInterval> | undefined

export function start_clock(): void {
  timer ??= setInterval(() => {
    tick.value = Date.now()
  }, 10_000)
}
