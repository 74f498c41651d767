// What a supervisor and an operator see of the invented city: the board, the sources.
import { NOW } from './cases.mjs'

const BODIES = [
  '示例街道',
  '河东街道',
  '青石桥街道',
  '区自然资源分局',
  '区市场监管局',
  '区人力资源社会保障局',
  '区医保局',
]
const ITEMS = [
  ['992080005001', '亲属关系情况证明'],
  ['992015008001', '无房证明'],
  ['992014025001', '就业登记'],
  ['992031053001', '食品经营许可（新办）'],
  ['992011001001', '困难家庭情况证明（贫困证明）'],
  ['992009018001', '居住证签注'],
]
const WHY = {
  source_down: '公安户籍从8:40起不通，查不到家庭成员',
  no_reviewer: '收件的人和审核岗是同一个人，没有别人能审',
  letter_failed: '受理通知书试了5次没有做出来',
  past_step: '现场核查计划10月12日，到今天没有记录',
  licence_trouble: '制证遇到生僻字，正在处理',
}

const number = (at) =>
  `990102202610${String(10 + (at % 5))}${String(300 + at * 13).padStart(6, '0')}${'KPTXZ'[at % 5]}`

function watched(at, more) {
  const [item, item_name] = ITEMS[at % ITEMS.length]
  const no = number(at)
  return {
    case_no: no,
    short_no: `${no.slice(10, 14)}-${no.slice(14)}`,
    item,
    item_name,
    body: `B${at % BODIES.length}`,
    body_name: BODIES[at % BODIES.length],
    state: 'accepted',
    state_text: ['待受理', '审核中', '现场核查'][at % 3],
    ...more,
  }
}

export const LISTS = {
  late: [3, 2, 1, 1].map((days, at) =>
    watched(at + 1, {
      due: `2026-10-${14 - days}`,
      due_provisional: false,
      lamp: { shape: 'red', text: `超 ${days} 日` },
    }),
  ),
  near: Array.from({ length: 23 }, (_, at) =>
    watched(at + 10, {
      due: at < 7 ? '2026-10-15' : '2026-10-16',
      due_provisional: false,
      lamp: { shape: 'yellow', text: at < 7 ? '今天到期' : '明天到期' },
    }),
  ),
  stuck: Object.entries(WHY).flatMap(([why_code, why], at) =>
    Array.from({ length: 5 - at }, (_, nth) =>
      watched(40 + at * 5 + nth, {
        why_code,
        why,
        since: `2026-10-${String(12 - at).padStart(2, '0')}T08:40:00+08:00`,
        days: 3 + at,
      }),
    ),
  ),
}

const RECEIVED = [41, 38, 35, 44, 40, 486, 402, 318, 47, 365, 340, 351, 322, 312]
const CONCLUDED = [0, 0, 0, 0, 0, 377, 418, 352, 3, 340, 336, 350, 298, 186]

export function board(query) {
  const day = query.get('day') ?? NOW.slice(0, 10)
  const last = Date.parse(`${day}T00:00:00Z`)
  const days = RECEIVED.map((received, at) => ({
    day: new Date(last - (13 - at) * 86_400_000).toISOString().slice(0, 10),
    received,
    concluded: CONCLUDED[at],
  }))
  return {
    at: NOW,
    region: query.get('region') ?? '990102000000',
    region_name: '示例区',
    regions: [
      { code: '990102000000', name: '示例区' },
      { code: '990102001000', name: '示例街道' },
      { code: '990102002000', name: '河东街道' },
    ],
    day,
    totals: { received_today: 312, concluded_today: 186, open: 1846, near_due: 23, overdue: 4, stuck: 15 },
    days,
    bodies: BODIES.map((name, at) => ({
      id: `B${at}`,
      name,
      open: 420 - at * 52,
      near_due: (at * 5 + 6) % 8,
      overdue: at < 3 ? 1 + (at === 0 ? 1 : 0) : 0,
      stuck: (7 - at) % 4,
      concluded_today: 60 - at * 8,
    })),
    items: ITEMS.map(([code, name], at) => ({
      code,
      name,
      open: 300 - at * 40,
      near_due: (at * 3 + 2) % 6,
      overdue: at < 2 ? 1 : 0,
      stuck: at % 3,
      concluded_30: 900 - at * 140,
      ...(at === 5 ? {} : { median_days: at }),
      instant_30: at < 2 ? 640 - at * 200 : 0,
      fields_saved: 8200 - at * 900,
      papers_saved: 2400 - at * 330,
    })),
    stuck: LISTS.stuck.slice(0, 20),
    reasons: Object.keys(WHY).map((code, at) => ({ code, count: 5 - at })),
    near: LISTS.near.slice(0, 20),
    late: LISTS.late,
  }
}

export function watched_cases(query) {
  const rows = (LISTS[query.get('list')] ?? []).filter(
    (row) =>
      (!query.get('body') || row.body === query.get('body')) &&
      (!query.get('item') || row.item === query.get('item')),
  )
  return { rows }
}

