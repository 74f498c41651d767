import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { api, as_problem } from '@tongban/api'
import type { Problem } from '@tongban/api'
import { is_being_made } from './act-list'
import { news_in_case } from './case-news'
import { somebody_is_here } from '../../frame/presence'
import type { DeskCase } from '../../contract'

/** How often we look whether somebody else has worked on the open case. */
const LOOK_EVERY_MS = 20_000
const MAKING_EVERY_MS = 2000
const MAKING_LATER_MS = 10_000
const MAKING_SOON_TIMES = 30

export function use_case(no: Ref<string>) {
  const found = shallowRef<DeskCase>()
  const problem = shallowRef<Problem>()
  /** Somebody worked on it meanwhile: shown as a line, taken in only when asked. */
  const newer = shallowRef<DeskCase>()
  let asked = 0
  const rhythm = use_rhythm(() => found.value !== undefined && makes_something(found.value), look)

  function show(fresh: DeskCase): void {
    found.value = fresh
    newer.value = undefined
    problem.value = undefined
    rhythm.plan()
  }

  async function load(): Promise<void> {
    const mine = ++asked
    problem.value = undefined
    try {
      const fresh = await api.desk.one(no.value)
      if (mine === asked) show(fresh)
    } catch (thrown) {
      if (mine === asked) problem.value = as_problem(thrown)
    }
  }

  async function look(): Promise<void> {
    const mine = asked
    const old = found.value
    if (!old || !somebody_is_here()) return rhythm.plan()
    try {
      const fresh = await api.desk.one(no.value)
      if (mine !== asked || !found.value) return
      // Nothing can be typed while the file is made, so its progress may simply appear.
      if (is_being_made(old) || fresh.version === old.version) found.value = fresh
      else newer.value = fresh
    } catch {
      // The next look tries again; acting says what is wrong.
    }
    if (mine === asked) rhythm.plan()
  }

  function take_newer(): void {
    if (newer.value) show(newer.value)
  }

  watch(no, () => {
    found.value = undefined
    newer.value = undefined
    void load()
  })
  onBeforeUnmount(() => {
    asked++
  })
  void load()

  const news = computed(() =>
    found.value && newer.value ? news_in_case(found.value, newer.value) : undefined,
  )
  return { found, problem, newer, news, load, show, take_newer }
}

/** A sealed file or a letter that somebody waits for. */
function makes_something(found: DeskCase): boolean {
  return is_being_made(found) || found.letters.some((letter) => letter.state === 'being_made')
}

/** When to look next: often while the sealed file is made, then seldom. */
function use_rhythm(is_making: () => boolean, look: () => Promise<void>) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let looks = 0

  function plan(): void {
    clearTimeout(timer)
    looks = is_making() ? looks + 1 : 0
    const soon = looks <= MAKING_SOON_TIMES ? MAKING_EVERY_MS : MAKING_LATER_MS
    timer = setTimeout(() => void look(), looks > 0 ? soon : LOOK_EVERY_MS)
  }

  onBeforeUnmount(() => clearTimeout(timer))
  return { plan }
}

/** The masked values whole, for as long as the page shows this case. */
export function use_revealed(no: Ref<string>) {
  const revealed = ref<Record<string, string>>({})

  async function reveal(reason: string): Promise<void> {
    const answer = await api.desk.reveal(no.value, reason)
    revealed.value = Object.fromEntries(
      Object.entries(answer.values).map(([key, value]) => [key, String(value)]),
    )
  }

  function hide(): void {
    revealed.value = {}
  }

  watch(no, hide)
  return { revealed, reveal, hide }
}
