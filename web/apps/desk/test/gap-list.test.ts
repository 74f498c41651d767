import { describe, expect, it } from 'vitest'
import { faults_of, gaps_told, open_targets, toggle_gap, write_gap } from '../src/features/cases/gap-list'
import type { GapDraft } from '../src/features/cases/gap-list'

const targets = [
  { key: 'material:other_id', label: '对方身份证', remedies: ['重新上传清楚的照片'] },
  { key: 'field:relation', label: '关系', remedies: ['改正', '说明'] },
]
const first = { gap_targets: targets }
const second = {
  gap_targets: targets,
  correction: {
    asked_at: '2026-10-13T10:00:00+08:00',
    due: { day: '2026-10-20', provisional: false },
    gaps: [{ key: 'field:relation', label: '关系', problem: '写反了', remedy: '改正' }],
  },
}
const photo = targets[0] as (typeof targets)[number]
const relation = targets[1] as (typeof targets)[number]

describe('building the notice', () => {
  it('marks and takes the mark away without losing the other texts', () => {
    let list: GapDraft[] = toggle_gap([], photo)
    expect(list[0]?.remedy).toBe('重新上传清楚的照片')
    list = toggle_gap(list, relation)
    expect(list[1]?.remedy).toBe('')
    list = write_gap(list, relation.key, 'problem', '写反了')
    list = toggle_gap(list, photo)
    expect(list).toEqual([{ key: 'field:relation', label: '关系', problem: '写反了', remedy: '' }])
  })
  it('names every fault at once', () => {
    expect(faults_of([], first)).toEqual([{ key: '', fault: 'no_gap' }])
    const list = write_gap(toggle_gap(toggle_gap([], photo), relation), photo.key, 'problem', '太模糊')
    expect(faults_of(list, first)).toEqual([
      { key: 'field:relation', fault: 'problem_missing' },
      { key: 'field:relation', fault: 'remedy_missing' },
    ])
  })
  it('takes no single character for a reason, and counts characters, not code units', () => {
    const list = [{ ...toggle_gap([], photo)[0], problem: '㛃', remedy: '𠀀𠀁' } as GapDraft]
    expect(faults_of(list, first)).toEqual([{ key: photo.key, fault: 'problem_missing' }])
  })
  it('refuses a target the case does not have', () => {
    const list = [{ key: 'field:ghost', label: '', problem: '没有', remedy: '没有' }]
    expect(faults_of(list, first)).toEqual([{ key: 'field:ghost', fault: 'names_nothing' }])
  })
  it('lets a second notice repeat only what the first told', () => {
    expect(open_targets(first)).toHaveLength(2)
    expect(open_targets(second).map((target) => target.key)).toEqual(['field:relation'])
    const list = [{ key: photo.key, label: '', problem: '太模糊', remedy: '重拍' }]
    expect(faults_of(list, second)).toEqual([{ key: photo.key, fault: 'not_in_first_notice' }])
  })
  it('sends trimmed texts and no labels', () => {
    expect(gaps_told([{ key: 'k', label: 'l', problem: ' a b ', remedy: 'c\n' }])).toEqual([
      { key: 'k', problem: 'a b', remedy: 'c' },
    ])
  })
})
