// Intakes of an invented window: one item with a look-up that needs consent, a page or two, papers of every way.
import { NOW } from './cases.mjs'

const text = (key, title, ...paragraphs) => ({
  key,
  title,
  version: '2026-03',
  paragraphs,
  hash: `hash-${key}`,
  agree_label: '我已读完，同意',
})
const field = (key, kind, label, en, more = {}) => ({ key, kind, label, 'x-en': { label: en }, ...more })
const choice = (value, label, en) => ({ value, label, 'x-en': { label: en } })

const FORM = {
  version: 1,
  title: '居住证签注申请',
  pages: [
    {
      id: 'person',
      title: '您和您住的地方',
      'x-en': { title: 'You and where you live' },
      fields: [
        field('name', 'name', '姓名', 'Name', { locked: 'applicant.name' }),
        field('household', 'text', '户籍地址', 'Registered address', { max_length: 100 }),
        field('lives', 'text', '现在住的地址', 'Present address', { max_length: 100 }),
        field('since', 'date', '从哪天起住', 'Since'),
        field('kind', 'choice', '住的是', 'Housing', {
          choices: [
            choice('rent', '租的', 'Rented'),
            choice('own', '自己的', 'Own'),
            choice('dormitory', '单位宿舍', 'Dormitory'),
          ],
        }),
      ],
    },
    {
      id: 'use',
      title: '用在哪里',
      'x-en': { title: 'What it is for' },
      fields: [
        field('purpose', 'choice', '主要用来办', 'Mainly for', {
          choices: [
            choice('school', '子女上学', 'School'),
            choice('car', '车辆上牌', 'Vehicle'),
            choice('other', '其他', 'Other'),
          ],
        }),
        field('note', 'long_text', '补充说明', 'Remarks', { optional: true, max_length: 200 }),
      ],
    },
  ],
}

const PROMISE = text(
  'promise_residence',
  '居住情况承诺书',
  '我现在住在填写的地址，连续居住满半年。',
  '承诺不实的，撤销决定，并记入信用记录。',
)
export const APPLICATION = {
  code: '992009018001',
  name: '居住证签注',
  version: 3,
  minutes: 5,
  notice: text('notice', '办理须知', '居住证每年签注一次。', '住址变了的，要先变更。'),
  declaration: text('declaration', '申请人声明', '以上填写属实。'),
  form: FORM,
  materials: [
    { key: 'own_id', name: '居民身份证', note: '由实名信息代替', necessity: 'required', ways: ['waived'] },
    { key: 'card', name: '居住证', note: '要签注的那张', necessity: 'required', ways: ['window', 'upload'] },
    {
      key: 'lease',
      name: '居住证明',
      note: '租房合同、房产证或单位证明，任一种',
      necessity: 'required',
      ways: ['waived', 'promise', 'upload', 'window'],
      promise: PROMISE,
    },
    { key: 'photo', name: '近期照片', note: '换卡的才要', necessity: 'optional', ways: ['upload'] },
  ],
  collection: ['electronic', 'window', 'courier'],
}
const CONSENT = text(
  'data_consent',
  '查询同意书',
  '同意示例街道为这次申请各查一次下面的数据。',
  '查到的只用于这次申请，您可以随时看谁查过。',
)
const ASKS = [
  ['stay', '网格居住登记', '市委政法委', '核对您住在哪里、住了多久'],
  ['household', '户口簿信息', '市公安局', '填户籍地址'],
  ['insurance', '社保参保', '市人力资源社会保障局', '看是不是满半年'],
].map(([key, what, provider, why]) => ({
  key,
  resource: key,
  what,
  provider,
  who: '示例街道办事处',
  why,
  basis: 'consent',
}))

export class Intakes {
  constructor() {
    this.drafts = new Map()
    this.last = 0
  }

  open(body) {
    const id = `D${++this.last}`
    const applicant = body.applicant?.name ?? '阿依古丽·买买提'
    this.drafts.set(id, {
      id,
      item: body.item,
      item_name: APPLICATION.name,
      item_version: 3,
      item_changed: false,
      region: body.region,
      region_name: '示例街道',
      body_name: '示例街道办事处',
      version: 1,
      step: 'notice',
      answers: {},
      locked: { name: { value: applicant, source: 'real_name', source_name: '实名信息', disputable: false } },
      prefill: {},
      disputes: {},
      materials: [],
      open_cases: [],
      updated_at: NOW,
      known: {},
      data: { consent_needed: true, text: CONSENT, asks: ASKS, asking: false, sources: [] },
      offers: this.offers(false),
      instant: { possible: false, text: '要看居住满没满半年，数据到了才知道能不能当场办。' },
      burden: {
        fields_total: 7,
        fields_prefilled: 1,
        fields_typed: 0,
        materials_total: 4,
        materials_waived: 1,
        materials_from_licence: 0,
        materials_promised: 0,
        materials_uploaded: 0,
        materials_brought: 0,
      },
      applicant: { kind: 'person', name: '阿依古丽·**', id_number: '9901**********0044' },
      channel: 'window',
    })
    return this.one(id)
  }

