// One desk in memory: its staff and the verbs that change its cases.
import { new_case, NOW, STEPS } from './cases.mjs'
import { DATA, DEEDS, to_bring, to_hand_over, with_check } from './extras.mjs'
import { Intakes } from './intake.mjs'

export { NOW }

const POSTS = {
  window: {
    id: 'window',
    title: '综合窗口 3',
    body_name: '示例街道办事处',
    hall_name: '示例街道便民服务中心',
    region_name: '示例街道',
    roles: ['clerk'],
  },
  review: {
    id: 'review',
    title: '民政审核岗',
    body_name: '示例街道办事处',
    region_name: '示例街道',
    roles: ['reviewer', 'keeper'],
  },
  watch: {
    id: 'watch',
    title: '效能监督',
    body_name: '示例区人民政府',
    region_name: '示例区',
    roles: ['supervisor'],
  },
  operate: {
    id: 'operate',
    title: '平台运行',
    body_name: '示例市人民政府',
    region_name: '示例市',
    roles: ['operator'],
  },
  inspect: {
    id: 'inspect',
    title: '现场核查岗',
    body_name: '示例区市场监管局',
    region_name: '示例区',
    roles: ['inspector'],
  },
}
export const STAFF = {
  S101: { name: '王婷', posts: [POSTS.window] },
  S102: { name: '林静', posts: [POSTS.review] },
  S104: { name: '邓海涛', posts: [POSTS.watch] },
  S105: { name: '苏敏', posts: [POSTS.operate] },
  S106: { name: '何志强', posts: [POSTS.inspect] },
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
      ...Array.from({ length: 2 }, (_, at) => to_bring(new_case(80 + at, 'received'))),
      ...Array.from({ length: 2 }, (_, at) => to_hand_over(new_case(84 + at, 'accepted'))),
      with_check(new_case(88, 'accepted')),
    ]
    Object.assign(
      this.cases.find((one) => one.state === 'accepted'),
      DATA,
    )
    this.intakes = new Intakes()
    this.licence = { id: 'LIC1', version: 1, state: 'valid' }
  }

  roles() {
    return this.post?.roles ?? []
  }

  queue(name) {
    const open = this.cases.filter((one) =>
      ['submitted', 'received', 'correction', 'accepted', 'approved', 'issued'].includes(one.state),
    )
    const mine = open.filter((one) => this.is_mine(one))
    const rows = {
      to_receive: mine.filter((one) => one.state === 'submitted'),
      to_serve: mine.filter((one) => one.state === 'issued' && one.card),
      to_accept: mine.filter((one) => one.state === 'received'),
      to_correct: mine.filter((one) => one.state === 'correction'),
      to_issue: mine.filter((one) => one.state === 'approved'),
      to_review: mine.filter((one) => one.state === 'accepted'),
      near_due: mine.filter((one) => one.clock.lamp.shape === 'yellow'),
      overdue: mine.filter((one) => one.clock.lamp.shape === 'red'),
    }[name]
    if (!rows) throw new Problem(404, 'queue_is_unknown')
    return [...rows].sort((one, other) => one.clock.due.day.localeCompare(other.clock.due.day))
  }

  is_mine(found) {
    if (this.roles().includes('clerk')) return true
    if (this.roles().includes('inspector')) return found.special !== undefined
    return found.state === 'accepted'
  }

  names() {
    return this.roles().includes('clerk')
      ? ['to_receive', 'to_accept', 'to_correct', 'to_issue', 'to_serve', 'near_due', 'overdue']
      : ['to_review', 'near_due', 'overdue']
  }

  find(no) {
    const found = this.cases.find((one) => one.case_no === no)
    if (!found) throw new Problem(404, 'case_is_unknown')
    return found
  }

  acts(found) {
    const closed = (name, why_not, code) => ({ name, allowed: false, why_not, code })
    const lawful = (name) => [{ name, allowed: true }]
    const [step] = found.special ?? []
    if (this.roles().includes('inspector')) {
      if (step?.state === 'to_plan') return lawful('start_special')
      return step?.state === 'planned' ? lawful('record_special') : []
    }
    if (found.state === 'submitted') return lawful('receive_papers')
    if (found.state === 'issued' && found.card && this.roles().includes('clerk')) return lawful('serve')
    if (this.roles().includes('clerk')) {
      if (found.state === 'received')
        return ['accept', 'correct', 'refuse'].map((name) => ({ name, allowed: true }))
      const why = found.state === 'correction' ? '等申请人补正，补好后再办' : '已受理，不能再要求补正'
      return [closed('accept', why, ''), closed('correct', why, '')]
    }
    if (found.state !== 'accepted')
      return [closed('decide', '这件现在不在您的岗位', 'case_is_not_at_this_post')]
    if (found.receiver === this.signed_in)
      return [closed('decide', '这件是您受理的，要由别人审', 'reviewer_was_acceptor')]
    return [
      { name: 'decide', allowed: true },
      closed('correct', '已受理，不能再要求补正', 'case_is_already_accepted'),
    ]
  }

  shown(found) {
    if (found.state === 'approved' && Date.now() > found.made_at) this.issue(found)
    const order = ['收件', '受理', '审核', '决定', '制证', '送达']
    const at = {
      submitted: 0,
      received: 1,
      correction: 1,
      accepted: 3,
      approved: 4,
      issued: 5,
      concluded: 6,
      denied: 5,
      not_accepted: 1,
    }[found.state]
    const { receiver: _, made_at: __, ...rest } = found
    return {
      ...rest,
      acts: this.acts(found),
      flow: order.map((name, step) => ({
        name,
        state: step < at ? 'done' : step === at ? 'now' : 'to_come',
        ...(step === at ? { who: found.state === 'accepted' ? '林静' : '王婷' } : {}),
      })),
    }
  }

  row(found) {
    const { case_no, short_no, item, item_name, source, received_at, state, version } = found
    return {
      case_no,
      short_no,
      item,
      item_name,
      applicant: found.applicant.name,
      step: STEPS[state],
      source,
      received_at,
      state,
      due: found.clock.due,
      lamp: found.clock.lamp,
      version,
    }
  }

  issue(found) {
    found.state = 'issued'
    found.version++
    found.licence = { id: 'LIC1', number: '99010200120260005417', name: '亲属关系情况证明' }
    found.clock = { kind: 'none', lamp: { shape: 'none', text: '已办结' } }
    this.write(found, '系统', '制证完成')
  }

  write(found, who, what, note) {
    found.history.push({
      at: new Date(Date.parse(NOW) + found.history.length * 1000).toISOString(),
      who,
      what,
      ...(note ? { note } : {}),
    })
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
    if (name === 'correction')
      Object.assign(found, {
        state: 'correction',
        correction: {
          asked_at: NOW,
          due: { day: '2026-10-22', provisional: false },
          gaps: body.gaps.map((gap) => ({
            ...gap,
            label: found.gap_targets.find((one) => one.key === gap.key)?.label ?? gap.key,
          })),
        },
      })
    if (name === 'refusal')
      Object.assign(found, {
        state: 'not_accepted',
        outcome: { kind: 'not_accepted', reason: body.reason, basis: body.basis, remedies: '' },
      })
    if (name === 'decision' && body.verdict === 'approve')
      Object.assign(found, { state: 'approved', made_at: Date.now() + 4000 })
    if (name === 'decision' && body.verdict === 'deny')
      Object.assign(found, {
        state: 'denied',
        outcome: { kind: 'denied', reason: body.reason, basis: body.basis, remedies: '' },
      })
    found.version++
    this.write(
      found,
      who,
      {
        acceptance: '受理',
        correction: `一次性告知补正 ${body.gaps?.length} 处`,
        refusal: '不予受理',
        decision: body.verdict === 'approve' ? '准予出具' : '不予出具',
      }[name],
    )
    if (key) this.done.set(key, name)
    return this.shown(found)
  }

  /** Acts with a form of their own. */
  deed(no, name, body, key) {
    if (key && this.done.has(key)) return this.shown(this.find(no))
    const found = this.find(no)
    if (body.version !== found.version) throw new Problem(409, 'case_changed_meanwhile')
    const what = DEEDS[name](found, body)
    found.version++
    this.write(found, STAFF[this.signed_in].name, what)
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
      throw this.wrong >= 5
        ? new Problem(429, 'account_is_locked', { retry_after: 900 })
        : new Problem(401, 'account_or_password_is_wrong', { attempts_left: 5 - this.wrong })
    }
    this.wrong = 0
    this.signed_in = account
    this.post = staff.posts.length === 1 ? staff.posts[0] : null
    return this.me()
  }

  me() {
    if (!this.signed_in) return { signed_in: false, csrf: 'mock' }
    const staff = STAFF[this.signed_in]
    return {
      signed_in: true,
      csrf: 'mock',
      kind: 'staff',
      name: staff.name,
      region: '990102001',
      staff: {
        number: this.signed_in,
        posts: staff.posts,
        ...(this.post ? { post: this.post } : {}),
        last_sign_in: '2026-10-14T17:28:00+08:00',
      },
    }
  }
}
