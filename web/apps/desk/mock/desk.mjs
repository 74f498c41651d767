// One desk in memory: invented cases of an invented city, and the verbs that change them.
const TODAY = '2026-10-15'
export const NOW = `${TODAY}T10:24:00+08:00`
const ITEMS = {
  992080005001: '亲属关系情况证明', 992080004001: '政审材料情况证明', 992080001001: '管办档案存放情况证明',
  992011001001: '困难家庭情况证明（贫困证明）',
}
const LAMPS = [
  ['red', '超 1 日', '2026-10-14'], ['yellow', '今天到期', '2026-10-15'], ['yellow', '明天到期', '2026-10-16'],
  ['yellow', '明天到期', '2026-10-16'], ['green', '剩 2 日', '2026-10-19'], ['green', '剩 3 日', '2026-10-20'],
]
const NAMES = ['周**', '欧阳**', '马*', '阿依古丽·**', '梁*', '何**', '韦**', '邓**', '罗**', '谢**']
const STEPS = { received: '受理', correction: '等申请人补正', accepted: '审核', approved: '制证', issued: '已出证', denied: '已办结', not_accepted: '已办结' }
const RULER = [
  ['2026-09-30', 'working', 1], ['2026-10-01', 'holiday', 0, '国庆'], ['2026-10-02', 'holiday', 0, '国庆'],
  ['2026-10-03', 'holiday', 0, '国庆'], ['2026-10-04', 'holiday', 0, '国庆'], ['2026-10-05', 'holiday', 0, '国庆'],
  ['2026-10-06', 'holiday', 0, '国庆'], ['2026-10-07', 'holiday', 0, '国庆'], ['2026-10-08', 'working', 2],
  ['2026-10-09', 'working', 3], ['2026-10-10', 'make_up', 4], ['2026-10-11', 'weekend', 0],
  ['2026-10-12', 'working', 5], ['2026-10-13', 'working', 6], ['2026-10-14', 'working', 7], ['2026-10-15', 'working', 8],
  ['2026-10-16', 'working', 9],
].map(([day, kind, count, name]) => ({ day, kind, count, ...(name ? { name } : {}) }))

const file = (id, name, kind, round, pages = 1) => ({ id, name, kind, pages, size: 423_000 + round * 1000, round })

function form_of(corrected) {
  return [
    { title: '您和对方', rows: [
      { key: 'relation', label: '您是对方的', value: '女儿', source: '申请人填写', ...(corrected ? { earlier: '母亲' } : {}),
        check: { result: 'ok', text: '与户口簿首页一致' } },
      { key: 'other_name', label: '对方姓名', value: '周**', masked: true, source: '申请人填写',
        check: { result: 'mismatch', text: '材料上写的是“周建国”，表里写的是“周健国”' } },
      { key: 'other_id', label: '对方证件号', value: '9901**********0028', masked: true, source: '申请人填写',
        check: { result: 'ok', text: '号码的校验位正确' } },
      { key: 'lives', label: '户籍地址', value: '示例市示例区示例街道榕树里18号2单元301室', source: '实名信息' },
    ] },
    { title: '用在哪里', rows: [
      { key: 'purpose', label: '用途', value: '办理继承公证', source: '申请人填写',
        check: { result: 'needs_person', text: '用途不在常用清单里，请看是否需要出具' } },
      { key: 'receiver', label: '接收单位', value: '示例市第一公证处', source: '申请人填写' },
      { key: 'note', label: '补充说明', value: '', source: '申请人填写' },
    ] },
  ]
}

function materials_of(corrected) {
  return [
    { key: 'own_id', name: '申请人身份证', way: 'waived', way_text: '已免交，实名信息', files: [] },
    { key: 'household', name: '户口簿', way: 'upload', way_text: '上传', files: [
      file('F1', '户口簿首页.jpg', 'jpeg', 1), ...(corrected ? [file('F2', '户口簿首页重拍.jpg', 'jpeg', 2)] : []),
    ] },
    { key: 'birth', name: '出生医学证明', way: 'upload', way_text: '上传', files: [file('F3', '出生医学证明.pdf', 'pdf', 1, 2)] },
    { key: 'promise', name: '亲属关系承诺书', way: 'promise', way_text: '已承诺', files: [], promise: {
      title: '亲属关系告知承诺书', version: '2026-03', hash: '9f3b7c2e51d04a86b1f0c4d7e2a95836', agreed_at: '2026-10-13T16:40:00+08:00',
      paragraphs: ['我填写的亲属关系属实，没有隐瞒。', '承诺不实的，撤销决定，并记入信用记录。'],
    } },
  ]
}

