// What the mock remembers: people, drafts, cases, licences, messages. Lost when it stops.
import * as item from './item.mjs'
import { items } from './more-items.mjs'
import { bodies, masked_id, masked_name, residents } from './region.mjs'
import { clock, in_words, iso, stopped } from './time.mjs'

let last = 0
export const new_id = () => `01MOCK${String(++last).padStart(20, '0')}`
export const world = {
  sessions: new Map(),
  drafts: new Map(),
  uploads: new Map(),
  cases: new Map(),
  licences: new Map(),
  messages: [],
  answers: new Map(),
  attempts: new Map(),
  consents: [],
  codes: new Map(),
  confirmations: new Map(),
}

export class Refusal {
  constructor(status, code, detail = '', more = {}) {
    Object.assign(this, { status, code, detail, more })
  }
}

const body_of = (region) => bodies.find((one) => one.region === region) ?? bodies[0]
const contact_of = (body) => ({
  body_name: body.name,
  phone: body.phone,
  hours: '工作日 9:00–17:30',
  address: body.address,
})
const choice_text = (field, value) => field.choices.find((one) => one.value === value)?.label ?? value

export function answer_pages(answers, person, of = item.code, locked = {}) {
  return items.get(of).form.pages.map((page) => ({
    title: page.title,
    rows: page.fields.flatMap((field) => {
      if (field.locked)
        return [
          {
            key: field.key,
            label: field.label,
            value: field.locked === 'applicant.name' ? person.name : masked_id(person.id_number),
            source: '实名信息',
          },
        ]
      const filled = locked[field.key]
      if (filled)
        return [
          {
            key: field.key,
            label: field.label,
            value: String(filled.value),
            source: `${filled.source_name}，${filled.age_text ?? ''}`,
          },
        ]
      const value = answers[field.key]
      if (value === undefined || value === '') return []
      return [
        {
          key: field.key,
          label: field.label,
          value: field.choices
            ? choice_text(field, value)
            : Array.isArray(value)
              ? value.map((row) => Object.values(row).join('，')).join('\n')
              : String(value),
          source: '申请人填写',
        },
      ]
    }),
  }))
}

const way_text = {
  waived: '已免交',
  licence: '用电子证照',
  promise: '告知承诺',
  upload: '上传',
  window: '带到窗口',
}
export function case_materials(given, of = item.code) {
  return given.map((one) => {
    const asked = items.get(of).materials.find((each) => each.key === one.key)
    return {
      key: one.key,
      name: asked.name,
      way: one.way,
      way_text: way_text[one.way],
      files: (one.files ?? []).map((file) => ({ round: 1, ...file })),
      ...(one.way === 'promise' ? { promise: { ...item.promise, agreed_at: iso() } } : {}),
    }
  })
}

/** A case as the resident sees it; `life` says how far it got. */
export function make_case(person, no, life, parts = {}) {
  const body = body_of(parts.region)
  const received = parts.received ?? iso()
  const received_day = received.slice(0, 10)
  const base = {
    case_no: no,
    query_code: parts.query_code ?? '418306',
    item: parts.item ?? item.code,
    item_name: items.get(parts.item ?? item.code).name,
    version: 1,
    received_at: received,
    answers: answer_pages(parts.answers ?? sample_answers, person, parts.item, parts.locked),
    materials: case_materials(parts.materials ?? sample_materials, parts.item),
    data_sources: parts.data_sources ?? [],
    disputes: parts.disputes ?? [],
    ...(parts.decided ? { decided: parts.decided } : {}),
    ...(parts.burden ? { burden: parts.burden } : {}),
    letters: [
      { id: 'receipt', kind: 'receipt', title: '收件凭证', number: no, made_at: received, state: 'ready' },
    ],
    contact: contact_of(body),
    may_withdraw: true,
    owner: person.id_number,
    holder: masked_name(person.name),
    body,
  }
  const made = Object.assign(base, lives[life](base, received_day))
  world.cases.set(no, made)
  return made
}

