// Invented cases of an invented city, all of one morning.
const TODAY = '2026-10-15'
export const NOW = `${TODAY}T10:24:00+08:00`
const ITEMS = {
  992080005001: '亲属关系情况证明',
  992080004001: '政审材料情况证明',
  992080001001: '管办档案存放情况证明',
  992011001001: '困难家庭情况证明（贫困证明）',
}
const LAMPS = [
  ['red', '超 1 日', '2026-10-14'],
  ['yellow', '今天到期', '2026-10-15'],
  ['yellow', '明天到期', '2026-10-16'],
  ['yellow', '明天到期', '2026-10-16'],
  ['green', '剩 2 日', '2026-10-19'],
  ['green', '剩 3 日', '2026-10-20'],
]
const NAMES = ['周**', '欧阳**', '马*', '阿依古丽·**', '梁*', '何**', '韦**', '邓**', '罗**', '谢**']
export const STEPS = {
  submitted: '等送材料',
  received: '受理',
  correction: '等申请人补正',
  accepted: '审核',
  approved: '制证',
  issued: '待送达',
  concluded: '已办结',
  denied: '已办结',
  not_accepted: '已办结',
}
const RULER = [
  ['2026-09-30', 'working', 1],
  ['2026-10-01', 'holiday', 0, '国庆'],
  ['2026-10-02', 'holiday', 0, '国庆'],
  ['2026-10-03', 'holiday', 0, '国庆'],
  ['2026-10-04', 'holiday', 0, '国庆'],
  ['2026-10-05', 'holiday', 0, '国庆'],
  ['2026-10-06', 'holiday', 0, '国庆'],
  ['2026-10-07', 'holiday', 0, '国庆'],
  ['2026-10-08', 'working', 2],
  ['2026-10-09', 'working', 3],
  ['2026-10-10', 'make_up', 4],
  ['2026-10-11', 'weekend', 0],
  ['2026-10-12', 'working', 5],
  ['2026-10-13', 'working', 6],
  ['2026-10-14', 'working', 7],
  ['2026-10-15', 'working', 8],
  ['2026-10-16', 'working', 9],
  ['2026-10-17', 'weekend', 0],
  ['2026-10-18', 'weekend', 0],
  ['2026-10-19', 'working', 10],
  ['2026-10-20', 'working', 11],
].map(([day, kind, count, name]) => ({ day, kind, count, ...(name ? { name } : {}) }))

const file = (id, name, kind, round, pages = 1) => ({
  id,
  name,
  kind,
  pages,
  size: 423_000 + round * 1000,
  round,
})

function form_of(corrected) {
  return [
    {
      title: '您和对方',
      rows: [
        {
          key: 'relation',
          label: '您是对方的',
          value: '女儿',
          source: '申请人填写',
          ...(corrected ? { earlier: '母亲' } : {}),
          check: { result: 'ok', text: '与户口簿首页一致' },
        },
        {
          key: 'other_name',
          label: '对方姓名',
          value: '周**',
          masked: true,
          source: '申请人填写',
          check: { result: 'mismatch', text: '材料上写的是“周建国”，表里写的是“周健国”' },
        },
        {
          key: 'other_id',
          label: '对方证件号',
          value: '9901**********0028',
          masked: true,
          source: '申请人填写',
          check: { result: 'ok', text: '号码的校验位正确' },
        },
        {
          key: 'lives',
          label: '户籍地址',
          value: '示例市示例区示例街道榕树里18号2单元301室',
          source: '实名信息',
        },
      ],
    },
    {
      title: '用在哪里',
      rows: [
        {
          key: 'purpose',
          label: '用途',
          value: '办理继承公证',
          source: '申请人填写',
          check: { result: 'needs_person', text: '用途不在常用清单里，请看是否需要出具' },
        },
        { key: 'receiver', label: '接收单位', value: '示例市第一公证处', source: '申请人填写' },
        { key: 'note', label: '补充说明', value: '', source: '申请人填写' },
      ],
    },
  ]
}

function materials_of(corrected) {
  return [
    { key: 'own_id', name: '申请人身份证', way: 'waived', way_text: '已免交，实名信息', files: [] },
    {
      key: 'household',
      name: '户口簿',
      way: 'upload',
      way_text: '上传',
      files: [
        file('F1', '户口簿首页.jpg', 'jpeg', 1),
        ...(corrected ? [file('F2', '户口簿首页重拍.jpg', 'jpeg', 2)] : []),
      ],
    },
    {
      key: 'birth',
      name: '出生医学证明',
      way: 'upload',
      way_text: '上传',
      files: [file('F3', '出生医学证明.pdf', 'pdf', 1, 2)],
    },
    {
      key: 'promise',
      name: '亲属关系承诺书',
      way: 'promise',
      way_text: '已承诺',
      files: [],
      promise: {
        title: '亲属关系告知承诺书',
        version: '2026-03',
        hash: '9f3b7c2e51d04a86b1f0c4d7e2a95836',
        agreed_at: '2026-10-13T16:40:00+08:00',
        paragraphs: ['我填写的亲属关系属实，没有隐瞒。', '承诺不实的，撤销决定，并记入信用记录。'],
      },
    },
  ]
}

