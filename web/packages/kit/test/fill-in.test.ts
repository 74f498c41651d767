// The wizard over a port of its own: what sources give, what the person typed, what is saved.
import { Problem, type Application, type DataSource, type Draft, type DraftSave } from '@tongban/api'
import { choose_language } from '@tongban/words/portal'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import type { WizardPort } from '../src/wizard/port'
import { paper_text, read_pages, saved_text } from '../src/wizard/read-through'
import { is_trouble, tally } from '../src/wizard/use-data'
import { use_wizard, type Wizard } from '../src/wizard/use-wizard'

beforeAll(() => choose_language('zh'))

const source = (key: string, outcome: DataSource['outcome']): DataSource => ({
  key,
  resource: key,
  what: key,
  provider: '',
  outcome,
  outcome_text: '',
})
const text = { key: 'notice', title: '', version: '1', paragraphs: [], hash: 'h' }
const application = {
  code: '1',
  name: '无房证明',
  version: 1,
  minutes: 3,
  notice: text,
  declaration: text,
  form: {
    version: 1,
    title: '',
    pages: [
      {
        id: 'own',
        title: '您的情况',
        fields: [
          { key: 'name', kind: 'name', label: '姓名', locked: 'applicant.name' },
          { key: 'address', kind: 'address', label: '户籍地址', source: 'household.address' },
          { key: 'phone', kind: 'phone', label: '电话', prefill: 'applicant.phone' },
        ],
      },
    ],
  },
  materials: [
    { key: 'book', name: '户口簿', note: '', necessity: 'required', ways: ['waived', 'upload'] },
    { key: 'photo', name: '照片', note: '', necessity: 'required', ways: ['upload'] },
  ],
  collection: ['electronic'],
} as unknown as Application
const locked_name = { value: '李晓燕', source: 'real_name', source_name: '实名信息', disputable: false }
const address = {
  value: '示例路26号',
  source: 'household',
  source_name: '市公安局：户口簿信息',
  age_text: '今天查到',
  disputable: true,
}
const offer = (key: string, chosen: 'waived' | 'upload', because = '') => ({
  key,
  name: key,
  ways: [chosen, 'upload' as const],
  chosen,
  because,
})
const burden = {
  fields_total: 3,
  fields_prefilled: 2,
  fields_typed: 1,
  materials_total: 2,
  materials_waived: 1,
  materials_from_licence: 0,
  materials_promised: 0,
  materials_uploaded: 0,
  materials_brought: 0,
}
function draft_of(more: Partial<Draft> = {}): Draft {
  return {
    id: 'd',
    item: '1',
    item_name: '',
    item_version: 1,
    item_changed: false,
    region: '',
    region_name: '',
    body_name: '',
    version: 1,
    step: 'notice',
    answers: {},
    locked: { name: locked_name },
    prefill: { phone: { value: '19900000002', source_name: '您的账号' } },
    disputes: {},
    known: {},
    data: {
      consent_needed: true,
      asks: [{ key: 'household' } as never],
      asking: false,
      sources: [source('household', 'not_asked')],
    },
    offers: [offer('photo', 'upload')],
    instant: { possible: false, text: '' },
    burden,
    applicant: { kind: 'person', name: '李晓燕', id_number: '' },
    channel: 'online',
    materials: [],
    open_cases: [],
    updated_at: '2026-10-15T10:00:00+08:00',
    ...more,
  }
}