const SOURCES = [
  ['pop', '公安人口库', '市公安局', 'ok', 2310, 620, [['population', '人口基本信息']]],
  [
    'hh',
    '公安户籍库',
    '市公安局',
    'down',
    412,
    undefined,
    [
      ['household', '户成员'],
      ['kinship', '亲属关系'],
    ],
  ],
  ['re', '不动产登记库', '市自然资源局', 'slow', 644, 4200, [['estate', '个人名下房产']]],
  ['mar', '婚姻登记库', '市民政局', 'ok', 208, 480, [['marriage', '婚姻登记']]],
  ['com', '企业登记库', '市市场监管局', 'ok', 684, 350, [['company', '企业基本信息']]],
  ['si', '社保参保库', '市人力资源社会保障局', 'ok', 517, 710, [['insurance', '社保参保']]],
  ['hlth', '从业健康证库', '市卫生健康委', 'paused', 31, 900, [['health_certificate', '从业健康证']]],
  ['edu', '学籍库', '市教育局', 'unknown', 0, undefined, [['enrolment', '在读学籍']]],
]

export function sources() {
  return {
    sources: SOURCES.map(([source, name, provider, state, calls, ms, resources]) => ({
      source,
      name,
      name_en: name,
      provider,
      state,
      calls_today: calls,
      found: Math.round(calls * 0.9),
      none: Math.round(calls * 0.06),
      failed: state === 'ok' ? 0 : Math.round(calls * 0.04),
      ...(ms === undefined ? {} : { p50_ms: Math.round(ms * 0.6), p95_ms: ms }),
      open_corrections: source === 'hh' ? 2 : 0,
      ...(state === 'down' ? { down_since: '2026-10-15T08:40:00+08:00', failure_text: '连接不上' } : {}),
      ...(state === 'paused'
        ? { down_since: '2026-10-15T10:20:00+08:00', failure_text: '连着5次答复超时' }
        : {}),
      ...(state === 'slow' ? { failure_text: '平时0.6秒，现在4.2秒' } : {}),
      ...(state === 'unknown' ? {} : { last_ok: '2026-10-15T10:23:10+08:00' }),
      resources: resources.map(([code, resource]) => ({ code, name: resource })),
    })),
  }
}

export function calls(source, query) {
  const outcomes = ['found', 'found', 'none', 'late', 'down', 'found', 'refused']
  const from = Number(query.get('after') ?? 0)
  const found = SOURCES.find(([code]) => code === source)
  return {
    calls: Array.from({ length: 12 }, (_, at) => ({
      id: `${source}-${from + at}`,
      at: `2026-10-15T10:${String(23 - at).padStart(2, '0')}:10+08:00`,
      resource_name: found?.[6][0][1] ?? '',
      item: ITEMS[at % ITEMS.length][0],
      item_name: ITEMS[at % ITEMS.length][1],
      ...(at % 2 ? { case_no: number(at) } : {}),
      person: ['周**', '欧阳**', '马*', '阿依古丽·**'][at % 4],
      by: at % 3 ? '本人' : '林静',
      basis: at % 2 ? 'consent' : 'duty',
      purpose: '核对申请人的户成员',
      outcome: outcomes[at % outcomes.length],
      cached: at % 5 === 4,
      ...(at % 5 === 4 ? {} : { ms: 300 + at * 170 }),
    })),
    ...(from < 24 ? { next: String(from + 12) } : {}),
  }
}

export function resources() {
  return {
    resources: SOURCES.flatMap(([source, , provider, , , , list]) =>
      list.map(([code, name], at) => ({
        code,
        name,
        name_en: name,
        source,
        provider,
        summary: `按证件号查${name}，给出登记的内容和登记时间。`,
        share: at === 0 ? 'conditional' : 'unconditional',
        ...(at === 0 ? { condition: '用于政务服务事项办理，须经本人同意' } : {}),
        mode: source === 'edu' ? 'batch' : 'api',
        update_cycle: source === 'edu' ? '每天' : '实时',
        parameters: [{ name: 'id_number', type: 'string' }],
        fields: [
          { key: 'address', name: '住址', name_en: 'Address', type: 'string', sensitive: true },
          { key: 'since', name: '登记日期', name_en: 'Registered on', type: 'date', sensitive: false },
        ],
        security_grade: 3,
        published_on: '2026-03-01',
      })),
    ),
  }
}

export function corrections() {
  return {
    corrections: ['open', 'sent', 'answered', 'mended', 'rejected'].map((state, at) => ({
      id: `K${at}`,
      at: `2026-10-1${at}T09:10:00+08:00`,
      source: 'hh',
      source_name: '公安户籍库',
      resource_name: '户成员',
      field_name: '户籍地址',
      state,
      ...(at > 1 ? { answer: at === 3 ? '已按居民提供的地址改正。' : '已派户籍民警核对。' } : {}),
      case_no: number(at),
    })),
  }
}
