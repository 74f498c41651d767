import type { Burden, MyCase, Receipt } from '@tongban/api'
import { describe, expect, it } from 'vitest'
import { awaits, fewer_papers } from '../src/features/cases/use-receipt'

const receipt = (more: Partial<Receipt>): Receipt => ({ case_no: '1', ...more }) as Receipt
const found = (more: Partial<MyCase>): MyCase => ({ case_no: '1', ...more }) as MyCase

describe('a receipt', () => {
  it('waits for its letter', () => {
    expect(awaits(receipt({}), found({}))).toBe('letter')
    expect(awaits(receipt({ letter: 'x' }), found({}))).toBeNull()
    expect(awaits(null, null)).toBeNull()
  })
  it('of a decision at once waits for the licence first', () => {
    const at_once = receipt({ letter: 'x', decided: { at_once: true, reasons: [] } })
    expect(awaits(at_once, found({}))).toBe('licence')
    expect(awaits(at_once, found({ licence: { id: 'l', number: '', name: '' } }))).toBeNull()
  })
  it('counts papers that were waived or came from a licence', () => {
    expect(fewer_papers({ materials_waived: 2, materials_from_licence: 1 } as Burden)).toBe(3)
    expect(fewer_papers(undefined)).toBe(0)
  })
})