const submitted = (made) => ({
  what: '您提交了申请',
  state: 'done',
  at: made.received_at,
  who: '网上',
  letter: 'receipt',
  letter_title: '收件凭证',
})
const step = (what, state, more = {}) => ({ what, state, ...more })
const to_come = (...names) => names.map((name) => step(name, 'to_come'))
const letter = (id, title, at) => ({
  id,
  kind: id,
  title,
  number: '示街〔2026〕118号',
  made_at: at,
  state: 'ready',
})

export const lives = {
  received(made, day) {
    const running = clock('acceptance', day, 5)
    return {
      state: 'received',
      clock: running,
      sentence: `已收到，${in_words(running.due.day)}前告诉您是否受理`,
      explanation: '街道正在看您的申请。材料不全的，会一次告诉您全部要补的。现在不用您做什么。',
      timeline: [
        submitted(made),
        step('看是否受理', 'now', { who: made.body.name }),
        ...to_come('审核', '出证明'),
      ],
    }
  },
  correction(made) {
    const due = clock('correction', '2026-10-13', 5)
    return {
      state: 'correction',
      clock: { ...due, lamp: { shape: 'pause', text: '等申请人' } },
      sentence: `请补正2处，${in_words(due.due.day)}前`,
      explanation: '到期没补，视为撤回申请。补完后，街道接着看，时间重新算。',
      correction: {
        asked_at: '2026-10-13T15:40:00+08:00',
        due: due.due,
        letter: 'correction',
        gaps: [
          {
            key: 'material:kinship_proof',
            label: '能证明亲属关系的材料',
            problem: '照片太暗，看不清“与户主关系”一栏。',
            remedy: '在亮处把整页重拍一张。',
          },
          {
            key: 'field:receiver',
            label: '交给哪个单位',
            problem: '只写了“银行”，没有写是哪一家。',
            remedy: '写单位全称。',
          },
        ],
      },
      letters: [...made.letters, letter('correction', '补正告知书', '2026-10-13T15:40:00+08:00')],
      timeline: [
        submitted(made),
        step('要您补正', 'now', {
          at: '2026-10-13T15:40:00+08:00',
          who: made.body.name,
          note: '一次性告知，共2处',
          letter: 'correction',
          letter_title: '补正告知书',
        }),
        ...to_come('看是否受理', '审核', '出证明'),
      ],
    }
  },
  accepted(made) {
    const running = {
      ...clock('review', '2026-09-28', 12),
      statutory: { day: '2026-10-30', provisional: false },
    }
    return {
      state: 'accepted',
      clock: running,
      sentence: `已受理，${in_words(running.due.day)}前办完`,
      explanation: '正在审核。现在不用您做什么，有变化会发消息给您。',
      letters: [...made.letters, letter('acceptance', '受理通知书', '2026-09-28T15:40:00+08:00')],
      timeline: [
        submitted(made),
        step('已受理', 'done', {
          at: '2026-09-28T15:40:00+08:00',
          who: made.body.name,
          letter: 'acceptance',
          letter_title: '受理通知书',
        }),
        step('审核', 'now', { who: made.body.name }),
        ...to_come('出证明'),
      ],
    }
  },
  at_once(made) {
    return {
      state: 'concluded',
      clock: stopped('当场办完'),
      sentence: '当场办完，证明做好了',
      explanation: '条件都查到了，按规则当场决定。电子证明盖了电子印章。',
      may_withdraw: false,
      licence: { id: 'licence-1', number: '示街证〔2026〕0112号', name: made.item_name },
      timeline: [
        submitted(made),
        step('准予，当场决定', 'done', { at: made.received_at, who: '按规则自动决定', note: '条件全部符合' }),
        step('证明已送达', 'done', { at: made.received_at, who: '网上' }),
      ],
    }
  },
  submitted(made) {
    return {
      state: 'submitted',
      clock: stopped('等您带材料'),
      sentence: '请带1份材料到窗口，11月5日（周四）前',
      explanation: '材料收齐了才开始计时。到期没带来，视为撤回申请。',
      timeline: [
        submitted(made),
        step('等您带材料到窗口', 'now', { who: '任何一个便民服务中心都收' }),
        ...to_come('看是否受理', '审核', '办好'),
      ],
    }
  },
  concluded(made) {
    return {
      state: 'concluded',
      clock: stopped('已办结'),
      sentence: '已办结，证明做好了',
      explanation: '电子证明盖了电子印章，可以下载，也可以让对方扫码核验。',
      may_withdraw: false,
      licence: { id: 'licence-1', number: '示街证〔2026〕0047号', name: made.item_name },
      letters: [...made.letters, letter('acceptance', '受理通知书', '2026-09-08T10:00:00+08:00')],
      timeline: [
        submitted(made),
        step('已受理', 'done', { at: '2026-09-08T10:00:00+08:00', who: made.body.name }),
        step('准予', 'done', { at: '2026-09-09T16:20:00+08:00', who: made.body.name }),
        step('证明已送达', 'done', { at: '2026-09-09T16:21:00+08:00', who: '网上' }),
      ],
    }
  },
  denied(made) {
    return {
      state: 'denied',
      clock: stopped('已办结'),
      sentence: '决定不予办理',
      explanation: '理由和依据写在决定书里。',
      may_withdraw: false,
      outcome: {
        kind: 'denied',
        reason: '材料和户籍档案记载的关系不一致。',
        basis: '民发〔2020〕20号',
        remedies:
          '60日内可以向示例市示例区人民政府申请行政复议，或者6个月内向示例市示例区人民法院提起行政诉讼。',
      },
      letters: [...made.letters, letter('denial', '不予办理决定书', '2026-08-20T11:00:00+08:00')],
      timeline: [
        submitted(made),
        step('已受理', 'done', { at: '2026-08-19T10:00:00+08:00', who: made.body.name }),
        step('决定不予办理', 'done', {
          at: '2026-08-20T11:00:00+08:00',
          who: made.body.name,
          letter: 'denial',
          letter_title: '不予办理决定书',
        }),
      ],
    }
  },
  withdrawn(made) {
    return {
      state: 'withdrawn',
      clock: stopped('已撤回'),
      sentence: '您已撤回申请',
      explanation: '不再办理，材料留存备查。以后可以重新申请。',
      may_withdraw: false,
      timeline: [submitted(made), step('撤回申请', 'done', { at: iso(), who: '您' })],
    }
  },
}

