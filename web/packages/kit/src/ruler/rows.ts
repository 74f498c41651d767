// The day ruler: which days of a deadline counted, which did not, and why. Pure: the clock and the server's
// today in, rows out.
import type { Clock, RulerDay } from '@tongban/api'
import { add_days, civil, day_text, days_between, language, t } from '@tongban/words'

export type Mark = 'used' | 'left' | 'rest' | 'start'
export interface Cell {
  day: string
  /** "29", or "10.1" where a month begins */
  date: string
  /** below the date: counted number, 假, 休, 班 … */
  note: string
  mark: Mark
  today: boolean
  due: boolean
  /** what a reader hears */
  text: string
}
export type Row =
  { kind: 'week'; key: string; cells: (Cell | null)[] } | { kind: 'folded'; key: string; text: string }

const days_shown_most = 45

export function ruler_rows(clock: Clock, today: string): Row[] {
  const days = with_start(clock)
  if (days.length === 0) return []
  const weeks = weeks_of(days.map((day, index) => cell_of(day, index, clock, today)))
  const rows: Row[] = weeks.map((cells, index) => ({ kind: 'week', key: `week-${index}`, cells }))
  return days.length > days_shown_most ? folded(rows, clock, today) : rows
}

/** The day the clock starts is not counted (民法典 201), yet belongs in the picture. */
function with_start(clock: Clock): RulerDay[] {
  const days = clock.ruler ?? []
  const first = days[0]
  if (!clock.from || !first || first.day <= clock.from || days_between(clock.from, first.day) !== 1)
    return days
  return [{ day: clock.from, kind: 'working', count: 0 }, ...days]
}

function weeks_of(cells: Cell[]): (Cell | null)[][] {
  const weeks: (Cell | null)[][] = []
  for (const cell of cells) {
    const column = (civil(cell.day).weekday + 6) % 7
    let week = weeks.at(-1)
    if (!week || week[column] !== null || week.slice(column).some((later) => later !== null)) {
      week = [null, null, null, null, null, null, null]
      weeks.push(week)
    }
    week[column] = cell
  }
  return weeks
}

function cell_of(day: RulerDay, index: number, clock: Clock, today: string): Cell {
  const { month, day: date } = civil(day.day)
  const start = day.day === clock.from && day.count === 0
  const counted = day.count > 0
  const used = counted && day.count <= (clock.used ?? 0)
  const is_due = day.day === clock.due?.day
  const is_today = day.day === today
  const facts = [day_text(day.day, { today }), why(day, start, clock)]
  if (used) facts.push(t('ruler.cell_used'))
  if (is_today) facts.push(t('ruler.cell_today'))
  if (is_due) facts.push(t('ruler.cell_due'))
  return {
    day: day.day,
    date: index === 0 || date === 1 ? `${month}.${date}` : String(date),
    note: note_of(day, start, is_today, is_due),
    mark: start ? 'start' : !counted ? 'rest' : used ? 'used' : 'left',
    today: is_today,
    due: is_due,
    text: facts.join(t('ruler.and')),
  }
}

function note_of(day: RulerDay, start: boolean, is_today: boolean, is_due: boolean): string {
  if (is_due) return t('ruler.mark_due')
  if (is_today) return t('ruler.mark_today')
  if (start) return t('ruler.mark_start')
  if (day.count > 0)
    return day.kind === 'make_up' ? t('ruler.mark_make_up', { n: day.count }) : String(day.count)
  return day.kind === 'holiday' ? t('ruler.mark_holiday') : t('ruler.mark_rest')
}

function why(day: RulerDay, start: boolean, clock: Clock): string {
  if (start) return t('ruler.cell_start')
  if (day.count > 0) {
    if (clock.unit === 'natural_day') return t('ruler.cell_natural', { n: day.count })
    return t(day.kind === 'make_up' ? 'ruler.cell_make_up' : 'ruler.cell_working', { n: day.count })
  }
  if (day.kind === 'holiday')
    return day.name ? t('ruler.cell_holiday', { name: day.name }) : t('ruler.cell_holiday_plain')
  return t(day.kind === 'weekend' ? 'ruler.cell_weekend' : 'ruler.cell_not_counted')
}

