import { Problem, type FileVerification, type Verification } from '@tongban/api'
import { describe, expect, it } from 'vitest'
import { band_of } from '../src/features/licences/band'

const found = (result: Verification['result']): Verification => ({
  result,
  checked_at: '2026-10-15T10:21:07+08:00',
})
const file = (result: FileVerification['result'], licence?: Verification): FileVerification => ({
  result,
  checked_at: '2026-10-15T10:21:07+08:00',
  steps: [],
  ...(licence ? { licence } : {}),
})

describe('the band of the check', () => {
  it.each([
    ['valid', 'green', 'verify.registered'],
    ['expired', 'amber', 'verify.expired'],
    ['replaced', 'amber', 'verify.expired'],
    ['revoked', 'red', 'verify.revoked'],
    ['not_found', 'grey', 'verify.not_found'],
  ] as const)('of a licence that is %s is %s', (result, tone, title) => {
    expect(band_of(found(result), null, null)).toMatchObject({ tone, title })
  })
  it('calls the certificate valid only with the very file in hand', () => {
    expect(band_of(found('valid'), file('same', found('valid')), null)).toMatchObject({
      tone: 'green',
      title: 'verify.valid',
    })
    expect(band_of(found('valid'), null, null)).toMatchObject({ title: 'verify.registered' })
  })
  it('stays red for a revoked licence though the file is genuine', () => {
    expect(band_of(null, file('same', found('revoked')), null)).toMatchObject({
      tone: 'red',
      title: 'verify.revoked',
    })
  })
  it.each([
    ['altered', 'red'],
    ['not_ours', 'grey'],
    ['other_licence', 'amber'],
  ] as const)('of a file that is %s is %s', (result, tone) => {
    expect(band_of(found('valid'), file(result, found('valid')), null)?.tone).toBe(tone)
  })
  it('is never green when nobody could be asked', () => {
    expect(band_of(null, null, new Problem({ status: 0, code: 'network_is_down' }))).toMatchObject({
      tone: 'amber',
      title: 'verify.cannot_tell',
    })
    expect(band_of(found('valid'), null, new Problem({ status: 503, code: 'server_is_busy' }))).toMatchObject(
      { title: 'verify.cannot_tell' },
    )
    expect(band_of(null, file('same'), null)).toMatchObject({ title: 'verify.cannot_tell' })
    expect(band_of(null, null, new Problem({ status: 429, code: 'too_many_attempts' }))).toMatchObject({
      tone: 'amber',
      title: 'verify.too_many',
    })
  })
})