const sample_answers = {
  phone: '19900000001',
  relative_name: '李晓燕',
  relative_id_number: '99010219810725024X',
  relation: 'daughter',
  purpose: 'inheritance',
  receiver: '银行',
}
const sample_file = { id: 'file-1', name: '户口簿.jpg', kind: 'jpeg', pages: 1, size: 1_240_000 }
const sample_materials = [
  { key: 'kinship_proof', way: 'upload', files: [sample_file] },
  { key: 'id_card', way: 'waived' },
]

function make_licence(person, id, number, state, more = {}) {
  const face = [
    { label: '申请人', value: person.name },
    { label: '公民身份号码', value: masked_id(person.id_number) },
    { label: '证明内容', value: `${person.name}与李晓燕系母女关系。` },
    { label: '用途', value: '办理继承公证' },
  ]
  const shown = [
    { label: '持有人', value: masked_name(person.name) },
    { label: '公民身份号码', value: masked_id(person.id_number) },
    { label: '证明内容', value: '两人系母女关系。' },
  ]
  world.licences.set(id, {
    owner: person.id_number,
    code: more.code ?? '7K2M9QXA',
    token: more.token ?? `token-${id}`,
    shown,
    case_no: more.case_no,
    revoked: more.revoked,
    card: {
      id,
      type_name: item.name,
      number,
      holder: masked_name(person.name),
      issuer: bodies[0].name,
      issued_on: '2026-09-09',
      ...(more.until ? { valid_until: more.until } : {}),
      state,
    },
    face,
    history: [
      { at: '2026-09-09T16:20:00+08:00', what: 'issued' },
      { at: '2026-09-10T09:12:00+08:00', what: 'downloaded' },
    ],
  })
}

