import { describe, expect, it } from 'vitest'
import { choices_of, is_deed, key_of, main_choice, wants_words } from '../src/features/cases/act-list'
import { deed_draft_of, drop_all_deed_drafts, step_to } from '../src/features/cases/deed-draft'
import {
  conclusion_of,
  deed_faults,
  deed_preview,
  extension_of,
  has_letter,
  instant_of,
  papers_of,
  record_of,
  service_of,
} from '../src/features/cases/deed-request'
import { ruler_line } from '../src/features/cases/ruler-line'
import { burden_words, extension_words } from '../src/features/cases/case-facts'
import type { Clock, DeskCase, SpecialStep } from '../src/contract'

const TODAY = '2026-10-15'
const NOW = '2026-10-15T10:24:00+08:00'
const act = (name: string, allowed = true) => ({ name, allowed }) as DeskCase['acts'][number]
const check = (state: SpecialStep['state']) =>
  ({ key: 'site_check', state, officers: 2, findings: [{ key: 'layout', label: '布局' }] }) as SpecialStep
const found = (more: Partial<DeskCase> = {}) =>
  ({
    case_no: 'N1',
    version: 3,
    acts: [],
    materials: [
      { key: 'id', way: 'waived' },
      { key: 'card', way: 'window' },
      { key: 'lease', way: 'window' },
    ],
    special: [check('planned')],
    ...more,
  }) as unknown as DeskCase
const fresh_draft = () => {
  drop_all_deed_drafts()
  return deed_draft_of('N1')
}
const codes = (...given: Parameters<typeof deed_faults>) => deed_faults(...given).map((fault) => fault.code)

describe('acts with a form of their own', () => {
  it('take the main key where they lead the case on, a letter where another act does', () => {
    const inspector = { acts: [act('record_special')] }
    expect(main_choice(inspector)).toBe('record_special')
    expect(key_of(inspector, 'record_special')).toBe('Ctrl Enter')
    const reviewer = { acts: [act('opine'), act('start_special'), act('extend')] }
    expect(main_choice(reviewer)).toBe('agree')
    expect([key_of(reviewer, 'start_special'), key_of(reviewer, 'extend')]).toEqual(['S', 'D'])
  })
  it('lead the head on only where somebody asked for more time', () => {
    expect(main_choice({ acts: [act('extend')] })).toBeUndefined()
    const asked = { acts: [act('extend'), act('decline_extension')] }
    expect(main_choice(asked)).toBe('extend')
    expect([key_of(asked, 'extend'), key_of(asked, 'decline_extension')]).toEqual(['Ctrl Enter', 'T'])
  })
  it('need no opinion beside them', () => {
    expect(wants_words({ acts: [act('serve')] })).toBe(false)
    expect(wants_words({ acts: [act('accept')] })).toBe(true)
    expect(choices_of({ acts: [act('serve', false)] })).toEqual([])
    expect([is_deed('serve'), is_deed('accept')]).toEqual([true, false])
  })
})

describe('more time', () => {
  it('is asked for and given with a reason, declined with another', () => {
    const draft = fresh_draft()
    draft.days = 5
    expect(codes('ask_extension', draft, found(), TODAY, NOW)).toEqual(['extension_reason_missing'])
    draft.reason = ' 要外地协查 '
    expect(codes('extend', draft, found(), TODAY, NOW)).toEqual([])
    expect(extension_of(draft, found())).toEqual({ version: 3, days: 5, reason: '要外地协查' })
    expect(codes('decline_extension', draft, found(), TODAY, NOW)).toEqual(['declining_reason_missing'])
  })
  it('shows its letter as soon as that can be written', () => {
    const draft = fresh_draft()
    expect(has_letter('ask_extension')).toBe(true)
    expect(has_letter('decline_extension')).toBe(false)
    expect(deed_preview('extend', draft)).toBeUndefined()
    Object.assign(draft, { days: 5, reason: '要外地协查' })
    expect(deed_preview('extend', draft)).toEqual({ act: 'extend', days: 5, reason: '要外地协查' })
    expect(deed_preview('serve', draft)).toBeUndefined()
  })
  it('tells who asked, and who did not agree', () => {
    const last = { what: 'asked', days: 5, who: '示例街道 沈秋石', at: NOW, reason: '要外地协查' } as const
    const extending = { due: { day: TODAY, provisional: false }, choices: [] }
    expect(extension_words(found({ extending: { ...extending, last } }), TODAY)).toBe(
      '示例街道 沈秋石，今天10:24：请示延长5个工作日，等负责人批。理由：要外地协查',
    )
    const declined = { what: 'declined', who: '示例街道 方正平', at: NOW, reason: '材料已齐' } as const
    expect(extension_words(found({ extending: { ...extending, last: declined } }), TODAY)).toContain(
      '没有同意',
    )
    expect(extension_words(found(), TODAY)).toBe('')
  })
})