let scope: EffectScope
let server: Draft
let saved: DraftSave[]
const port = (): WizardPort => ({
  id: 'd',
  load: () => Promise.resolve(server),
  application: () => Promise.resolve(application),
  save: (body) => {
    saved.push(body)
    server = { ...server, ...(body as Partial<Draft>), version: server.version + 1 }
    return Promise.resolve(server)
  },
  ask_data: () => Promise.resolve(server),
  check: () => Promise.resolve({ ready: true, wrong: [] }),
  submit: () => Promise.reject(new Error('not here')),
  files: {} as never,
})
async function opened(): Promise<Wizard> {
  const wizard = scope.run(() => use_wizard(port(), () => '2026-10-15'))!
  await wizard.load()
  return wizard
}
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
  server = draft_of()
  saved = []
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('sources', () => {
  it('are counted by how they ended; nothing registered is an answer, not a trouble', () => {
    const all = [source('a', 'found'), source('b', 'none'), source('c', 'asking'), source('d', 'down')]
    all.push(source('e', 'not_asked'))
    expect(tally(all)).toEqual({ found: 1, none: 1, asking: 1, later: 1, other: 1 })
    expect(all.map(is_trouble)).toEqual([false, false, false, true, false])
  })
  it('still asked are looked at again, and what comes is told and laid in', async () => {
    const wizard = await opened()
    server = draft_of({
      data: { ...server.data, asking: true, sources: [source('household', 'asking')] },
    })
    await wizard.ask_data(undefined)
    expect(wizard.data.asking.value).toBe(true)
    server = draft_of({
      locked: { name: locked_name, address },
      data: { ...server.data, asking: false, sources: [source('household', 'found')] },
    })
    await vi.advanceTimersByTimeAsync(500)
    expect(wizard.data.asking.value).toBe(false)
    expect(wizard.data.came.value.map((one) => one.key)).toEqual(['household'])
    expect(wizard.draft.value?.locked['address']?.value).toBe('示例路26号')
  })
  it('that are late are waited for more slowly, and not for ever', async () => {
    const wizard = await opened()
    server = draft_of({ data: { ...server.data, asking: false, sources: [source('household', 'late')] } })
    await wizard.ask_data(undefined)
    const look = vi.spyOn(wizard.port, 'load')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(look.mock.calls.length).toBeGreaterThan(10)
    expect(look.mock.calls.length).toBeLessThan(30)
  })
})

describe('a draft open in two tabs', () => {
  /** The other tab saves its draft between our reading and our saving. */
  async function with_other_tab(theirs: Partial<Draft>): Promise<Wizard> {
    const wizard = await opened()
    wizard.answer('phone', '19900000003')
    server = draft_of({ ...theirs, version: server.version + 1 })
    const save = wizard.port.save
    vi.spyOn(wizard.port, 'save').mockImplementation((body) =>
      body.version === server.version
        ? save(body)
        : Promise.reject(new Problem({ status: 409, code: 'draft_changed_meanwhile' })),
    )
    await vi.advanceTimersByTimeAsync(2000)
    return wizard
  }
  it('is saved over the other one where that changed nothing else, though it stands at another step', async () => {
    const wizard = await with_other_tab({ answers: { phone: '19900000003' }, step: 'data' })
    expect(wizard.theirs.value).toBeNull()
    expect(wizard.queue.state.value).toBe('saved')
    expect(server.answers).toEqual({ phone: '19900000003' })
  })
  it('is saved over the other one where that changed nothing at all', async () => {
    const wizard = await with_other_tab({})
    expect(wizard.theirs.value).toBeNull()
    expect(server.answers).toEqual({ phone: '19900000003' })
  })
  it('is shown beside the other one where something was given there only', async () => {
    const notice = { key: 'notice', version: '1', hash: 'h' }
    const wizard = await with_other_tab({ answers: { phone: '19900000003' }, notice })
    expect(wizard.theirs.value?.notice).toEqual(notice)
    expect(server.notice).toEqual(notice)
  })
  it('is not written over because a source answered meanwhile', async () => {
    const wizard = await opened()
    server = draft_of({
      data: { ...server.data, asking: true, sources: [source('household', 'asking')] },
    })
    await wizard.ask_data(undefined)
    wizard.answer('phone', '19900000003')
    server = draft_of({ answers: { phone: '19900000009' }, version: 9 })
    await vi.advanceTimersByTimeAsync(500)
    expect(wizard.data.asking.value).toBe(false)
    vi.spyOn(wizard.port, 'save').mockImplementation((body) =>
      Promise.reject(new Problem({ status: 409, code: `saved_at_${body.version}` })),
    )
    await wizard.queue.flush().catch(() => undefined)
    expect(wizard.queue.problem.value?.code).toMatch(/saved_at_[12]$/)
  })
  it('is shown beside the other one where they differ', async () => {
    const wizard = await with_other_tab({ answers: { phone: '19900000009' } })
    expect(wizard.theirs.value?.answers).toEqual({ phone: '19900000009' })
    expect(wizard.queue.state.value).toBe('conflict')
    wizard.choose_draft('mine')
    await vi.advanceTimersByTimeAsync(2000)
    expect(server.answers).toEqual({ phone: '19900000003' })
  })
})