function new_case(at, state) {
  const [shape, text, due] = state === 'correction' ? ['pause', '等申请人', '2026-10-20'] : LAMPS[at % LAMPS.length]
  const codes = Object.keys(ITEMS)
  const item = codes[at % 5 === 4 ? 1 + (at % 3) : 0]
  const no = `990102202610${String(10 + (at % 5))}${String(320 + at * 7).padStart(6, '0')}${'KPTXZ'[at % 5]}`
  const corrected = at % 4 === 1
  return {
    case_no: no, short_no: `${no.slice(10, 14)}-${no.slice(14)}`, version: 3, item, item_name: ITEMS[item], item_version: 2, state,
    source: at % 3 === 2 ? '窗口' : '网上', received_at: `2026-10-1${at % 5}T09:1${at % 6}:00+08:00`,
    ...(state === 'received' || state === 'correction' ? {} : { accepted_at: '2026-10-14T09:30:00+08:00' }),
    responsible_body: '示例街道办事处',
    clock: {
      kind: state === 'correction' ? 'correction' : state === 'received' ? 'acceptance' : 'review',
      lamp: { shape, text }, from: '2026-09-30', due: { day: due, provisional: false },
      statutory: { day: '2026-10-23', provisional: false }, unit: 'working_day', total: 9, used: 7, left: 1, ruler: RULER,
    },
    applicant: { name: NAMES[at % NAMES.length], id_number: '9901**********0044', phone: '138****8000' },
    form: form_of(corrected), materials: materials_of(corrected),
    history: [
      { at: '2026-10-13T16:42:00+08:00', who: '申请人', what: '网上提交' },
      ...(corrected ? [
        { at: '2026-10-13T17:20:00+08:00', who: '王婷', what: '一次性告知补正 1 处', note: '户口簿首页看不清' },
        { at: '2026-10-14T08:50:00+08:00', who: '申请人', what: '补正 1 处' },
      ] : []),
      ...(state === 'accepted' ? [{ at: '2026-10-14T09:30:00+08:00', who: '王婷', what: '受理' }] : []),
    ],
    opinions: [], letters: [
      { id: 'L1', kind: 'receipt', title: '收件凭证', number: '示街收字〔2026〕417号', made_at: '2026-10-13T16:42:10+08:00', state: 'ready', read_at: '2026-10-13T18:02:00+08:00' },
      ...(state === 'accepted' ? [{ id: 'L2', kind: 'accept', title: '受理通知书', number: '示街受字〔2026〕398号', made_at: '2026-10-14T09:30:08+08:00', state: 'ready' }] : []),
    ],
    earlier_cases: at % 2 === 0 ? [{ case_no: no, item_name: '居住证申领', state: 'issued', sentence: '已办结，9月3日出证', changed_at: '2026-09-03T11:00:00+08:00', lamp: { shape: 'none', text: '已办结' } }] : [],
    phrases: ['材料齐全，符合条件，建议出具。', '关系与户口簿一致。', '承诺内容已核对，无相反线索。'],
    bases: ['《民政部等六部门关于改进和规范基层群众性自治组织出具证明工作的指导意见》第二条', '示例市证明事项清单（2026年版）第5项'],
    right_bodies: ['示例市公安局示例分局', '示例市第一公证处'],
    gap_targets: [
      ...materials_of(false).filter((one) => one.way !== 'waived').map((one) => ({ key: `material:${one.key}`, label: one.name, remedies: [] })),
      { key: 'field:relation', label: '您是对方的', remedies: [] }, { key: 'field:other_name', label: '对方姓名', remedies: ['按证件改正姓名', '附曾用名证明'] },
      { key: 'field:purpose', label: '用途', remedies: [] },
    ],
    correction_days: 5,
    ...(state === 'correction' ? { correction: { asked_at: '2026-10-13T17:20:00+08:00', due: { day: '2026-10-20', provisional: false }, gaps: [
      { key: 'material:household', label: '户口簿', problem: '照片看不清', remedy: '重新拍清楚再上传' }] } } : {}),
    receiver: 'S101',
  }
}