function clock_of(at, state) {
  const [shape, text, due] =
    state === 'correction' ? ['pause', '等申请人', '2026-10-20'] : LAMPS[at % LAMPS.length]
  const kinds = { correction: 'correction', received: 'acceptance' }
  const total = RULER.find((one) => one.day === due).count
  const used = RULER.find((one) => one.day === TODAY).count
  return {
    kind: kinds[state] ?? 'review',
    lamp: { shape, text },
    from: '2026-09-30',
    due: { day: due, provisional: false },
    statutory: { day: '2026-10-23', provisional: false },
    unit: 'working_day',
    total,
    used,
    left: total - used,
    ruler: RULER.filter((one) => one.day <= (due > TODAY ? due : TODAY)),
  }
}

function history_of(corrected, state) {
  const rows = [{ at: '2026-10-13T16:42:00+08:00', who: '申请人', what: '网上提交' }]
  if (corrected) {
    const note = '户口簿首页看不清'
    rows.push({ at: '2026-10-13T17:20:00+08:00', who: '王婷', what: '一次性告知补正 1 处', note })
    rows.push({ at: '2026-10-14T08:50:00+08:00', who: '申请人', what: '补正 1 处' })
  }
  if (state === 'accepted') rows.push({ at: '2026-10-14T09:30:00+08:00', who: '王婷', what: '受理' })
  return rows
}

function letters_of(state) {
  const letter = (id, kind, title, number, made_at, more = {}) => ({
    id,
    kind,
    title,
    number,
    made_at,
    state: 'ready',
    ...more,
  })
  const read = { read_at: '2026-10-13T18:02:00+08:00' }
  return [
    letter('L1', 'receipt', '收件凭证', '示街收字〔2026〕417号', '2026-10-13T16:42:10+08:00', read),
    ...(state === 'accepted'
      ? [letter('L2', 'accept', '受理通知书', '示街受字〔2026〕398号', '2026-10-14T09:30:08+08:00')]
      : []),
  ]
}

function earlier_of(no) {
  return {
    case_no: no,
    item_name: '居住证申领',
    state: 'issued',
    sentence: '已办结，9月3日出证',
    changed_at: '2026-09-03T11:00:00+08:00',
    lamp: { shape: 'none', text: '已办结' },
  }
}

/** What is the same in every case: the item's own lists. */
function lists_of_item() {
  const papers = materials_of(false).filter((one) => one.way !== 'waived')
  return {
    phrases: ['材料齐全，符合条件，建议出具。', '关系与户口簿一致。', '承诺内容已核对，无相反线索。'],
    bases: [
      '《民政部等六部门关于改进和规范基层群众性自治组织出具证明工作的指导意见》第二条',
      '示例市证明事项清单（2026年版）第5项',
    ],
    right_bodies: ['示例市公安局示例分局', '示例市第一公证处'],
    gap_targets: [
      ...papers.map((one) => ({ key: `material:${one.key}`, label: one.name, remedies: [] })),
      { key: 'field:relation', label: '您是对方的', remedies: [] },
      { key: 'field:other_name', label: '对方姓名', remedies: ['按证件改正姓名', '附曾用名证明'] },
      { key: 'field:purpose', label: '用途', remedies: [] },
    ],
    correction_days: 5,
  }
}

const FIRST_NOTICE = {
  asked_at: '2026-10-13T17:20:00+08:00',
  due: { day: '2026-10-20', provisional: false },
  gaps: [{ key: 'material:household', label: '户口簿', problem: '照片看不清', remedy: '重新拍清楚再上传' }],
}

export function new_case(at, state) {
  const codes = Object.keys(ITEMS)
  const item = codes[at % 5 === 4 ? 1 + (at % 3) : 0]
  const no = `990102202610${10 + (at % 5)}${String(320 + at * 7).padStart(6, '0')}${'KPTXZ'[at % 5]}`
  const corrected = at % 4 === 1
  const accepted = state === 'accepted' ? { accepted_at: '2026-10-14T09:30:00+08:00' } : {}
  return {
    case_no: no,
    short_no: `${no.slice(10, 14)}-${no.slice(14)}`,
    version: 3,
    item,
    item_name: ITEMS[item],
    item_version: 2,
    state,
    source: at % 3 === 2 ? '窗口' : '网上',
    received_at: `2026-10-1${at % 5}T09:1${at % 6}:00+08:00`,
    ...accepted,
    responsible_body: '示例街道办事处',
    clock: clock_of(at, state),
    applicant: { name: NAMES[at % NAMES.length], id_number: '9901**********0044', phone: '138****8000' },
    form: form_of(corrected),
    materials: materials_of(corrected),
    history: history_of(corrected, state),
    opinions: [],
    letters: letters_of(state),
    earlier_cases: at % 2 === 0 ? [earlier_of(no)] : [],
    ...lists_of_item(),
    ...(state === 'correction' ? { correction: FIRST_NOTICE } : {}),
    receiver: 'S101',
  }
}