describe('another language', () => {
  afterEach(() => choose_language('zh'))
  async function spoken_to(): Promise<Wizard> {
    const wizard = await opened()
    vi.spyOn(wizard.port, 'application').mockResolvedValue({ ...application, name: 'Proof of no home' })
    wizard.answer('phone', '19900000003')
    return wizard
  }
  it('brings the words of the item and of the draft; what was typed is saved and stays', async () => {
    const wizard = await spoken_to()
    server = draft_of({ offers: [offer('photo', 'upload', 'White background')] })
    await choose_language('en')
    await vi.advanceTimersByTimeAsync(10)
    expect(wizard.application.value?.name).toBe('Proof of no home')
    expect(wizard.papers.value[0]?.offer.because).toBe('White background')
    expect(saved.at(-1)?.answers).toEqual({ phone: '19900000003' })
    expect(wizard.answers['phone']).toBe('19900000003')
  })
  it('leaves what cannot be saved now on the page, and the draft as it was', async () => {
    const wizard = await spoken_to()
    vi.spyOn(wizard.port, 'save').mockRejectedValue(new Error('no line'))
    const look = vi.spyOn(wizard.port, 'load')
    await choose_language('en')
    await vi.advanceTimersByTimeAsync(10)
    expect(wizard.application.value?.name).toBe('Proof of no home')
    expect(look).not.toHaveBeenCalled()
    expect(wizard.answers['phone']).toBe('19900000003')
  })
})

describe('what stands on the page', () => {
  it('begins with what is offered; what the person typed or cleared is left alone', async () => {
    const wizard = await opened()
    expect(wizard.answers['phone']).toBe('19900000002')
    wizard.answer('phone', '')
    await wizard.ask_data(undefined)
    expect(wizard.answers['phone']).toBeUndefined()
  })
  it('saves only what the person gave: no value of a source, and papers that settle themselves', async () => {
    server = draft_of({
      locked: { name: locked_name, address },
      offers: [offer('book', 'waived', '已查到户口登记'), offer('photo', 'upload')],
    })
    const wizard = await opened()
    wizard.answer('address', '先前填的')
    await wizard.queue.flush()
    expect(saved.at(-1)).toMatchObject({
      answers: { phone: '19900000002' },
      materials: [{ key: 'book', way: 'waived' }],
    })
  })
  it('keeps 纠错 beside the value of the source, until it is taken back', async () => {
    server = draft_of({ locked: { name: locked_name, address } })
    const wizard = await opened()
    wizard.dispute('address', { value: '示例路28号', note: '上月搬了' })
    await wizard.queue.flush()
    expect(saved.at(-1)?.disputes).toEqual({ address: { value: '示例路28号', note: '上月搬了' } })
    expect(read_pages(wizard)[0]!.rows[1]!.text).toBe('您说：示例路28号（登记的是：示例路26号）')
    wizard.dispute('address', undefined)
    await wizard.queue.flush()
    expect(saved.at(-1)?.disputes).toEqual({})
  })
  it('passes by a page the government filled in, until the person has been on it', async () => {
    server = draft_of({ locked: { name: locked_name, address }, offers: [] })
    const wizard = await opened()
    wizard.agree_notice(true)
    expect((await wizard.next('data'))?.id).toBe('confirm')
    wizard.go_to('form-own')
    expect((await wizard.next('data'))?.id).toBe('form-own')
  })
  it('stops at a page where something is missing', async () => {
    server = draft_of({ offers: [] })
    const wizard = await opened()
    expect((await wizard.next('data'))?.id).toBe('form-own')
    expect(wizard.errors_of_page(0).map((one) => one.path)).toEqual(['/answers/address'])
  })
  it('is read through in words, with sources and with what was saved', async () => {
    server = draft_of({
      locked: { name: locked_name, address },
      offers: [offer('book', 'waived', '已查到户口登记'), offer('photo', 'upload')],
    })
    const wizard = await opened()
    expect(read_pages(wizard)[0]!.rows.map((row) => [row.text, row.source])).toEqual([
      ['李晓燕', '来自实名信息'],
      ['示例路26号', '来自市公安局：户口簿信息，今天查到'],
      ['19900000002', ''],
    ])
    expect(wizard.papers.value.map(paper_text)).toEqual(['免交。已查到户口登记', '没有交'])
    expect(saved_text(wizard)).toBe('政府已有的不用您再跑：少填2项，少交1份。')
  })
})
