// What polling may do to a list that a person is reading: it counts, it never moves a row.
import type { Queue, QueueCount, QueueName, QueueRow } from '../../contract'

export interface QueueNews {
  /** Rows that are not shown yet. */
  arrived: number
  /** Shown rows that somebody has worked on meanwhile, or that left the queue. */
  changed: number
}

/**
 * Compares what is shown with a fresh first page. When every row is shown, a row unknown to us has
 * just arrived; when pages are still unread it may have moved up from them, and only the total tells.
 */
export function news_of(shown: readonly QueueRow[], total: number, fresh: Queue): QueueNews {
  const known = new Map(shown.map((row) => [row.case_no, row]))
  const unknown = fresh.rows.filter((row) => !known.has(row.case_no)).length
  const touched = fresh.rows.filter((row) => {
    const old = known.get(row.case_no)
    return old !== undefined && old.version !== row.version
  }).length
  const grown = fresh.total - total
  const arrived = shown.length >= total ? Math.max(unknown, grown) : Math.max(grown, 0)
  // What came, less what the total grew by, has left.
  const gone = Math.max(arrived - grown, 0)
  const swapped = arrived === 0 && gone === 0 && unknown > 0 ? 1 : 0
  return { arrived, changed: touched + gone + swapped }
}

/** The next page joined on: a row that slid over the page's edge is not shown twice. */
export function join_page(shown: readonly QueueRow[], page: Queue): QueueRow[] {
  const known = new Set(shown.map((row) => row.case_no))
  return [...shown, ...page.rows.filter((row) => !known.has(row.case_no))]
}

const BY_PLACE: QueueName[] = [
  'to_receive',
  'to_accept',
  'to_correct',
  'to_review',
  'to_extend',
  'to_issue',
  'to_serve',
]
const BY_TIME: QueueName[] = ['near_due', 'overdue']

/** The side bar's two groups, in the house's order and only what the post has. */
export function group_queues(counts: readonly QueueCount[]): { mine: QueueCount[]; time: QueueCount[] } {
  const pick = (names: QueueName[]) => names.flatMap((name) => counts.filter((count) => count.name === name))
  return { mine: pick(BY_PLACE), time: pick(BY_TIME) }
}

/** Who has queues at all; a keeper's or a supervisor's desk would be refused. */
export const QUEUE_ROLES = ['clerk', 'reviewer', 'inspector', 'head']

/** Where the desk opens: at the first queue with something to do. */
export function first_queue(counts: readonly QueueCount[]): QueueCount | undefined {
  const { mine, time } = group_queues(counts)
  const own = mine.length > 0 ? mine : time
  return own.find((queue) => queue.count > 0) ?? own[0]
}

export function is_queue_name(name: string): name is QueueName {
  return [...BY_PLACE, ...BY_TIME].includes(name as QueueName)
}

/** Items present in the rows, for the filter buttons. */
export function items_in(rows: readonly QueueRow[]): { code: string; name: string }[] {
  const seen = new Map<string, string>()
  for (const row of rows) seen.set(row.item, row.item_name)
  return [...seen].map(([code, name]) => ({ code, name }))
}

/** The row to select after moving by `step`, staying inside the list. */
export function move_in(
  rows: readonly QueueRow[],
  current: string | undefined,
  step: number,
): string | undefined {
  if (rows.length === 0) return undefined
  const at = rows.findIndex((row) => row.case_no === current)
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)
  return rows[next]?.case_no
}
