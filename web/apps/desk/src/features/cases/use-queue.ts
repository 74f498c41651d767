import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { api, as_problem } from '@tongban/api'
import type { Problem } from '@tongban/api'
import { items_in, join_page, move_in, news_of } from './queue-rows'
import type { QueueNews } from './queue-rows'
import { ask_counts, count_round, queue_counts } from './use-counts'
import { keep_trail } from './trail'
import type { QueueName, QueueRow } from '../../contract'

const NOTHING_NEW: QueueNews = { arrived: 0, changed: 0 }
/** Counts that stand still may hide a swap: every fourth round the rows are compared all the same. */
const COMPARE_EVERY = 4

export function use_queue(name: Ref<QueueName>, item: Ref<string>) {
  const list = use_list(name, item)
  const { rows, total, state } = list
  const selected = ref<string>()
  const items = ref<{ code: string; name: string }[]>([])
  const news = use_news(name, item, rows, total, state)
  const has_news = computed(() => news.value.arrived + news.value.changed > 0)

  watch(rows, (found) => {
    // The choice of items is taken from the whole queue; a filtered list would leave only its own.
    if (!item.value || items.value.length === 0) items.value = items_in(found)
    if (!found.some((row) => row.case_no === selected.value)) selected.value = found[0]?.case_no
    const numbers = found.map((row) => row.case_no)
    keep_trail({ name: name.value, item: item.value, numbers, total: total.value })
  })
  watch(name, () => {
    items.value = []
    selected.value = undefined
  })

  /** Takes the new rows in; only ever because the person asked. */
  async function take_in(): Promise<void> {
    await Promise.all([list.load(), ask_counts()])
  }

  function move(step: number): void {
    selected.value = move_in(rows.value, selected.value, step)
  }
  return { ...list, news, has_news, selected, items, take_in, move }
}

/** The rows themselves, page by page. */
function use_list(name: Ref<QueueName>, item: Ref<string>) {
  const rows = shallowRef<QueueRow[]>([])
  const total = ref(0)
  const next = ref<string>()
  const state = ref<'loading' | 'shown' | 'failed'>('loading')
  const more = ref<'rest' | 'loading' | 'failed'>('rest')
  const problem = shallowRef<Problem>()
  let asked = 0

  const page_of = (after?: string) =>
    api.desk.queue(name.value, {
      ...(item.value ? { item: item.value } : {}),
      ...(after === undefined ? {} : { after }),
    })

  async function load(): Promise<void> {
    const mine = ++asked
    more.value = 'rest'
    problem.value = undefined
    if (state.value === 'failed') state.value = 'loading'
    try {
      const found = await page_of()
      if (mine !== asked) return
      total.value = found.total
      next.value = found.next
      rows.value = found.rows
      state.value = 'shown'
    } catch (thrown) {
      if (mine !== asked) return
      problem.value = as_problem(thrown)
      state.value = 'failed'
    }
  }

  async function load_more(): Promise<void> {
    if (next.value === undefined || more.value === 'loading') return
    const mine = asked
    more.value = 'loading'
    try {
      const page = await page_of(next.value)
      if (mine !== asked) return
      next.value = page.next
      rows.value = join_page(rows.value, page)
      more.value = 'rest'
    } catch (thrown) {
      if (mine !== asked) return
      problem.value = as_problem(thrown)
      more.value = 'failed'
    }
  }

  watch([name, item], ([now_name], [was_name]) => {
    if (now_name !== was_name) state.value = 'loading'
    void load()
  })
  onBeforeUnmount(() => {
    asked++
  })
  void load()
  return { rows, total, next, state, more, problem, load, load_more }
}

/** Watches the counts and says what changed in the queue, without touching the rows. */
function use_news(
  name: Ref<QueueName>,
  item: Ref<string>,
  rows: Ref<QueueRow[]>,
  total: Ref<number>,
  state: Ref<string>,
): Ref<QueueNews> {
  const news = ref<QueueNews>(NOTHING_NEW)

  async function compare(): Promise<void> {
    const shown = rows.value
    try {
      const fresh = await api.desk.queue(name.value, item.value ? { item: item.value } : {})
      // The list was taken in anew meanwhile: this answer is about another one.
      if (shown === rows.value) news.value = news_of(shown, total.value, fresh)
    } catch {
      // The counts' own line says that the connection is broken; the list stays as it is.
    }
  }

  watch(total, () => {
    news.value = NOTHING_NEW
  })
  watch(rows, (now, was) => {
    // Reading on to the next page is no news and takes none away.
    if (now[0] !== was[0]) news.value = NOTHING_NEW
  })
  watch(count_round, (round) => {
    if (state.value !== 'shown') return
    const count = queue_counts.value.find((one) => one.name === name.value)?.count
    if (item.value || count !== total.value || round % COMPARE_EVERY === 0) void compare()
  })
  return news
}
