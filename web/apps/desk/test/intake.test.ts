import { describe, expect, it } from 'vitest'
import { missing_in, next_of } from '../src/features/cases/intake/blocks'
import type { Block } from '../src/features/cases/intake/blocks'
import {
  person_faults,
  read_person,
  told_by_number,
  typed_by_machine,
} from '../src/features/cases/intake/person-read'
import { with_recent } from '../src/features/cases/intake/recent-items'

const TODAY = '2026-10-15'
const NUMBER = '990102199011020460'

describe('the one field at the top of an intake', () => {
  it('takes a number typed by hand, with spaces and small letters', () => {
    expect(read_person(' 99010219810725024x ', TODAY)).toEqual({
      kind: 'id_number',
      number: '99010219810725024X',
      name: '',
    })
  })
  it('takes name and number out of what a card reader writes, in whatever order', () => {
    const whole = { kind: 'id_number', number: NUMBER, name: '阿依古丽·买买提' }
    expect(read_person(`阿依古丽·买买提,女,维吾尔,${NUMBER}`, TODAY)).toEqual(whole)
    expect(read_person(`${NUMBER}|阿依古丽·买买提|女`, TODAY)).toEqual(whole)
    expect(read_person(`${NUMBER} 梁䶮`, TODAY)).toMatchObject({ name: '梁䶮' })
  })
  it('tells a shown code from a mistyped number', () => {
    expect(read_person('40718265', TODAY)).toEqual({ kind: 'code', code: '40718265' })
    expect(read_person(' 4071 8265 ', TODAY)).toEqual({ kind: 'code', code: '40718265' })
    expect(read_person('99010219901102046', TODAY)).toEqual({
      kind: 'wrong',
      code: 'id_number_has_wrong_length',
    })
    expect(read_person('990102199011020461', TODAY)).toMatchObject({ kind: 'wrong' })
    expect(read_person('  ', TODAY)).toEqual({ kind: 'nothing' })
  })
  it('knows a reader by its pace', () => {
    const every = (ms: number, count: number) => Array.from({ length: count }, (_, at) => at * ms)
    expect(typed_by_machine(every(8, 18))).toBe(true)
    expect(typed_by_machine(every(120, 18))).toBe(false)
    expect(typed_by_machine(every(8, 4))).toBe(false)
    expect(typed_by_machine([])).toBe(false)
  })
  it('reads birth and sex from the number', () => {
    expect(told_by_number(NUMBER)).toEqual({ born: '1990-11-02', sex: 'female' })
    expect(told_by_number('990121198506150552')).toMatchObject({ sex: 'male' })
  })
  it('wants a name of two signs and a mobile number', () => {
    expect(person_faults({ name: '马', phone: '1990000001' }).map((fault) => fault.at)).toEqual([
      'name',
      'phone',
    ])
    expect(person_faults({ name: '马超', phone: '19900000010' })).toEqual([])
  })
})

describe('the items lately taken in', () => {
  it('come newest first, each once, five at most', () => {
    const item = (code: string) => ({ code, name: code })
    const list = ['a', 'b', 'c', 'd', 'e'].map(item)
    expect(with_recent(list, item('c')).map((one) => one.code)).toEqual(['c', 'a', 'b', 'd', 'e'])
    expect(with_recent(list, item('f')).map((one) => one.code)).toEqual(['f', 'a', 'b', 'c', 'd'])
  })
})

describe('Ctrl Enter in an intake', () => {
  const block = (id: string, missing: number, kind: Block['kind'] = 'form'): Block => ({
    id,
    kind,
    title: id,
    missing,
  })
  const blocks = (...missing: number[]) => [
    ...missing.map((count, at) => block(String(at), count)),
    block('confirm', 1, 'confirm'),
  ]
  it('leads down the page to what is missing, and round to what was passed by', () => {
    expect(next_of(blocks(1, 0, 2), '0', false)).toEqual({ go: '2' })
    expect(next_of(blocks(1, 0, 0), '1', false)).toEqual({ go: '0' })
    expect(next_of(blocks(0, 3), '1', false)).toEqual({ go: '1' })
  })
  it('then asks the person, then hands in', () => {
    expect(next_of(blocks(0, 0), '1', false)).toBe('confirm')
    expect(next_of(blocks(0, 0), 'confirm', true)).toBe('submit')
    expect(next_of(blocks(0, 1), 'confirm', true)).toEqual({ go: '1' })
  })
  it('counts all that is missing', () => {
    expect(missing_in(blocks(1, 2))).toBe(4)
  })
})
