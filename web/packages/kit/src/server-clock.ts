// The server's clock. A browser may believe any date; what the screens call today comes from /api/org/site.
import { api, type Site } from '@tongban/api'
import { day_of } from '@tongban/words'
import { computed, ref, shallowRef } from 'vue'

export const site = shallowRef<Site | null>(null)
const ahead = ref(0)
const tick = ref(Date.now())

export async function load_site(): Promise<Site> {
  const asked = Date.now()
  const answer = await api.org.site()
  const answered = Date.now()
  ahead.value = Date.parse(answer.now) - (asked + answered) / 2
  tick.value = answered
  site.value = answer
  return answer
}

export function server_now(): number {
  return Date.now() + ahead.value
}

/** YYYY-MM-DD in Beijing, also past midnight of an open page. */
export const today = computed(() => day_of(new Date(tick.value + ahead.value).toISOString()))

if (typeof window !== 'undefined')
  window.setInterval(() => {
    tick.value = Date.now()
  }, 30_000)
