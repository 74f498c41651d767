// The code a person shows at a window: renewed each minute while it is shown, and not for ever.
import { api, as_problem, type MyCode, type Problem } from '@tongban/api'
import { server_now } from '@tongban/kit'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'

/** After so many without a press the page stops: a phone left on a table shows nothing. */
const renewals_most = 10
export const whole_seconds = 60

export function use_my_code() {
  const code = shallowRef<MyCode | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const left = ref(0)
  const shown = ref(false)
  const stopped = ref(false)
  let renewals = 0
  let timer: ReturnType<typeof setInterval> | undefined
  let awake: { release(): Promise<void> } | null = null

  async function renew(): Promise<void> {
    try {
      code.value = await api.identity.my_code()
      problem.value = null
      renewals++
      count()
    } catch (thrown) {
      problem.value = as_problem(thrown)
      stop()
    }
  }
  function count(): void {
    const until = code.value ? Date.parse(code.value.until) : 0
    left.value = Math.max(0, Math.ceil((until - server_now()) / 1000))
  }
  async function tick(): Promise<void> {
    if (document.hidden || !code.value) return
    count()
    if (left.value > 0) return
    code.value = null
    if (renewals >= renewals_most) stop()
    else await renew()
  }
  async function show(): Promise<void> {
    if (shown.value) return
    shown.value = true
    stopped.value = false
    renewals = 0
    await renew()
    if (!shown.value) return
    timer = setInterval(() => void tick(), 1000)
    awake = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
  }
  function stop(): void {
    clearInterval(timer)
    shown.value = false
    stopped.value = true
    code.value = null
    void awake?.release().catch(() => undefined)
    awake = null
  }
  onScopeDispose(stop)
  /** 4 digits at a time, as they are read out */
  const spaced = computed(() => (code.value?.code ?? '').replace(/(.{4})(?=.)/g, '$1 '))
  return { code, problem, left, shown, stopped, spaced, show, stop }
}
