import { describe, expect, it } from 'vitest'
import { is_present } from '../src/frame/presence'

describe('whether somebody sits at the desk', () => {
  it('stops asking in the background when nobody has touched anything for five minutes', () => {
    expect(is_present(300_000, 0)).toBe(true)
    expect(is_present(300_001, 0)).toBe(false)
  })
})
