// What the government already holds: consent, asking, and looking again while sources are still on their way.
import { as_problem, type DataSource, type Draft, type Problem, type TextAgreed } from '@tongban/api'
import { t } from '@tongban/words'
import { computed, onScopeDispose, ref, shallowRef, type ShallowRef } from 'vue'
import { use_verb } from '../parts/use-verb'
import type { WizardPort } from './port'

const pause_at_first = 500
const quick_looks = 12
const pause_later = 2000
/** Of a source that is late: its answer is waited for half a minute by the server. */
const late_looks = 20

/** Sources that gave something to work with, or are not troubled: what hangs on an answer is asked once it is given. */
const good = new Set<DataSource['outcome']>(['found', 'none', 'asking', 'not_asked'])
/** It was asked in vain: the person is told what to do instead. */
export const is_trouble = (source: DataSource): boolean => !good.has(source.outcome)

/** Since when it does not answer, where that says more than the outcome does. */
export const since_of = (source: DataSource): string =>
  source.outcome_text === t(`data.outcome_${source.outcome}`) ? '' : source.outcome_text

/** What to do although the source did not help. */
export function instead_of(source: DataSource): string {
  if (source.instead) return source.instead
  const known = source.outcome === 'late' || source.outcome === 'down' ? source.outcome : 'other'
  return t(`data.instead_${known}`)
}

/** How many were found, have nothing registered, are being asked, come later, ended without a result. */
export function tally(sources: DataSource[]): {
  found: number
  none: number
  asking: number
  later: number
  other: number
} {
  const count = (test: (one: DataSource) => boolean): number => sources.filter(test).length
  return {
    found: count((one) => one.outcome === 'found'),
    none: count((one) => one.outcome === 'none'),
    asking: count((one) => one.outcome === 'asking'),
    later: count((one) => one.outcome === 'not_asked'),
    other: count(is_trouble),
  }
}

/** `take` lays what came into the wizard. */
export function use_data(port: WizardPort, draft: ShallowRef<Draft | null>, take: (told: Draft) => void) {
  const refused = ref(false)
  const news = shallowRef(new Set<string>()) // by key: their words follow the language
  const look_problem = shallowRef<Problem | null>(null)
  const verb = use_verb()
  let timer: ReturnType<typeof setTimeout> | undefined
  let looks = 0

  const data = computed(() => draft.value?.data)
  const sources = computed(() => data.value?.sources ?? [])
  /** Any source was asked: the page tells results from here on. */
  const was_asked = computed(() => sources.value.some((one) => one.outcome !== 'not_asked'))
  const came = computed(() => sources.value.filter((one) => news.value.has(one.key)))
  const asking = computed(() => data.value?.asking === true)
  const troubled = computed(() => sources.value.some(is_trouble))
  const late = computed(() => sources.value.some((one) => one.outcome === 'late'))

  function plan(): void {
    clearTimeout(timer)
    const wanted = asking.value || (late.value && looks < late_looks)
    if (wanted)
      timer = setTimeout(
        () => void look(),
        looks < quick_looks && asking.value ? pause_at_first : pause_later,
      )
  }

  async function look(): Promise<void> {
    looks++
    const before = sources.value
    try {
      const told = await port.load()
      look_problem.value = null
      take(told)
      note_news(before)
    } catch (thrown) {
      look_problem.value = as_problem(thrown)
    }
    plan()
  }

  /** What arrived after the person went on is told where they are. */
  function note_news(before: DataSource[]): void {
    const found = sources.value.filter(
      (one) =>
        one.outcome === 'found' && before.some((old) => old.key === one.key && old.outcome !== 'found'),
    )
    if (found.length) news.value = new Set([...news.value, ...found.map((one) => one.key)])
  }

  /** False when it failed; `verb.problem` says how. Also asks again what is down. */
  async function ask(consent: TextAgreed | undefined): Promise<boolean> {
    refused.value = false
    const told = await verb.run((key) => port.ask_data(key, consent))
    if (!told) return false
    looks = 0
    news.value = new Set()
    take(told)
    plan()
    return true
  }

  onScopeDispose(() => clearTimeout(timer))
  return {
    data,
    sources,
    was_asked,
    asking,
    troubled,
    refused,
    came,
    ask,
    plan,
    look_problem,
    busy: verb.busy,
    problem: verb.problem,
  }
}
