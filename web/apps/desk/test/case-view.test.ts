import { choose_language } from '@tongban/words/desk'
import { describe, expect, it } from 'vitest'
import { choices_of, is_being_made, main_choice, why_not } from '../src/features/cases/act-list'
import { ruler_line } from '../src/features/cases/ruler-line'
import type { Clock, DeskCase, RulerDay } from '../src/contract'

const acts = (...given: DeskCase['acts']): Pick<DeskCase, 'acts'> => ({ acts: given })

describe('the acts of a case', () => {
  it('offers a window its three acts, acceptance first', () => {
    const found = acts(
      { name: 'accept', allowed: true },
      { name: 'correct', allowed: true },
      { name: 'refuse', allowed: true },
    )
    expect(choices_of(found)).toEqual(['accept', 'correct', 'refuse'])
    expect(main_choice(found)).toBe('accept')
  })
  it('tells the last post from those before it', () => {
    expect(choices_of(acts({ name: 'opine', allowed: true }))).toEqual([
      'agree',
      'send_back',
      'propose_denial',
    ])
    expect(choices_of(acts({ name: 'decide', allowed: true }))).toEqual(['approve', 'deny'])
  })
  it('says each reason once and offers nothing unlawful', () => {
    const found = acts(
      { name: 'accept', allowed: false, why_not: '已受理' },
      { name: 'correct', allowed: false, why_not: '已受理' },
      { name: 'refuse', allowed: false },
    )
    expect(choices_of(found)).toEqual([])
    expect(main_choice(found)).toBeUndefined()
    expect(why_not(found)).toEqual(['已受理'])
  })
  it('says it in English to those who read English', async () => {
    const found = acts({
      name: 'extend',
      allowed: false,
      why_not: '只能延长一次，已经延长过。',
      code: 'case_was_extended_already',
    })
    await choose_language('en')
    expect(why_not(found)).toEqual(['It can be extended once only, and has been.'])
    await choose_language('zh')
    expect(why_not(found)).toEqual(['只能延长一次，已经延长过。'])
  })
  it('knows that a file is still being made', () => {
    expect(is_being_made({ state: 'approved' })).toBe(true)
    expect(is_being_made({ state: 'issued', licence: { id: '1', number: '2', name: '3' } })).toBe(false)
    expect(is_being_made({ state: 'accepted' })).toBe(false)
  })
})

function days(from: string, marks: string, name = ''): RulerDay[] {
  let count = 0
  return [...marks].map((mark, at) => {
    const day = new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10)
    if (mark === '.') return { day, kind: 'holiday', count: 0, ...(name ? { name } : {}) }
    count++
    return { day, kind: mark === 'm' ? 'make_up' : 'working', count }
  })
}
const clock = (ruler: RulerDay[], due: string): Clock => ({
  kind: 'review',
  lamp: { shape: 'green', text: '剩 2 日' },
  due: { day: due, provisional: false },
  ruler,
})

describe('the day ruler in one line', () => {
  it('folds the days that do not count into one word', () => {
    const cells = ruler_line(clock(days('2026-09-30', 'w.......wm', '国庆'), '2026-10-09'), '2026-10-08')
    expect(cells.map((cell) => cell.kind)).toEqual(['day', 'rest', 'day', 'day'])
    expect(cells[1]).toMatchObject({ name: '国庆', days: 7, from: '2026-10-01', to: '2026-10-07' })
    expect(cells[2]).toMatchObject({ count: 2, today: true, due: false })
    expect(cells[3]).toMatchObject({ count: 3, make_up: true, due: true })
  })
  it('shows the day it runs from apart from the weekend behind it', () => {
    const cells = ruler_line(
      { ...clock(days('2026-11-20', '...ww'), '2026-11-24'), from: '2026-11-20' },
      '2026-11-20',
    )
    expect(cells.map((cell) => cell.kind)).toEqual(['start', 'rest', 'day', 'day'])
    expect(cells[0]).toMatchObject({ day: '2026-11-20', today: true })
    expect(cells[1]).toMatchObject({ days: 2, today: false, from: '2026-11-21' })
  })
  it('keeps only what lies around today when the limit is long', () => {
    const cells = ruler_line(clock(days('2026-03-02', 'w'.repeat(40)), '2026-04-10'), '2026-03-16')
    expect(cells[0]).toMatchObject({ count: 1 })
    expect(cells[1]).toEqual({ kind: 'gap', days: 11 })
    expect(cells.filter((cell) => cell.kind === 'day').map((cell) => cell.count)).toEqual([
      1, 13, 14, 15, 16, 17, 40,
    ])
  })
  it('has no cells without a ruler', () => {
    expect(ruler_line({ kind: 'none', lamp: { shape: 'none', text: '已办结' } }, '2026-10-08')).toEqual([])
  })
})