describe('receiving papers', () => {
  it('needs every paper that was to be brought, and no other', () => {
    const draft = fresh_draft()
    draft.received = ['card', 'id']
    expect(deed_faults('receive_papers', draft, found(), TODAY, NOW)).toEqual([
      { at: 'paper/lease', code: 'paper_not_there' },
    ])
    draft.received = ['lease', 'card']
    expect(papers_of(draft, found())).toEqual({ version: 3, received: ['card', 'lease'] })
  })
})

describe('a site check', () => {
  it('is planned for a day to come', () => {
    const draft = fresh_draft()
    expect(codes('start_special', draft, found(), TODAY, NOW)).toEqual(['planned_missing'])
    draft.planned_on = '2026-10-14'
    expect(codes('start_special', draft, found(), TODAY, NOW)).toEqual(['planned_is_past'])
    draft.planned_on = TODAY
    expect(codes('start_special', draft, found(), TODAY, NOW)).toEqual([])
    expect(step_to(found({ special: [check('failed')] }), 'start_special')?.key).toBe('site_check')
    expect(step_to(found({ special: [check('passed')] }), 'start_special')).toBeUndefined()
  })
  it('is recorded whole: two officers, times that were, every finding, the reason of a bad one', () => {
    const draft = fresh_draft()
    Object.assign(draft, { place: '榕树里18号', day: TODAY, began: '9:00', ended: '09:50' })
    draft.officers = ['S106']
    draft.findings = { layout: { result: 'not_ok', note: '' } }
    expect(codes('record_special', draft, found(), TODAY, NOW)).toEqual([
      'officers_too_few',
      'finding_note_missing',
      'conclusion_missing',
    ])
    draft.ended = '08:00'
    expect(codes('record_special', draft, found(), TODAY, NOW)).toContain('times_turned')
    draft.ended = '11:00'
    expect(codes('record_special', draft, found(), TODAY, NOW)).toContain('time_to_come')
  })
  it('goes to the server with times of Beijing and without empty words', () => {
    const draft = fresh_draft()
    Object.assign(draft, {
      place: ' 榕树里18号 ',
      day: TODAY,
      began: '9:00',
      ended: '09:50',
      conclusion: 'pass',
    })
    draft.officers = ['S106', 'S107']
    draft.findings = { layout: { result: 'ok', note: ' ' } }
    expect(record_of(draft, found())).toEqual({
      version: 3,
      step: 'site_check',
      officers: ['S106', 'S107'],
      place: '榕树里18号',
      began_at: '2026-10-15T09:00:00+08:00',
      ended_at: '2026-10-15T09:50:00+08:00',
      findings: [{ key: 'layout', result: 'ok' }],
      conclusion: 'pass',
    })
    expect(instant_of(TODAY, '14:05')).toBe('2026-10-15T14:05:00+08:00')
  })
  it('suggests what its findings say', () => {
    expect(conclusion_of([{ result: 'ok' }, { result: 'ok' }])).toBe('pass')
    expect(conclusion_of([{ result: 'ok' }, { result: 'not_ok' }])).toBe('fail')
    expect(conclusion_of([{ result: 'ok' }, { result: '' }])).toBe('')
  })
})

describe('handing over', () => {
  it('names who took it, and by courier the number', () => {
    const draft = fresh_draft()
    draft.method = 'courier'
    expect(codes('serve', draft, found(), TODAY, NOW)).toEqual(['recipient_missing', 'tracking_missing'])
    Object.assign(draft, { recipient: '马超', tracking_no: 'SF1' })
    expect(service_of(draft, found())).toEqual({
      version: 3,
      method: 'courier',
      recipient: '马超',
      tracking_no: 'SF1',
    })
    draft.method = 'in_person'
    expect(service_of(draft, found())).not.toHaveProperty('tracking_no')
  })
})

describe('what the case page says of data and pauses', () => {
  it('counts what the person was spared', () => {
    const burden = {
      fields_total: 12,
      fields_prefilled: 8,
      materials_total: 5,
      materials_waived: 2,
      materials_from_licence: 1,
    }
    expect(burden_words({ burden } as unknown as DeskCase)).toBe(
      '要填12项，8项由数据填好，要交5份，3份不用交',
    )
    expect(burden_words({})).toBe('')
  })
  it('folds a pause into one cell with the weekends inside it, and leaves those outside alone', () => {
    const day = (text: string, kind: string, count = 0) => ({ day: text, kind, count })
    const clock = {
      ruler: [
        day('2026-10-09', 'working', 1),
        day('2026-10-10', 'weekend'),
        day('2026-10-12', 'rested'),
        day('2026-10-17', 'weekend'),
        day('2026-10-19', 'rested'),
        day('2026-10-20', 'working', 2),
      ],
    } as unknown as Clock
    expect(ruler_line(clock, TODAY).map((cell) => cell.kind)).toEqual(['day', 'rest', 'paused', 'day'])
  })
})
