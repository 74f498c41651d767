// What cases of the new kinds carry: data with its age, disputes, reasons, papers to bring, a site check, a card.
import { NOW } from './cases.mjs'

export const DATA = {
  data_sources: [
    ['household', '户口簿信息', '市公安局', 'found', '查到了', { age_text: '10月13日 16:41查到' }],
    ['stay', '网格居住登记', '市委政法委', 'none', '没有登记', { age_text: '10月13日 16:41查到' }],
    [
      'estate',
      '个人名下房产',
      '市自然资源局',
      'down',
      '联系不上',
      { down_since: '2026-10-13T15:10:00+08:00', instead: '由人核对申请人上传的查询单' },
    ],
  ].map(([key, what, provider, outcome, outcome_text, more]) => ({
    key,
    resource: key,
    what,
    provider,
    outcome,
    outcome_text,
    ...more,
  })),
  burden: {
    fields_total: 8,
    fields_prefilled: 5,
    fields_typed: 3,
    materials_total: 4,
    materials_waived: 2,
    materials_from_licence: 0,
    materials_promised: 1,
    materials_uploaded: 1,
    materials_brought: 0,
  },
  decided: {
    at_once: false,
    reasons: [
      { key: 'same_household', words: '对方与申请人在同一户', result: 'no' },
      { key: 'alive', words: '公安登记双方都在世', result: 'yes' },
      { key: 'no_house', words: '不动产登记没有答复，名下有没有房判断不了', result: 'undetermined' },
    ],
  },
  disputes: [
    {
      label: '户籍地址',
      value: '示例市示例区示例街道榕树里20号',
      source_value: '示例市示例区示例街道榕树里18号2单元301室',
      source_name: '市公安局：户口簿信息',
      ticket: 'K1',
      ticket_state: 'sent',
      note: '去年搬的',
    },
  ],
}

const OFFICERS = [
  { id: 'S106', name: '何志强' },
  { id: 'S107', name: '苏敏' },
  { id: 'S108', name: '罗春' },
]

export const site_check = () => ({
  key: 'site_check',
  name: '现场核查',
  state: 'to_plan',
  role: 'inspector',
  officers: 2,
  limit_text: '10个工作日',
  counts_in_limit: false,
  basis: '食品经营许可和备案管理办法第十七条',
  candidates: OFFICERS,
  place: '示例区示例街道榕树里18号1层',
  findings: [
    { key: 'layout', label: '布局与图纸一致' },
    { key: 'equipment', label: '冷藏、消毒设施能用' },
    { key: 'hygiene', label: '后厨与厕所隔开' },
    { key: 'people', label: '从业人员有健康证' },
  ],
})

/** A case of a restaurant that must be looked at on site. */
export function with_check(found) {
  return Object.assign(found, {
    item: '992031053001',
    item_name: '食品经营许可（新办）',
    responsible_body: '示例区市场监督管理局',
    applicant: { ...found.applicant, name: '示例区好味来餐饮店有限公司', id_number: '92990102MADEM0070M' },
    agent: { name: '梁*', id_number: '9901**********0315', phone: '199****0005' },
    special: [site_check()],
    accepting_hall: '示例街道便民服务中心',
    responsible_hall: '示例区政务服务中心',
    receiver: 'S103',
  })
}

/** Papers are to be brought before anything begins. */
export function to_bring(found) {
  const { accepted_at: _, ...rest } = found
  return Object.assign(rest, {
    state: 'submitted',
    materials: found.materials.map((one, at) =>
      at === 0 ? one : { ...one, way: 'window', way_text: '带到窗口', files: [] },
    ),
    clock: {
      kind: 'bringing',
      lamp: { shape: 'pause', text: '等送材料' },
      due: { day: '2026-11-04', provisional: false },
    },
  })
}

/** The card is made and waits for its owner. */
export function to_hand_over(found) {
  return Object.assign(found, {
    state: 'issued',
    item_name: '居住证签注',
    card: '居住证（卡）',
    collection: 'window',
    licence: { id: 'LIC2', number: '99010200120260005500', name: '居住证' },
    clock: {
      kind: 'service',
      lamp: { shape: 'green', text: '剩 6 日' },
      due: { day: '2026-10-23', provisional: false },
    },
  })
}

export const DEEDS = {
  papers(found, body) {
    Object.assign(found, {
      state: 'received',
      clock: { ...found.clock, kind: 'acceptance', lamp: { shape: 'green', text: '剩 1 日' } },
    })
    found.letters.push({
      id: 'L9',
      kind: 'receipt',
      title: '收件凭证',
      number: '示街收字〔2026〕418号',
      made_at: NOW,
      state: 'ready',
    })
    return `收到纸质材料 ${body.received.length} 份`
  },
  special(found, body) {
    Object.assign(found.special[0], {
      state: 'planned',
      planned_on: body.planned_on,
      ...(body.place ? { place: body.place } : {}),
    })
    found.clock = { ...found.clock, kind: 'special', lamp: { shape: 'pause', text: '暂停：现场核查' } }
    return `安排现场核查，${body.planned_on}`
  },
  'special/result'(found, body) {
    const [step] = found.special
    const label = (key) => step.findings.find((one) => one.key === key)?.label ?? key
    Object.assign(step, {
      state: body.conclusion === 'pass' ? 'passed' : 'failed',
      record: {
        ...body,
        officers: body.officers.map((id) => OFFICERS.find((one) => one.id === id)),
        findings: body.findings.map((one) => ({ ...one, label: label(one.key) })),
        photos: [],
        letter: 'L2',
      },
    })
    const paused = ['2026-10-12', '2026-10-13', '2026-10-14']
    found.clock = {
      ...found.clock,
      kind: 'review',
      lamp: { shape: 'green', text: '剩 4 日' },
      due: { day: '2026-10-20', provisional: false },
      ruler: (found.clock.ruler ?? []).map((one) =>
        paused.includes(one.day) ? { ...one, kind: 'rested', count: 0, name: '核查' } : one,
      ),
    }
    return '现场核查笔录'
  },
  service(found, body) {
    Object.assign(found, {
      state: 'concluded',
      service: {
        method: body.method,
        method_text: { in_person: '当面', courier: '快递', electronic: '电子' }[body.method],
        recipient: '马*',
        at: NOW,
        server: '王婷',
        letter: 'L8',
      },
      clock: { kind: 'none', lamp: { shape: 'none', text: '已办结' } },
    })
    found.letters.push({
      id: 'L8',
      kind: 'service',
      title: '送达回证',
      number: '示街送字〔2026〕12号',
      made_at: NOW,
      state: 'ready',
    })
    return '送达'
  },
}