  offers(known) {
    return APPLICATION.materials.map((one) => ({
      key: one.key,
      name: one.name,
      ways: one.key === 'lease' && !known ? one.ways.slice(1) : one.ways,
      chosen: one.key === 'lease' ? (known ? 'waived' : 'promise') : one.ways[0],
      because:
        one.key === 'own_id' ? '实名信息已核对' : one.key === 'lease' && known ? '网格登记已住满8个月' : '',
    }))
  }

  one(id) {
    const { asked: _, ...draft } = this.drafts.get(id)
    return draft
  }

  save(id, body) {
    const draft = this.drafts.get(id)
    const { version: _, ...rest } = body
    Object.assign(draft, rest, { version: draft.version + 1, updated_at: NOW })
    const yes = draft.asked?.application
    if (yes?.state === 'confirmed') yes.state = 'void'
    return this.one(id)
  }

  ask_data(id) {
    const draft = this.drafts.get(id)
    draft.data = {
      ...draft.data,
      consent_needed: false,
      sources: ASKS.map(({ key, resource, what, provider }, at) => ({
        key,
        resource,
        what,
        provider,
        outcome: at === 2 ? 'down' : 'found',
        outcome_text: at === 2 ? '联系不上' : '查到了',
        ...(at === 2 ? { down_since: '2026-10-15T08:40:00+08:00' } : { age_text: '今天10:24查到' }),
      })),
    }
    const told = (value) => ({
      value,
      source: 'stay',
      source_name: '网格居住登记',
      age_text: '今天10:24查到',
      disputable: true,
    })
    Object.assign(draft.locked, {
      lives: told('示例市示例区示例街道榕树里18号2单元301室'),
      household: told('示例市云溪县松岭乡松岭街2号'),
    })
    draft.prefill = { kind: { value: 'rent', source_name: '网格居住登记', age_text: '今天10:24查到' } }
    draft.offers = this.offers(true)
    draft.instant = { possible: true, text: '数据都对得上，确认后可以当场办结。' }
    draft.burden = { ...draft.burden, fields_prefilled: 4, materials_waived: 2 }
    draft.version++
    return this.one(id)
  }

  check(id) {
    const draft = this.drafts.get(id)
    const wrong = ['since', 'purpose']
      .filter((key) => draft.answers[key] === undefined)
      .map((key) => ({ path: `/answers/${key}`, code: 'field_is_missing' }))
    return { ready: wrong.length === 0, wrong }
  }

  confirm(id, { way, about = 'application' }) {
    const draft = this.drafts.get(id)
    draft.asked = { ...draft.asked, [about]: { way, state: 'waiting', looks: 0 } }
    return {
      way,
      until: '2026-10-15T10:39:00+08:00',
      ...(way === 'screen' ? { url: '/confirm/mock' } : { sent_to: '138****8000' }),
    }
  }

  give_code(id, { about = 'application' }) {
    this.drafts.get(id).asked[about].state = 'confirmed'
    return { state: 'confirmed', confirmed_at: NOW }
  }

  confirmation(id, about) {
    const asked = this.drafts.get(id).asked?.[about]
    if (asked?.way === 'screen' && asked.state === 'waiting' && ++asked.looks >= 2) asked.state = 'confirmed'
    return { state: asked?.state ?? 'none' }
  }

  submit(id, new_case) {
    const draft = this.drafts.get(id)
    this.drafts.delete(id)
    return {
      case_no: new_case.case_no,
      query_code: '417203',
      item_name: draft.item_name,
      body_name: draft.body_name,
      applicant: draft.applicant.name,
      received_at: NOW,
      accept_by: { day: '2026-10-16', provisional: false },
      promise_text: '受理后3个工作日内办完',
      materials: draft.offers.map((one) => ({
        name: one.name,
        way_text: one.chosen === 'waived' ? '免交' : '收纸质',
      })),
    }
  }
}
