import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  add_days,
  choose_language,
  code_words,
  day_of,
  day_text,
  days_between,
  filled,
  moment_text,
  second_text,
  size_text,
  t,
  time_text,
  whole_parts,
} from '../src/portal'

beforeAll(() => choose_language('zh'))
afterEach(() => choose_language('zh'))

describe('days', () => {
  it('are told with their weekday, and with the year only when it is another', () => {
    expect(day_text('2026-10-23', { today: '2026-10-15' })).toBe('10月23日（周五）')
    expect(day_text('2027-01-06', { today: '2026-12-31' })).toBe('2027年1月6日（周三）')
    expect(day_text('2026-10-23', { weekday: 'without', year: 'always' })).toBe('2026年10月23日')
  })
  it('belong to Beijing, whatever the zone of the instant', () => {
    expect(day_of('2026-10-15T16:30:00Z')).toBe('2026-10-16')
    expect(time_text('2026-10-15T01:24:00Z')).toBe('9:24')
    expect(moment_text('2026-10-15T09:24:00+08:00', '2026-10-15')).toBe('今天9:24')
    expect(moment_text('2026-10-09T15:40:00+08:00', '2026-10-15')).toBe('10月9日 15:40')
    expect(second_text('2026-10-15T10:21:07+08:00')).toBe('2026年10月15日 10:21:07')
  })
  it('count over the ends of months and leap years', () => {
    expect(add_days('2028-02-28', 1)).toBe('2028-02-29')
    expect(days_between('2026-09-28', '2026-10-15')).toBe(17)
  })
  it('speak English when asked', async () => {
    await choose_language('en')
    expect(day_text('2026-10-23', { today: '2026-10-15' })).toBe('Friday 23 October')
  })
})

describe('sentences', () => {
  it('fill their holes and choose the number', () => {
    expect(filled('{n} {n|day|days}', { n: 1 })).toBe('1 day')
    expect(filled('{n} {n|day|days}', { n: 2 })).toBe('2 days')
    expect(filled('{unknown}')).toBe('{unknown}')
  })
  it('change with the language', async () => {
    expect(t('home.question')).toBe('您要办什么事？')
    await choose_language('en')
    expect(t('home.question')).toBe('What do you need to do?')
  })
  it('of an unknown code are what the server said', () => {
    expect(code_words('file_is_empty', '服务器的话')).toBe('这个文件是空的，请重新选一个。')
    expect(code_words('code_from_the_future', '服务器的话')).toBe('服务器的话')
    expect(code_words('code_from_the_future')).toContain('12345')
  })
  it('keep dates and counts in one piece', () => {
    expect(whole_parts('请补正2处，10月20日（周二）前').filter((_, at) => at % 2)).toEqual([
      '2处',
      '10月20日（周二）',
    ])
    const told = '自2026年11月23日 1:35起没有答复，少填3项，少交4份，每个不超过10 MB'
    expect(whole_parts(told).filter((_, at) => at % 2)).toEqual([
      '2026年11月23日 1:35',
      '3项',
      '4份',
      '10 MB',
    ])
  })
  it('tell sizes in round numbers', () => {
    expect([size_text(10 * 1024 * 1024), size_text(1_300_000), size_text(12)]).toEqual([
      '10 MB',
      '1.2 MB',
      '1 KB',
    ])
  })
})
