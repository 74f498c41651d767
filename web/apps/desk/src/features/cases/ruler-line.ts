// The day ruler in one line: counted days as cells, days that do not count folded into one word each.
import type { Clock, RulerDay } from '../../contract'

export type RulerCell =
  | {
      kind: 'day'
      day: string
      count: number
      today: boolean
      due: boolean
      past: boolean
      make_up: boolean
    }
  /** the day it runs from, which is not counted (民法典 201) */
  | { kind: 'start'; day: string; today: boolean }
  | { kind: 'rest'; name: string; days: number; today: boolean; from: string; to: string }
  /** 特别程序: the clock rests; the days in between are not counted, whatever they are */
  | { kind: 'paused'; name: string; days: number; today: boolean; from: string; to: string }
  | { kind: 'gap'; days: number }

const MOST_CELLS = 10

function fold_rest(days: RulerDay[], today: string, kind: 'rest' | 'paused'): RulerCell {
  const name = days.find((day) => day.name)?.name ?? ''
  return {
    kind,
    name,
    days: days.length,
    today: days.some((day) => day.day === today),
    from: days[0]?.day ?? '',
    to: days[days.length - 1]?.day ?? '',
  }
}

function all_cells(clock: Clock, today: string): RulerCell[] {
  const cells: RulerCell[] = []
  let resting: RulerDay[] = []
  const end_rest = () => {
    const paused = resting.some((day) => day.kind === 'rested')
    if (resting.length > 0) cells.push(fold_rest(resting, today, paused ? 'paused' : 'rest'))
    resting = []
  }
  for (const day of clock.ruler ?? []) {
    if (day.count === 0 && day.day === clock.from && cells.length === 0) {
      cells.push({ kind: 'start', day: day.day, today: day.day === today })
      continue
    }
    if (day.count === 0) {
      // A pause swallows the weekends inside it; what comes before and after stays its own.
      const paused = resting.some((one) => one.kind === 'rested')
      if (day.kind === 'rested' && !paused) end_rest()
      resting.push(day)
      continue
    }
    end_rest()
    cells.push({
      kind: 'day',
      day: day.day,
      count: day.count,
      today: day.day === today,
      due: day.day === clock.due?.day,
      past: day.day < today,
      make_up: day.kind === 'make_up',
    })
  }
  end_rest()
  return cells
}

/** Weekends say nothing new in one line when they stand alone; holidays always do. */
export function ruler_line(clock: Clock, today: string): RulerCell[] {
  const cells = all_cells(clock, today)
  if (cells.length <= MOST_CELLS) return cells
  const now = Math.max(
    0,
    cells.findIndex((cell) => cell.kind !== 'gap' && cell.today),
  )
  const last = cells.length - 1
  const kept = cells.map((cell, at) =>
    at === 0 || at === last || Math.abs(at - now) <= 2 ? cell : undefined,
  )
  const folded: RulerCell[] = []
  for (const [at, cell] of kept.entries()) {
    if (cell) {
      folded.push(cell)
      continue
    }
    const hidden = cells[at]?.kind === 'day' ? 1 : 0
    const before = folded[folded.length - 1]
    if (before?.kind === 'gap') before.days += hidden
    else folded.push({ kind: 'gap', days: hidden })
  }
  return folded
}
