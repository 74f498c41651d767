import { describe, expect, it } from 'vitest'
import {
  first_queue,
  group_queues,
  is_queue_name,
  items_in,
  join_page,
  move_in,
  news_of,
} from '../src/features/cases/queue-rows'
import type { QueueRow } from '../src/contract'

function row(no: string, version = 1): QueueRow {
  return {
    case_no: no,
    short_no: no,
    item: 'i' + no.slice(0, 1),
    item_name: '事项' + no.slice(0, 1),
    applicant: '周**',
    step: '受理',
    source: '网上',
    received_at: '2026-10-14T09:00:00+08:00',
    state: 'received',
    lamp: { shape: 'green', text: '剩 2 日' },
    version,
  }
}
const rows = (...numbers: string[]) => numbers.map((no) => row(no))

describe('polling never moves a row, it counts', () => {
  it('says nothing when nothing happened', () => {
    expect(news_of(rows('a1', 'b1'), 2, { rows: rows('a1', 'b1'), total: 2 })).toEqual({
      arrived: 0,
      changed: 0,
    })
  })
  it('counts arrivals', () => {
    const fresh = { rows: rows('c1', 'a1', 'b1', 'd1'), total: 4 }
    expect(news_of(rows('a1', 'b1'), 2, fresh)).toEqual({ arrived: 2, changed: 0 })
  })
  it('counts one in and one out though the total stands still', () => {
    expect(news_of(rows('a1', 'b1'), 2, { rows: rows('a1', 'c1'), total: 2 })).toEqual({
      arrived: 1,
      changed: 1,
    })
  })
  it('counts a case somebody has worked on', () => {
    expect(news_of(rows('a1', 'b1'), 2, { rows: [row('a1', 2), row('b1')], total: 2 })).toEqual({
      arrived: 0,
      changed: 1,
    })
  })
  it('does not call a row new that only moved up from an unread page', () => {
    const fresh = { rows: rows('b1', 'c1'), total: 2, next: 'x' }
    expect(news_of(rows('a1', 'b1'), 3, fresh)).toEqual({ arrived: 0, changed: 1 })
  })
  it('tells of arrivals beyond the first page by the total', () => {
    const fresh = { rows: rows('a1', 'b1'), total: 5, next: 'x' }
    expect(news_of(rows('a1', 'b1'), 3, fresh)).toEqual({ arrived: 2, changed: 0 })
  })
  it('tells the first case of an empty queue', () => {
    expect(news_of([], 0, { rows: rows('a1'), total: 1 })).toEqual({ arrived: 1, changed: 0 })
  })
})

describe('the list', () => {
  it('joins a page without showing a row twice', () => {
    const joined = join_page(rows('a1', 'b1'), { rows: rows('b1', 'c1'), total: 3 })
    expect(joined.map((one) => one.case_no)).toEqual(['a1', 'b1', 'c1'])
  })
  it('moves inside its ends', () => {
    const list = rows('a1', 'b1', 'c1')
    expect(move_in(list, undefined, 1)).toBe('a1')
    expect(move_in(list, undefined, -1)).toBe('c1')
    expect(move_in(list, 'a1', 1)).toBe('b1')
    expect(move_in(list, 'a1', -1)).toBe('a1')
    expect(move_in(list, 'c1', 1)).toBe('c1')
    expect(move_in([], 'c1', 1)).toBeUndefined()
  })
  it('names each item once', () => {
    expect(items_in(rows('a1', 'a2', 'b1'))).toEqual([
      { code: 'ia', name: '事项a' },
      { code: 'ib', name: '事项b' },
    ])
  })
  it('groups the queues of a post in the order of the house', () => {
    const grouped = group_queues([
      { name: 'overdue', count: 1 },
      { name: 'to_issue', count: 3 },
      { name: 'to_accept', count: 8 },
      { name: 'near_due', count: 4 },
    ])
    expect(grouped.mine.map((one) => one.name)).toEqual(['to_accept', 'to_issue'])
    expect(grouped.time.map((one) => one.name)).toEqual(['near_due', 'overdue'])
    expect(is_queue_name('to_review')).toBe(true)
    expect(is_queue_name('elsewhere')).toBe(false)
  })

  it('opens at what waits, and for the head at what is urgent', () => {
    const name = (...counts: Parameters<typeof first_queue>[0]) => first_queue(counts)?.name
    expect(name({ name: 'to_receive', count: 0 }, { name: 'to_accept', count: 8 })).toBe('to_accept')
    expect(name({ name: 'to_receive', count: 0 }, { name: 'overdue', count: 2 })).toBe('to_receive')
    expect(name({ name: 'near_due', count: 0 }, { name: 'overdue', count: 2 })).toBe('overdue')
    expect(name({ name: 'near_due', count: 0 }, { name: 'overdue', count: 0 })).toBe('near_due')
    expect(name()).toBeUndefined()
  })
})