const POSTS = {
  window: { id: 'window', title: '综合窗口 3', body_name: '示例街道办事处', hall_name: '示例街道便民服务中心', region_name: '示例街道', roles: ['clerk'] },
  review: { id: 'review', title: '民政审核岗', body_name: '示例街道办事处', region_name: '示例街道', roles: ['reviewer', 'keeper'] },
}
export const STAFF = {
  S101: { name: '王婷', posts: [POSTS.window] }, S102: { name: '林静', posts: [POSTS.review] },
  S103: { name: '何志强', posts: [POSTS.window, POSTS.review] },
}

export class Problem extends Error {
  constructor(status, code, more = {}) {
    super(code)
    Object.assign(this, { status, code, more })
  }
}

export class Desk {
  constructor() {
    this.reset()
  }

  reset() {
    this.signed_in = null
    this.post = null
    this.wrong = 0
    this.fail = ''
    this.done = new Map()
    this.cases = [
      ...Array.from({ length: 26 }, (_, at) => new_case(at, 'received')),
      ...Array.from({ length: 3 }, (_, at) => new_case(40 + at, 'correction')),
      ...Array.from({ length: 9 }, (_, at) => new_case(60 + at, 'accepted')),
    ]
    this.licence = { id: 'LIC1', version: 1, state: 'valid' }
  }

  roles() {
    return this.post?.roles ?? []
  }

  queue(name) {
    const open = this.cases.filter((one) => ['received', 'correction', 'accepted', 'approved'].includes(one.state))
    const mine = open.filter((one) => (this.roles().includes('clerk') ? true : one.state === 'accepted'))
    const rows = {
      to_accept: mine.filter((one) => one.state === 'received'), to_correct: mine.filter((one) => one.state === 'correction'),
      to_issue: mine.filter((one) => one.state === 'approved'), to_review: mine.filter((one) => one.state === 'accepted'),
      near_due: mine.filter((one) => one.clock.lamp.shape === 'yellow'), overdue: mine.filter((one) => one.clock.lamp.shape === 'red'),
    }[name]
    if (!rows) throw new Problem(404, 'queue_is_unknown')
    return [...rows].sort((one, other) => one.clock.due.day.localeCompare(other.clock.due.day))
  }

  names() {
    return this.roles().includes('clerk') ? ['to_accept', 'to_correct', 'to_issue', 'near_due', 'overdue'] : ['to_review', 'near_due', 'overdue']
  }

  find(no) {
    const found = this.cases.find((one) => one.case_no === no)
    if (!found) throw new Problem(404, 'case_is_unknown')
    return found
  }

  acts(found) {
    const closed = (name, why_not, code) => ({ name, allowed: false, why_not, code })
    if (this.roles().includes('clerk')) {
      if (found.state === 'received') return ['accept', 'correct', 'refuse'].map((name) => ({ name, allowed: true }))
      const why = found.state === 'correction' ? '等申请人补正，补好后再办' : '已受理，不能再要求补正'
      return [closed('accept', why, ''), closed('correct', why, '')]
    }
    if (found.state !== 'accepted') return [closed('decide', '这件现在不在您的岗位', 'case_is_not_at_this_post')]
    if (found.receiver === this.signed_in) return [closed('decide', '这件是您受理的，要由别人审', 'reviewer_was_acceptor')]
    return [{ name: 'decide', allowed: true }, closed('correct', '已受理，不能再要求补正', 'case_is_already_accepted')]
  }

  shown(found) {
    const order = ['收件', '受理', '审核', '决定', '制证', '送达']
    const at = { received: 1, correction: 1, accepted: 3, approved: 4, issued: 5, denied: 5, not_accepted: 1 }[found.state]
    if (found.state === 'approved' && Date.now() > found.made_at) this.issue(found)
    const { receiver: _, made_at: __, ...rest } = found
    return { ...rest, acts: this.acts(found), flow: order.map((name, step) => ({
      name, state: step < at ? 'done' : step === at ? 'now' : 'to_come', ...(step === at ? { who: found.state === 'accepted' ? '林静' : '王婷' } : {}) })) }
  }

