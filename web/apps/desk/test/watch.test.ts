import { describe, expect, it } from 'vitest'
import { by_need, seconds_of, shape_of, tone_of_call, troubled } from '../src/features/exchange/source-facts'
import { axis_top, figures_of, share_of } from '../src/features/supervision/board-figures'
import type { Board, SourceHealth } from '../src/contract'

describe('the figures of the board', () => {
  const board = {
    totals: { received_today: 12, concluded_today: 5, open: 200, near_due: 3, overdue: 1, stuck: 0 },
    days: [
      { day: '2026-10-14', received: 9, concluded: 7 },
      { day: '2026-10-15', received: 12, concluded: 5 },
    ],
    items: [
      { concluded_30: 40, instant_30: 10, papers_saved: 70 },
      { concluded_30: 10, instant_30: 0, papers_saved: 5 },
    ],
  } as unknown as Board
  it('stand beside what they are compared with, and lead to their lists', () => {
    const of = (key: string) => figures_of(board).find((figure) => figure.key === key)
    expect(of('received')).toMatchObject({ value: 12, beside: 9 })
    expect(of('near')).toMatchObject({ value: 3, beside: 1.5, list: 'near', tone: 'warned' })
    expect(of('late')).toMatchObject({ value: 1, tone: 'wrong' })
    expect(of('stuck')).not.toHaveProperty('tone')
    expect(of('saved')).toMatchObject({ value: 75, beside: 50 })
  })
  it('have no share of nothing', () => {
    expect(share_of(0, 0)).toBe(0)
    expect(share_of(1, 3)).toBe(33.3)
  })
  it('fit under an axis of whole quarters', () => {
    expect([0, 3, 7, 12, 486, 1001].map(axis_top)).toEqual([4, 4, 12, 20, 500, 2000])
    expect([1, 9, 37, 222, 4100].every((most) => axis_top(most) >= most && axis_top(most) % 4 === 0)).toBe(
      true,
    )
  })
})

describe('sources', () => {
  const source = (name: string, state: SourceHealth['state'], calls_today = 0) =>
    ({ source: name, state, calls_today }) as SourceHealth
  const all = [
    source('a', 'ok', 5),
    source('b', 'down'),
    source('c', 'ok', 9),
    source('d', 'slow'),
    source('e', 'unknown'),
  ]
  it('that need somebody come first, then the busiest, and last whom nobody asked', () => {
    expect(by_need(all).map((one) => one.source)).toEqual(['b', 'd', 'c', 'a', 'e'])
    expect(troubled(all)).toBe(2)
  })
  it('have shapes besides colours', () => {
    expect([shape_of('ok'), shape_of('slow'), shape_of('down'), shape_of('paused')]).toEqual([
      'green',
      'yellow',
      'red',
      'pause',
    ])
  })
  it('tell short times in milliseconds and long ones in seconds', () => {
    expect([seconds_of(620), seconds_of(4210)]).toEqual(['620', '4.2'])
  })
  it('are blamed only for what they did', () => {
    expect(tone_of_call({ outcome: 'none' })).toBe('plain')
    expect(tone_of_call({ outcome: 'down' })).toBe('wrong')
  })
})
