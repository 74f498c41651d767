import type { Clock, RulerDay } from '@tongban/api'
import { add_days, choose_language, civil } from '@tongban/words/portal'
import { beforeAll, describe, expect, it } from 'vitest'
import { ruler_reasons, ruler_rows, ruler_sentence, type Cell, type Row } from '../src/ruler/rows'

beforeAll(() => choose_language('zh'))

const holidays = [
  '2026-10-01',
  '2026-10-02',
  '2026-10-03',
  '2026-10-04',
  '2026-10-05',
  '2026-10-06',
  '2026-10-07',
]
function days(from: string, total: number): RulerDay[] {
  const out: RulerDay[] = []
  for (let count = 0, day = add_days(from, 1); count < total; day = add_days(day, 1)) {
    const kind = holidays.includes(day)
      ? 'holiday'
      : day === '2026-10-10'
        ? 'make_up'
        : [0, 6].includes(civil(day).weekday)
          ? 'weekend'
          : 'working'
    const counts = kind === 'working' || kind === 'make_up'
    out.push({ day, kind, count: counts ? ++count : 0, ...(kind === 'holiday' ? { name: '国庆节' } : {}) })
  }
  return out
}
function clock(total: number, used: number, more: Partial<Clock> = {}): Clock {
  const ruler = days('2026-09-28', total)
  return {
    kind: 'review',
    lamp: { shape: 'green', text: '' },
    from: '2026-09-28',
    due: { day: ruler.at(-1)!.day, provisional: false },
    unit: 'working_day',
    total,
    used,
    left: total - used,
    ruler,
    ...more,
  }
}
const cells = (rows: Row[]): Cell[] =>
  rows.flatMap((row) => (row.kind === 'week' ? row.cells.filter((cell) => cell !== null) : []))
const cell = (rows: Row[], day: string): Cell => cells(rows).find((one) => one.day === day)!

describe('the ruler', () => {
  const rows = ruler_rows(clock(10, 7), '2026-10-15')

  it('sets every day below its weekday, Monday first', () => {
    for (const row of rows)
      if (row.kind === 'week')
        row.cells.forEach((one, column) => {
          if (one) expect((civil(one.day).weekday + 6) % 7).toBe(column)
        })
    expect(rows).toHaveLength(3)
  })
  it('shows the day it starts from, which is not counted', () => {
    expect(cells(rows)[0]).toMatchObject({
      day: '2026-09-28',
      date: '9.28',
      note: '起',
      mark: 'start',
      text: '9月28日（周一），当天不算，第二天起算',
    })
  })
  it('writes the month where it begins', () => {
    expect(cell(rows, '2026-09-29').date).toBe('29')
    expect(cell(rows, '2026-10-01').date).toBe('10.1')
  })
  it('tells used, left, holidays and worked weekends apart in words', () => {
    expect(cell(rows, '2026-09-29')).toMatchObject({
      mark: 'used',
      note: '1',
      text: '9月29日（周二），第1个工作日，已过',
    })
    expect(cell(rows, '2026-10-05')).toMatchObject({
      mark: 'rest',
      note: '假',
      text: '10月5日（周一），国庆节放假，不算',
    })
    expect(cell(rows, '2026-10-10')).toMatchObject({
      mark: 'used',
      note: '5班',
      text: '10月10日（周六），调休上班，第5个工作日，已过',
    })
    expect(cell(rows, '2026-10-11')).toMatchObject({ mark: 'rest', note: '休' })
  })
  it('marks today and the last day', () => {
    expect(cell(rows, '2026-10-15')).toMatchObject({ today: true, note: '今天', mark: 'left' })
    expect(cells(rows).at(-1)).toMatchObject({ due: true, note: '到期' })
    expect(cells(rows).at(-1)!.text).toContain('到期')
  })
  it('folds what is over 45 days and says how many days count in between', () => {
    const long = ruler_rows(clock(60, 10), '2026-10-20')
    expect(long.length).toBeLessThan(9)
    const folded = long.filter((row) => row.kind === 'folded')
    const hidden = folded.reduce((sum, row) => sum + Number(/\d+/.exec(row.text)![0]), 0)
    const shown = cells(long).filter((one) => one.mark === 'used' || one.mark === 'left').length
    expect(hidden + shown).toBe(60)
    expect(cells(long).some((one) => one.today)).toBe(true)
  })
  it('is absent without days', () => {
    expect(ruler_rows({ kind: 'none', lamp: { shape: 'none', text: '已办结' } }, '2026-10-15')).toEqual([])
  })
})

describe('the reasons below it', () => {
  it('name the holiday as a run, the worked weekend and the limit of the law', () => {
    const said = ruler_reasons(
      clock(10, 7, { statutory: { day: '2026-10-30', provisional: false } }),
      '2026-10-15',
    )
    expect(said.map((one) => `${one.label} ${one.text}`)).toEqual([
      '从哪天起 9月28日（周一），第二天起算',
      '放假 国庆节10月1日到10月7日，不算',
      '调休 10月10日（周六）调休上班，要算',
      '周末 周六、周日不算',
      '哪天到期 10月16日（周五）',
      '最晚 法定期限到10月30日（周五）',
    ])
  })
  it('call a day provisional whose year has no calendar yet', () => {
    const said = ruler_reasons(clock(10, 7, { due: { day: '2027-01-06', provisional: true } }), '2026-12-30')
    expect(said.at(-1)!.text).toBe('暂定2027年1月6日（周三），放假安排公布后重算')
  })
})

describe('the sentence above it', () => {
  it('counts what is used', () =>
    expect(ruler_sentence(clock(10, 7))).toBe('已用7个工作日，共10个。这是办完的期限。'))
  it('says how late it is', () =>
    expect(ruler_sentence(clock(10, 12, { left: -2 }))).toBe('已超2个工作日，共10个。这是办完的期限。'))
  it('counts natural days as days', () =>
    expect(ruler_sentence(clock(10, 7, { unit: 'natural_day', kind: 'correction' }))).toBe(
      '已用7天，共10天。这是您补正的期限。',
    ))
  it('keeps its two sentences apart in English', async () => {
    await choose_language('en')
    expect(ruler_sentence(clock(10, 7))).toBe('7 of 10 working days used. By then it is done.')
    await choose_language('zh')
  })
})