  row(found) {
    const { case_no, short_no, item, item_name, source, received_at, state, version } = found
    return { case_no, short_no, item, item_name, applicant: found.applicant.name, step: STEPS[state], source, received_at, state,
      due: found.clock.due, lamp: found.clock.lamp, version }
  }

  issue(found) {
    found.state = 'issued'
    found.version++
    found.licence = { id: 'LIC1', number: '99010200120260005417', name: '亲属关系情况证明' }
    found.clock = { kind: 'none', lamp: { shape: 'none', text: '已办结' } }
    this.write(found, '系统', '制证完成')
  }

  write(found, who, what, note) {
    found.history.push({ at: new Date(Date.parse(NOW) + found.history.length * 1000).toISOString(), who, what, ...(note ? { note } : {}) })
  }

  act(no, name, body, key) {
    if (key && this.done.has(key)) return this.shown(this.find(no))
    const found = this.find(no)
    if (body.version !== found.version) throw new Problem(409, 'case_changed_meanwhile')
    const who = STAFF[this.signed_in].name
    const verb = { acceptance: 'accept', correction: 'correct', refusal: 'refuse', decision: 'decide' }[name]
    const act = this.acts(found).find((one) => one.name === verb)
    if (!act?.allowed) throw new Problem(409, act?.code || 'case_is_not_waiting_for_acceptance')
    if (name === 'acceptance') Object.assign(found, { state: 'accepted', receiver: this.signed_in })
    if (name === 'correction') Object.assign(found, { state: 'correction', correction: {
      asked_at: NOW, due: { day: '2026-10-22', provisional: false },
      gaps: body.gaps.map((gap) => ({ ...gap, label: found.gap_targets.find((one) => one.key === gap.key)?.label ?? gap.key })) } })
    if (name === 'refusal') Object.assign(found, { state: 'not_accepted', outcome: { kind: 'not_accepted', reason: body.reason, basis: body.basis, remedies: '' } })
    if (name === 'decision' && body.verdict === 'approve') Object.assign(found, { state: 'approved', made_at: Date.now() + 4000 })
    if (name === 'decision' && body.verdict === 'deny') Object.assign(found, { state: 'denied', outcome: { kind: 'denied', reason: body.reason, basis: body.basis, remedies: '' } })
    found.version++
    this.write(found, who, { acceptance: '受理', correction: `一次性告知补正 ${body.gaps?.length} 处`, refusal: '不予受理', decision: body.verdict === 'approve' ? '准予出具' : '不予出具' }[name])
    if (key) this.done.set(key, name)
    return this.shown(found)
  }

  /** A colleague does something, for trying what the page says then. */
  touch(no) {
    const found = this.find(no)
    found.version++
    this.write(found, '苏敏', '补录了窗口收到的纸质户口簿')
  }

  arrive(count) {
    for (let at = 0; at < count; at++) this.cases.push(new_case(100 + this.cases.length, 'received'))
  }

  sign_in({ account, password }) {
    if (this.wrong >= 5) throw new Problem(429, 'account_is_locked', { retry_after: 900 })
    const staff = STAFF[account]
    if (!staff || password !== 'demo-desk') {
      this.wrong++
      throw this.wrong >= 5 ? new Problem(429, 'account_is_locked', { retry_after: 900 }) : new Problem(401, 'account_or_password_is_wrong', { attempts_left: 5 - this.wrong })
    }
    this.wrong = 0
    this.signed_in = account
    this.post = staff.posts.length === 1 ? staff.posts[0] : null
    return this.me()
  }

  me() {
    if (!this.signed_in) return { signed_in: false, csrf: 'mock' }
    const staff = STAFF[this.signed_in]
    return { signed_in: true, csrf: 'mock', kind: 'staff', name: staff.name, region: '990102001', staff: {
      number: this.signed_in, posts: staff.posts, ...(this.post ? { post: this.post } : {}), last_sign_in: '2026-10-14T17:28:00+08:00' } }
  }
}