/** Long deadlines: the first week, those around today, and the last; between them how many days count. */
function folded(rows: Row[], clock: Clock, today: string): Row[] {
  const holds_today = rows.findIndex(
    (row) => row.kind === 'week' && row.cells.some((cell) => cell !== null && cell.day >= today),
  )
  const middle = holds_today < 0 ? rows.length - 1 : holds_today
  const kept = new Set([0, middle - 1, middle, middle + 1, rows.length - 1])
  const out: Row[] = []
  let hidden = 0
  rows.forEach((row, index) => {
    if (kept.has(index)) {
      if (hidden > 0) out.push(folded_row(hidden, clock, index))
      hidden = 0
      out.push(row)
    } else if (row.kind === 'week') {
      hidden += row.cells.filter((cell) => cell?.mark === 'used' || cell?.mark === 'left').length
    }
  })
  return out
}

function folded_row(count: number, clock: Clock, index: number): Row {
  const text = t(clock.unit === 'natural_day' ? 'ruler.folded_nd' : 'ruler.folded_wd', { n: count })
  return { kind: 'folded', key: `folded-${index}`, text }
}

export interface Reason {
  label: string
  text: string
}

/** The definition list below the picture; in elder mode and on paper it stands alone. */
export function ruler_reasons(clock: Clock, today: string): Reason[] {
  const say = (day: string): string => day_text(day, { today })
  const reasons: Reason[] = []
  if (clock.from)
    reasons.push({ label: t('ruler.from'), text: t('ruler.from_text', { day: say(clock.from) }) })
  const days = clock.ruler ?? []
  if (clock.unit !== 'natural_day') {
    const holidays = holiday_runs(days)
    if (holidays.length > 0)
      reasons.push({
        label: t('ruler.holiday'),
        text: t('ruler.holiday_text', { names: holidays.map(holiday_words).join(t('ruler.and')) }),
      })
    const worked = days.filter((day) => day.kind === 'make_up')
    if (worked.length > 0)
      reasons.push({
        label: t('ruler.make_up'),
        text: t('ruler.make_up_text', { days: worked.map((day) => say(day.day)).join(t('ruler.and')) }),
      })
    if (days.some((day) => day.kind === 'weekend'))
      reasons.push({ label: t('ruler.weekends'), text: t('ruler.weekends_text') })
  }
  if (clock.due)
    reasons.push({
      label: t('ruler.due'),
      text: clock.due.provisional ? t('kit.provisional', { day: say(clock.due.day) }) : say(clock.due.day),
    })
  if (clock.statutory)
    reasons.push({
      label: t('ruler.statutory'),
      text: t('ruler.statutory_text', { day: say(clock.statutory.day) }),
    })
  return reasons
}

interface Run {
  name: string
  from: string
  to: string
}

function holiday_runs(days: RulerDay[]): Run[] {
  const runs: Run[] = []
  for (const day of days.filter((one) => one.kind === 'holiday')) {
    const last = runs.at(-1)
    if (last && last.name === (day.name ?? '') && add_days(last.to, 1) === day.day) last.to = day.day
    else runs.push({ name: day.name ?? '', from: day.day, to: day.day })
  }
  return runs
}

function holiday_words(run: Run): string {
  const short = (day: string): string => day_text(day, { weekday: 'without' })
  return run.from === run.to
    ? t('ruler.holiday_day', { name: run.name, from: short(run.from) })
    : t('ruler.holiday_one', { name: run.name, from: short(run.from), to: short(run.to) })
}

/** The sentence above the picture. */
export function ruler_sentence(clock: Clock): string {
  if (clock.kind === 'none' || clock.total === undefined) return ''
  const natural = clock.unit === 'natural_day'
  const over = -(clock.left ?? 0)
  const counted =
    over > 0
      ? t(natural ? 'ruler.over_nd' : 'ruler.over_wd', { over, total: clock.total })
      : t(natural ? 'ruler.used_of_nd' : 'ruler.used_of_wd', { used: clock.used ?? 0, total: clock.total })
  return [counted, t(`ruler.${clock.kind}`)].join(language.value === 'en' ? ' ' : '')
}