export function seed() {
  const [zhou] = residents
  make_case(zhou, '99010220261012000417T', 'correction', {
    received: '2026-10-12T10:12:00+08:00',
    query_code: '204417',
  })
  make_case(zhou, '99010220260928000305A', 'accepted', { received: '2026-09-28T10:12:00+08:00' })
  make_case(zhou, '99010220261014000502K', 'received', { received: '2026-10-14T09:31:00+08:00' })
  make_case(zhou, '99010220260907000110C', 'concluded', { received: '2026-09-07T09:02:00+08:00' })
  make_case(zhou, '99010220260818000092D', 'denied', { received: '2026-08-18T14:00:00+08:00' })
  make_case(zhou, '99010220261015000550S', 'submitted', {
    received: '2026-10-15T09:40:00+08:00',
    materials: [{ key: 'kinship_proof', way: 'window' }],
    data_sources: [
      {
        key: 'household',
        resource: 'household',
        what: '户口登记信息',
        provider: '示例市公安局',
        outcome: 'found',
        outcome_text: '查到了',
        age_text: '今天9:38取得',
      },
      {
        key: 'kin',
        resource: 'kinship',
        what: '亲属关系登记',
        provider: '示例市公安局',
        outcome: 'late',
        outcome_text: '还没回话',
        instead: '数据到了自动补上。',
      },
    ],
    disputes: [
      {
        label: '户籍地址',
        value: '示例路28号1栋101室',
        source_value: '示例路26号3栋201室',
        source_name: '示例市公安局户口登记信息',
        ticket: '已转给示例市公安局核对',
      },
    ],
    decided: {
      at_once: false,
      reasons: [
        { key: 'kin_is_proven', words: '户籍登记里没有查到这层关系', result: 'no' },
        { key: 'disputed', words: '您提了纠错，要由工作人员核对', result: 'no' },
      ],
    },
    burden: {
      fields_total: 9,
      fields_prefilled: 3,
      fields_typed: 6,
      materials_total: 3,
      materials_waived: 1,
      materials_from_licence: 0,
      materials_promised: 0,
      materials_uploaded: 0,
      materials_brought: 1,
    },
  })
  world.consents.push({
    owner: zhou.id_number,
    id: 'consent-1',
    given_at: '2026-10-15T09:38:00+08:00',
    item_name: item.name,
    text_title: '查询个人信息同意书',
    resources: ['户口登记信息', '亲属关系登记'],
    state: 'used_up',
    may_withdraw: false,
  })
  make_licence(zhou, 'licence-1', '示街证〔2026〕0047号', 'valid', {
    case_no: '99010220260907000110C',
    until: '2027-03-09',
  })
  make_licence(zhou, 'licence-2', '示街证〔2026〕0031号', 'revoked', {
    code: 'REVK2026',
    revoked: { at: '2026-10-09T11:20:00+08:00', by: bodies[0].name, kind: 'false_commitment' },
  })
  make_licence(zhou, 'licence-3', '示街证〔2025〕0810号', 'expired', {
    code: 'EXPD2025',
    until: '2026-04-01',
  })
  world.messages.push(
    {
      id: 'm1',
      owner: zhou.id_number,
      at: '2026-10-13T15:41:00+08:00',
      title: '请补正2处',
      text: '您申请的亲属关系情况证明要补正2处，10月20日（周二）前补好。到期没补，视为撤回申请。',
      link: '/cases/99010220261012000417T',
      read: false,
    },
    {
      id: 'm2',
      owner: zhou.id_number,
      at: '2026-09-09T16:21:00+08:00',
      title: '证明做好了',
      text: '您申请的亲属关系情况证明已经做好，可以下载。',
      link: '/cases/99010220260907000110C',
      read: true,
    },
  )
}
