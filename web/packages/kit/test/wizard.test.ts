import type { Application, AskedMaterial, Draft, Way } from '@tongban/api'
import { choose_language } from '@tongban/words/portal'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  answer_text,
  error_text,
  holds,
  page_errors,
  visible_fields,
  type Form,
} from '../src/wizard/form-port'
import {
  bar_of,
  control_id,
  is_filled_in,
  is_given,
  mend_of,
  settles_itself,
  step_after,
  step_before,
  steps_of,
  type Paper,
  type Standing,
} from '../src/wizard/steps'
import { limits_of, refusal_before_sending } from '../src/wizard/use-uploads'

beforeAll(() => choose_language('zh'))

const is_other = {
  op: '=',
  at: [1, 1] as [number, number],
  args: [
    { op: 'name', at: [1, 1] as [number, number], path: ['purpose'] },
    { op: 'string', at: [1, 11] as [number, number], value: 'other' },
  ],
}
const form: Form = {
  version: 1,
  title: '',
  pages: [
    {
      id: 'applicant',
      title: '您的情况',
      fields: [{ key: 'phone', kind: 'phone', label: '联系电话', 'x-en': { label: 'Phone' } }],
    },
    {
      id: 'purpose',
      title: '用途',
      fields: [
        {
          key: 'purpose',
          kind: 'choice',
          label: '做什么用',
          choices: [
            { value: 'visit', label: '探亲' },
            { value: 'other', label: '其他' },
          ],
        },
        { key: 'purpose_other', kind: 'text', label: '写一写', visible_when: is_other },
      ],
    },
  ],
}
const material = (key: string, ways: AskedMaterial['ways']): AskedMaterial => ({
  key,
  name: key,
  note: '',
  necessity: 'required',
  ways,
})
const application = (collection: Application['collection'], materials: AskedMaterial[]): Application =>
  ({ collection, materials }) as unknown as Application
const given = { today: '2026-10-15' }
const paper = (asked: AskedMaterial, chosen: Way = asked.ways[0] ?? 'upload'): Paper => ({
  key: asked.key,
  material: asked,
  offer: { key: asked.key, name: asked.name, ways: asked.ways, chosen, because: '' },
  given: undefined,
})
const standing = (
  collection: Application['collection'],
  papers: Paper[],
  more: Partial<Standing> = {},
): Standing => ({
  application: application(collection, []),
  draft: null,
  form,
  papers,
  quiet_pages: new Set(),
  ...more,
})
const ids = (steps: { id: string }[]): string[] => steps.map((step) => step.id)

