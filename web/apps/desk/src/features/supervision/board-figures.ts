// What the board says in figures, drawn from its contract shape.
import type { Board } from '../../contract'

export type WatchedList = 'stuck' | 'near' | 'late'

export interface BoardFigure {
  key: 'received' | 'concluded' | 'open' | 'near' | 'late' | 'stuck' | 'saved'
  value: number
  /** What it is compared with; the words stand in the page. */
  beside?: number
  tone?: 'warned' | 'wrong'
  list?: WatchedList
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

/** The day before the last of the chart, to compare with. */
function day_before(board: Board): Board['days'][number] | undefined {
  return board.days[board.days.length - 2]
}

export function figures_of(board: Board): BoardFigure[] {
  const { totals, items } = board
  const before = day_before(board)
  const concluded = sum(items, (item) => item.concluded_30)
  return [
    { key: 'received', value: totals.received_today, ...(before ? { beside: before.received } : {}) },
    { key: 'concluded', value: totals.concluded_today, ...(before ? { beside: before.concluded } : {}) },
    { key: 'open', value: totals.open, beside: sum(items, (item) => item.instant_30) },
    {
      key: 'near',
      value: totals.near_due,
      beside: share_of(totals.near_due, totals.open),
      list: 'near',
      ...(totals.near_due > 0 ? { tone: 'warned' as const } : {}),
    },
    {
      key: 'late',
      value: totals.overdue,
      beside: share_of(totals.overdue, totals.open),
      list: 'late',
      ...(totals.overdue > 0 ? { tone: 'wrong' as const } : {}),
    },
    {
      key: 'stuck',
      value: totals.stuck,
      beside: share_of(totals.stuck, totals.open),
      list: 'stuck',
      ...(totals.stuck > 0 ? { tone: 'warned' as const } : {}),
    },
    { key: 'saved', value: sum(items, (item) => item.papers_saved), beside: concluded },
  ]
}

/** In percent with one place; nothing of nothing is 0. */
export function share_of(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10
}

/** A round top of the axis, so that its lines fall on whole numbers. */
export function axis_top(most: number): number {
  if (most <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 4, 5, 10].find((one) => one * power >= most) ?? 10
  const top = step * power
  return top % 4 === 0 ? top : Math.ceil(top / 4) * 4
}
