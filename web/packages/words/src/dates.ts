// Days and moments in words. One zone, Beijing; "today" always comes from the server.
import { language } from './index'

const weekday_zh = ['日', '一', '二', '三', '四', '五', '六'] as const
const weekday_en = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const month_en = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const beijing_minutes = 8 * 60

export interface Civil {
  year: number
  month: number
  day: number
  /** 0 is Sunday */
  weekday: number
}

export function civil(day: string): Civil {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return { year, month, day: date, weekday: new Date(Date.UTC(year, month - 1, date)).getUTCDay() }
}

export function add_days(day: string, count: number): string {
  const { year, month, day: date } = civil(day)
  return new Date(Date.UTC(year, month - 1, date + count)).toISOString().slice(0, 10)
}

export function days_between(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** The Beijing day of an instant. */
export function day_of(instant: string): string {
  return shifted(instant).toISOString().slice(0, 10)
}

function shifted(instant: string): Date {
  return new Date(Date.parse(instant) + beijing_minutes * 60_000)
}

export interface DayStyle {
  /** the server's today: the year is told only when it is not this year's */
  today?: string
  weekday?: 'with' | 'without'
  year?: 'always' | 'when_other'
}

/** 10月23日（周五） · Friday 23 October */
export function day_text(day: string, style: DayStyle = {}): string {
  const { year, month, day: date, weekday } = civil(day)
  const tell_year = style.year === 'always' || (style.today !== undefined && civil(style.today).year !== year)
  const tell_weekday = style.weekday !== 'without'
  if (language.value === 'zh')
    return `${tell_year ? `${year}年` : ''}${month}月${date}日${tell_weekday ? `（周${weekday_zh[weekday]}）` : ''}`
  const head = tell_weekday ? `${weekday_en[weekday]} ` : ''
  return `${head}${date} ${month_en[month - 1]}${tell_year ? ` ${year}` : ''}`
}

/** 9:24, 24 hours */
export function time_text(instant: string): string {
  const at = shifted(instant)
  return `${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, '0')}`
}

/** 今天 9:24 · 10月9日 15:40 · 2025年10月9日 15:40 */
export function moment_text(instant: string, today?: string): string {
  const day = day_of(instant)
  if (day === today)
    return language.value === 'zh' ? `今天${time_text(instant)}` : `today ${time_text(instant)}`
  const style: DayStyle = { ...(today === undefined ? {} : { today }), weekday: 'without' }
  return `${day_text(day, style)} ${time_text(instant)}`
}

/** 2026年10月 · October 2026 */
export function month_text(instant: string): string {
  const { year, month } = civil(day_of(instant))
  return language.value === 'zh' ? `${year}年${month}月` : `${month_en[month - 1]} ${year}`
}

/** 2026年10月15日 10:21:07 */
export function second_text(instant: string): string {
  const seconds = String(shifted(instant).getUTCSeconds()).padStart(2, '0')
  const day = day_text(day_of(instant), { weekday: 'without', year: 'always' })
  return `${day} ${time_text(instant)}:${seconds}`
}

/** 周五 · Friday */
export function weekday_text(day: string): string {
  const { weekday } = civil(day)
  return language.value === 'zh' ? `周${weekday_zh[weekday]}` : weekday_en[weekday]!
}

/** Heads of the seven columns, Monday first. */
export function week_heads(): { short: string; whole: string }[] {
  return [1, 2, 3, 4, 5, 6, 0].map((day) =>
    language.value === 'zh'
      ? { short: weekday_zh[day]!, whole: `周${weekday_zh[day]}` }
      : { short: weekday_en[day]!.slice(0, 2), whole: weekday_en[day]! },
  )
}

export function size_text(bytes: number): string {
  const mega = bytes / (1024 * 1024)
  if (mega >= 1) return `${Number(mega.toFixed(1))} MB`
  return `${Math.max(1, Math.round(bytes / 1024))} KB`
}

/**
 * Parts of a sentence that must not break: dates with their time, counts and sizes with their unit. Odd places of
 * the answer are such parts.
 */
export function whole_parts(text: string): string[] {
  return text.split(
    /((?:\d{4}年)?\d{1,2}月\d{1,2}日(?:（周.）)?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?|\d+个(?:工作日|自然日)|\d+[处份项件]|\d+ (?:MB|KB))/,
  )
}