describe('steps', () => {
  it('are notice, one a form page, papers, collection, confirmation; the bar counts the form once', () => {
    const steps = steps_of(standing(['electronic', 'window'], [paper(material('a', ['upload']))]))
    expect(ids(steps)).toEqual([
      'notice',
      'form-applicant',
      'form-purpose',
      'materials',
      'collection',
      'confirm',
    ])
    expect(bar_of(steps, 'notice')).toEqual(['notice', 'form', 'materials', 'collection', 'confirm'])
    expect(step_after(steps, 'form-purpose')?.id).toBe('materials')
    expect(step_before(steps, 'notice')).toBeUndefined()
  })
  it('skip papers that are all waived, and a choice that is none', () => {
    expect(ids(steps_of(standing(['electronic'], [paper(material('a', ['waived']))])))).toEqual([
      'notice',
      'form-applicant',
      'form-purpose',
      'confirm',
    ])
  })
  it('pass by what the government filled in; going back opens it', () => {
    const licence = paper(material('a', ['upload']), 'licence')
    const draft = { data: { asks: [{ key: 'household' }] }, locked: {} } as unknown as Draft
    const steps = steps_of(standing(['electronic'], [licence], { draft, quiet_pages: new Set([0]) }))
    expect(ids(steps)).toEqual(['notice', 'data', 'form-applicant', 'form-purpose', 'materials', 'confirm'])
    expect(step_after(steps, 'data')?.id).toBe('form-purpose')
    expect(step_after(steps, 'form-purpose')?.id).toBe('confirm')
    expect(step_before(steps, 'confirm')?.id).toBe('materials')
    expect(bar_of(steps, 'confirm')).toEqual(['notice', 'data', 'form', 'confirm'])
    expect(bar_of(steps, 'materials')).toContain('materials')
  })
  it('count a field as filled in while what was offered stands unchanged', () => {
    const draft = {
      locked: { address: { value: 'x' } },
      prefill: { phone: { value: '19900000001', source_name: '' } },
    } as unknown as Draft
    const field = (key: string) => ({ key, kind: 'text' as const, label: '' })
    expect(is_filled_in(field('address'), {}, draft)).toBe(true)
    expect(is_filled_in(field('phone'), { phone: '19900000001' }, draft)).toBe(true)
    expect(is_filled_in(field('phone'), { phone: '19900000002' }, draft)).toBe(false)
    expect(is_filled_in(field('reason'), {}, draft)).toBe(false)
  })
  it('hold a paper for given when it is whole', () => {
    const one = paper(material('a', ['upload']))
    expect(is_given(one)).toBe(false)
    expect(is_given({ given: { key: 'a', way: 'upload', files: [] } })).toBe(false)
    expect(is_given({ given: { key: 'a', way: 'promise' } })).toBe(false)
    expect(is_given({ given: { key: 'a', way: 'window' } })).toBe(true)
    expect(settles_itself(paper(material('a', ['upload']), 'licence'))).toBe(true)
    expect(
      settles_itself({ ...paper(material('a', ['upload']), 'licence'), given: { key: 'a', way: 'upload' } }),
    ).toBe(false)
  })
  it('say where a wrong answer is mended', () => {
    const all = application(['electronic'], [material('proof', ['upload'])])
    expect(
      mend_of({ path: '/answers/purpose', code: 'choice_is_missing' }, form, all, (text) => String(text)),
    ).toEqual({ step: 'form-purpose', control: 'f-purpose', label: '做什么用' })
    expect(
      mend_of({ path: '/materials/proof', code: 'material_is_missing' }, form, all, String),
    ).toMatchObject({ step: 'materials', control: 'material-proof' })
    expect(control_id('/answers/members/0/name')).toBe('f-members-0-name')
  })
})

describe('a form page', () => {
  it('shows a field when its condition holds', () => {
    const keys = (purpose: string): string[] =>
      visible_fields(form, 1, { purpose }, given).map((field) => field.key)
    expect(keys('visit')).toEqual(['purpose'])
    expect(keys('other')).toEqual(['purpose', 'purpose_other'])
  })
  it('names its own errors only, in a sentence that is the same everywhere', () => {
    const wrong = page_errors(form, 0, { phone: '123' }, given)
    expect(wrong).toHaveLength(1)
    expect(error_text(form, wrong[0]!)).toBe('手机号应为1开头的11位数字')
    expect(page_errors(form, 0, { phone: '13800138000' }, given)).toEqual([])
  })
  it('asks a paper by a condition over the answers', () => {
    expect(holds(is_other, form, { purpose: 'other' }, given)).toBe(true)
    expect(holds(is_other, form, { purpose: 'visit' }, given)).toBe(false)
  })
  it('reads answers back in words', () => {
    const [purpose] = form.pages[1]!.fields
    expect(answer_text(purpose!, 'visit')).toBe('探亲')
    expect(answer_text({ key: 'd', kind: 'date', label: '' }, '1956-03-12')).toBe('1956年3月12日')
    expect(answer_text({ key: 'b', kind: 'boolean', label: '' }, false)).toBe('否')
    expect(answer_text(purpose!, undefined)).toBe('')
  })
})

describe('a file', () => {
  const limits = limits_of({ accept: ['pdf', 'jpeg'], size_max: 1000 })
  it.each([
    ['空的.pdf', 0, 'file_is_empty'],
    ['照片.heic', 10, 'file_kind_is_not_accepted'],
    ['图.png', 10, 'file_kind_is_not_accepted'],
    ['大.pdf', 1001, 'file_is_too_large'],
    ['没有后缀', 10, 'file_kind_is_not_accepted'],
  ])('%s of %i bytes is refused before it is sent', (name, size, code) => {
    expect(refusal_before_sending({ name, size }, limits)?.code).toBe(code)
  })
  it('is sent when nothing speaks against it', () =>
    expect(refusal_before_sending({ name: '户口簿.JPG', size: 999 }, limits)).toBeNull())
})
