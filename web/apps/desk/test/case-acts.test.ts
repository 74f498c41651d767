import { beforeEach, describe, expect, it } from 'vitest'
import { drop_all_drafts, draft_of, drop_draft, with_phrase } from '../src/features/cases/act-draft'
import type { ActDraft } from '../src/features/cases/act-draft'
import { act_faults, Intents, preview_request } from '../src/features/cases/act-request'
import { news_in_case } from '../src/features/cases/case-news'
import { files_of_round, rounds_of, tone_of } from '../src/features/cases/case-facts'
import { standing_of } from '../src/features/cases/trail'
import { locked_until, tries_left, way_back } from '../src/features/identity/lock'
import { Problem } from '@tongban/api'
import type { DeskCase } from '../src/contract'

const found = { gap_targets: [{ key: 'material:book', label: '户口簿' }] } as unknown as DeskCase
const draft = (more: Partial<ActDraft> = {}): ActDraft => ({
  opinion: '',
  reason: '',
  basis: '',
  right_body: '',
  gaps: [],
  ...more,
})
const gap = { key: 'material:book', label: '户口簿', problem: '看不清', remedy: '重拍' }

describe('what is missing for an act', () => {
  it('asks nothing for acceptance', () => {
    expect(act_faults('accept', draft(), found)).toEqual([])
  })
  it('asks reason and ground for every refusal, and the opinion where a post speaks', () => {
    expect(act_faults('refuse', draft(), found).map((one) => one.at)).toEqual(['reason', 'basis'])
    expect(act_faults('deny', draft(), found).map((one) => one.at)).toEqual(['opinion', 'reason', 'basis'])
    expect(act_faults('propose_denial', draft(), found).map((one) => one.at)).toEqual(['opinion'])
    expect(act_faults('approve', draft({ opinion: '符合' }), found)).toEqual([])
  })
  it('says where in the notice something is missing', () => {
    expect(act_faults('correct', draft(), found)).toEqual([{ at: 'gaps', fault: 'no_gap' }])
    expect(act_faults('correct', draft({ gaps: [{ ...gap, remedy: ' ' }] }), found)).toEqual([
      { at: 'material:book/remedy', fault: 'remedy_missing' },
    ])
  })
})

describe('the letter before it goes out', () => {
  it('is asked only when its own texts are there; the inner opinion does not matter', () => {
    expect(preview_request('accept', draft(), found)).toEqual({ act: 'accept' })
    expect(preview_request('approve', draft(), found)).toEqual({ act: 'approve' })
    expect(preview_request('deny', draft({ reason: '不符' }), found)).toBeUndefined()
    expect(preview_request('deny', draft({ reason: ' 不符 ', basis: '第五条' }), found)).toEqual({
      act: 'deny',
      reason: '不符',
      basis: '第五条',
    })
    expect(
      preview_request('refuse', draft({ reason: '不符', basis: '第五条', right_body: '公证处' }), found),
    ).toEqual({ act: 'refuse', reason: '不符', basis: '第五条', right_body: '公证处' })
    expect(preview_request('correct', draft({ gaps: [gap] }), found)).toEqual({
      act: 'correct',
      gaps: [{ key: 'material:book', problem: '看不清', remedy: '重拍' }],
    })
  })
  it('is not made by an opinion', () => {
    expect(preview_request('agree', draft({ opinion: '同意' }), found)).toBeUndefined()
  })
})

describe('one key for one intent', () => {
  it('keeps the key while the words stay, takes another when they change', () => {
    const intents = new Intents()
    const first = intents.key_for('accept', { version: 3 })
    expect(intents.key_for('accept', { version: 3 })).toBe(first)
    expect(intents.key_for('accept', { version: 4 })).not.toBe(first)
    expect(intents.key_for('refuse', { version: 4 })).not.toBe(first)
  })
})

describe('typed text', () => {
  beforeEach(drop_all_drafts)
  it('stays with its case until it is used', () => {
    draft_of('A').opinion = '写了一半'
    expect(draft_of('A').opinion).toBe('写了一半')
    expect(draft_of('B').opinion).toBe('')
    drop_draft('A')
    expect(draft_of('A').opinion).toBe('')
  })
  it('takes a phrase where the cursor stands', () => {
    expect(with_phrase('', '材料齐全。', 0, 0)).toEqual({ text: '材料齐全。', cursor: 5 })
    expect(with_phrase('已核对', '同意。', 3, 3).text).toBe('已核对。同意。')
    expect(with_phrase('已核对，再看', '同意。', 4, 6).text).toBe('已核对，同意。')
  })
})

describe('somebody else worked on the case', () => {
  const row = (what: string) => ({ at: '2026-10-15T09:00:00+08:00', who: '苏敏', what })
  const file = { id: 'F2', name: '', kind: 'jpeg', pages: 1, size: 1, round: 2 }
  const material = { key: 'book', name: '户口簿', way: 'upload' as const, way_text: '', files: [] }
  it('names new lines, papers and the state', () => {
    const old = { state: 'correction' as const, history: [row('告知补正')], materials: [material] }
    const fresh = {
      state: 'received' as const,
      history: [row('告知补正'), row('补正')],
      materials: [{ ...material, files: [file] }],
    }
    expect(news_in_case(old, fresh)).toEqual({ lines: [row('补正')], state_changed: true, files: 1 })
    expect(news_in_case(old, old)).toEqual({ lines: [], state_changed: false, files: 0 })
  })
  it('tells versions of a paper apart', () => {
    const files = [{ ...file, id: 'F1', round: 1 }, file]
    expect(rounds_of({ files })).toEqual([2, 1])
    expect(files_of_round({ files }, 2)).toEqual([file])
  })
  it('paints nothing green that a person must judge', () => {
    expect(tone_of('ok')).toBe('good')
    expect(tone_of('needs_person')).toBe('warned')
    expect(tone_of('mismatch')).toBe('warned')
  })
})

describe('the list one came from', () => {
  it('knows the neighbours', () => {
    const list = { numbers: ['a', 'b', 'c'], total: 21 }
    expect(standing_of(list, 'a')).toEqual({ at: 1, total: 21, after: 'b' })
    expect(standing_of(list, 'c')).toEqual({ at: 3, total: 21, before: 'b' })
    expect(standing_of(list, 'x')).toBeUndefined()
    expect(standing_of(null, 'a')).toBeUndefined()
  })
})

describe('signing in', () => {
  it('tells until when an account is locked, by the server’s clock', () => {
    const locked = new Problem({ status: 429, code: 'account_is_locked', retryAfter: 900 })
    expect(locked_until(locked, '2026-10-15T02:24:00.000Z')).toBe('2026-10-15T02:39:00.000Z')
    expect(locked_until(new Problem({ status: 401, code: 'x' }), '2026-10-15T02:24:00.000Z')).toBeUndefined()
  })
  it('tells how many tries are left', () => {
    expect(tries_left(new Problem({ status: 401, code: 'x', more: { attempts_left: 3 } }))).toBe(3)
    expect(tries_left(new Problem({ status: 401, code: 'x' }))).toBeUndefined()
  })
  it('leads back into the desk and nowhere else', () => {
    expect(way_back('/c/99?act=accept')).toBe('/c/99?act=accept')
    expect(way_back('//elsewhere.example')).toBe('/')
    expect(way_back('/\\elsewhere.example')).toBe('/')
    expect(way_back('https://elsewhere.example')).toBe('/')
    expect(way_back('/login?back=/')).toBe('/')
    expect(way_back(undefined)).toBe('/')
  })
})
