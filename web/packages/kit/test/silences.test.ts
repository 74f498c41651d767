// What a silent source would have filled or replaced says so, once.
import type { DataSource } from '@tongban/api'
import { choose_language } from '@tongban/words/portal'
import { wizard_words_ready } from '@tongban/words/wizard'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Field } from '../src/wizard/form-port'
import { silent_before, silent_papers } from '../src/wizard/silences'
import type { Paper } from '../src/wizard/steps'
import { instead_of, since_of } from '../src/wizard/use-data'

beforeAll(async () => {
  choose_language('zh')
  await wizard_words_ready
})

const since = '市公安局的系统自10月15日 09:02起没有答复'
const source = (key: string, outcome: DataSource['outcome'], outcome_text = ''): DataSource => ({
  key,
  resource: key,
  what: key,
  provider: '',
  outcome,
  outcome_text,
})
const field = (key: string, from?: string): Field =>
  ({ key, kind: 'text', label: key, ...(from ? { source: from } : {}) }) as Field
const paper = (key: string, because: string): Paper =>
  ({ key, offer: { key, name: key, ways: ['upload'], chosen: 'upload', because } }) as unknown as Paper

describe('a silent source', () => {
  const fields = [field('name'), field('street', 'stay.address'), field('since', 'stay.since')]

  it('is told before the first field it would have filled, and there only', () => {
    const told = silent_before(fields, [source('stay', 'down')], () => false)
    expect([...told].map(([key, silent]) => [key, silent.map((one) => one.key)])).toEqual([
      ['street', ['stay']],
    ])
  })
  it('is told at the next one where the first is filled already', () => {
    const told = silent_before(fields, [source('stay', 'late')], ({ key }) => key === 'street')
    expect([...told.keys()]).toEqual(['since'])
  })
  it('is told of a group by what stands in it', () => {
    const group = { ...field('members'), fields: [field('name', 'household.names')] }
    expect([...silent_before([group], [source('household', 'refused')], () => false).keys()]).toEqual([
      'members',
    ])
  })
  it('is one that was asked in vain: what is found, not registered or still asked is none', () => {
    for (const outcome of ['found', 'none', 'asking', 'not_asked'] as const)
      expect(silent_before(fields, [source('stay', outcome)], () => false).size).toBe(0)
  })

  it('is told whole on the first paper it would have replaced, and named on the next', () => {
    const sources = [source('household', 'down', since), source('kinship', 'found', '已查到')]
    const papers = [
      paper('promise', '登记里没有查到'),
      paper('book', `${since}。`),
      paper('birth', `${since}。`),
    ]
    const told = silent_papers(papers, sources)
    expect([...told].map(([key, one]) => [key, one.source.key, one.again])).toEqual([
      ['book', 'household', false],
      ['birth', 'household', true],
    ])
  })
  it('without words of its own is on no paper', () => {
    expect(silent_papers([paper('book', '')], [source('household', 'down')]).size).toBe(0)
  })

  it('says since when, where that is more than its outcome, and what to do', () => {
    expect(since_of(source('a', 'down', since))).toBe(since)
    expect(since_of(source('a', 'down', '联系不上'))).toBe('')
    expect(instead_of({ ...source('a', 'down'), instead: '请自己填写' })).toBe('请自己填写')
    expect(instead_of(source('a', 'late'))).toContain('自动补上')
    expect(instead_of(source('a', 'wrong'))).toContain('由工作人员核对')
  })
})
