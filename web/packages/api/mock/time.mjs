// The mock's clock starts at Thursday 2026-10-15 10:21 in Beijing, so that the week after the National Day
// shows in the rulers.
const started = Date.now()
const epoch = Date.parse('2026-10-15T10:21:07+08:00')
export const now = () => new Date(epoch + (Date.now() - started))
export const iso = (at = now()) => new Date(at.getTime() + 8 * 3600e3).toISOString().replace('Z', '+08:00')
export const today = () => iso().slice(0, 10)
const holidays = new Set([
  '2026-10-01',
  '2026-10-02',
  '2026-10-03',
  '2026-10-04',
  '2026-10-05',
  '2026-10-06',
  '2026-10-07',
])
const worked = new Set(['2026-10-10'])

export const add_days = (day, count) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 864e5).toISOString().slice(0, 10)
function kind_of(day) {
  if (holidays.has(day)) return 'holiday'
  if (worked.has(day)) return 'make_up'
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) ? 'weekend' : 'working'
}
const counts = (kind) => kind === 'working' || kind === 'make_up'

/** The ruler of so many working days that begin the day after `from`. */
export function ruler(from, total) {
  const days = [{ day: from, kind: kind_of(from), count: 0 }]
  for (let count = 0, day = add_days(from, 1); count < total; day = add_days(day, 1)) {
    const kind = kind_of(day)
    if (counts(kind)) count++
    days.push({
      day,
      kind,
      count: counts(kind) ? count : 0,
      ...(kind === 'holiday' ? { name: '国庆节' } : {}),
    })
  }
  return days
}

export function clock(kind, from, total) {
  const days = ruler(from, total)
  const due = days.at(-1).day
  const used = days.filter((one) => one.count > 0 && one.day < today()).length
  const left = total - used
  const lamp =
    today() > due
      ? { shape: 'red', text: '超期' }
      : due === today()
        ? { shape: 'yellow', text: '今天到期' }
        : left <= 2
          ? { shape: 'yellow', text: '明天到期' }
          : { shape: 'green', text: `剩 ${left} 日` }
  return {
    kind,
    lamp,
    from,
    due: { day: due, provisional: false },
    unit: 'working_day',
    total,
    used,
    left,
    ruler: days,
  }
}
export const stopped = (text) => ({ kind: 'none', lamp: { shape: 'none', text } })
const week = '日一二三四五六'
export const in_words = (day) => {
  const at = new Date(`${day}T00:00:00Z`)
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日（周${week[at.getUTCDay()]}）`
}
