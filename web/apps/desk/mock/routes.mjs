// The contract's paths over the desk in memory.
import { NOW, Problem, STAFF } from './desk.mjs'
import { pdf_page, picture } from './page.mjs'
import { APPLICATION } from './intake.mjs'
import { new_case } from './cases.mjs'
import * as watch from './watch.mjs'

const PAGE = 20
const json = (value) => ({ status: 200, type: 'application/json', json: value })
const nothing = { status: 204 }
const pdf = (...lines) => ({ status: 200, type: 'application/pdf', bytes: pdf_page(lines) })

const GUIDE = {
  code: '992080005001',
  name: '亲属关系情况证明',
  summary: '证明您和家人是什么关系。',
  version: 2,
  published_on: '2026-03-01',
  audience: 'person',
  kind: 'promised',
  promise: { value: 2, unit: 'working_day', text: '2个工作日' },
  statutory_text: '没有法定期限',
  visits: 0,
  visits_text: '全程网办，不用跑',
  fee_text: '不收费',
  minutes: 8,
  real_name_level: 2,
  conditions: ['户籍在本市的居民'],
  materials: [
    { key: 'own_id', name: '申请人身份证', way: 'waived', necessity: 'required', note: '实名信息代替' },
    { key: 'household', name: '户口簿', way: 'upload', necessity: 'required', note: '首页和本人页' },
  ],
  steps: [
    { name: '受理', who: '街道窗口', time_text: '1个工作日' },
    { name: '审核', who: '民政审核岗', time_text: '2个工作日' },
  ],
  basis: [{ title: '示例市证明事项清单', article: '第5项' }],
  faq: [{ question: '社区能开吗？', answer: '不能，由街道出具。' }],
  halls: [],
  bodies: [
    {
      region: '990102001',
      region_name: '示例街道',
      county_name: '示例区',
      body_name: '示例街道办事处',
    },
    {
      region: '990102002',
      region_name: '河东街道',
      county_name: '示例区',
      body_name: '河东街道办事处',
    },
  ],
  result_name: '亲属关系情况证明',
  result_text: '电子证明，PDF，加盖电子印章',
  remedies: { text: '可以申请行政复议或提起行政诉讼。' },
  phones: { consult: '12345', complain: '12345' },
  available: true,
}

function licence(desk) {
  const { id, version, state, revoked } = desk.licence
  return {
    id,
    version,
    case_no: desk.cases[0].case_no,
    ...(revoked ? { revoked } : {}),
    card: {
      id,
      type_name: '亲属关系情况证明',
      number: '99010200120260005417',
      holder: '周**',
      issuer: '示例街道办事处',
      issued_on: '2026-10-14',
      state,
    },
    face: [
      { label: '对方姓名', value: '周**' },
      { label: '关系', value: '父女' },
      { label: '用途', value: '办理继承公证' },
    ],
  }
}

const routes = [
  [
    'GET',
    /^\/api\/org\/site$/,
    () =>
      json({
        name: '示例市通办',
        city: '示例市',
        host_body: '示例市人民政府',
        address: 'localhost',
        hotline: '12345',
        now: NOW,
        today: NOW.slice(0, 10),
        demonstration: true,
        calendar_until: 2026,
      }),
    'open',
  ],
  ['GET', /^\/api\/identity\/me$/, (desk) => json(desk.me()), 'open'],
  ['POST', /^\/api\/identity\/sign-in$/, (desk, _, body) => json(desk.sign_in(body)), 'open'],
  [
    'POST',
    /^\/api\/identity\/sign-out$/,
    (desk) => {
      desk.signed_in = null
      desk.post = null
      return nothing
    },
  ],
  [
    'POST',
    /^\/api\/identity\/post$/,
    (desk, _, body) => {
      desk.post = STAFF[desk.signed_in].posts.find((one) => one.id === body.post) ?? desk.post
      return json(desk.me())
    },
  ],
  [
    'GET',
    /^\/api\/cases\/desk\/queues$/,
    (desk) => json({ queues: desk.names().map((name) => ({ name, count: desk.queue(name).length })) }),
  ],
  [
    'GET',
    /^\/api\/cases\/desk\/queues\/(\w+)$/,
    (desk, [name], _, query) => {
      const all = desk.queue(name).filter((one) => !query.get('item') || one.item === query.get('item'))
      const from = Number(query.get('after') ?? 0)
      const rows = all.slice(from, from + PAGE).map((one) => desk.row(one))
      return json({
        rows,
        total: all.length,
        ...(from + PAGE < all.length ? { next: String(from + PAGE) } : {}),
      })
    },
  ],
  [
    'GET',
    /^\/api\/cases\/desk\/search$/,
    (desk, _, __, query) => {
      const q = query.get('q')
      const rows = desk.cases
        .filter(
          (one) =>
            q === one.case_no || q === one.short_no || (q === '周小兰' && one.applicant.name === '周**'),
        )
        .map((one) => desk.row(one))
      return json({ rows, total: rows.length })
    },
  ],
  ['GET', /^\/api\/cases\/desk\/cases\/(\w+)$/, (desk, [no]) => json(desk.shown(desk.find(no)))],
  [
    'POST',
    /^\/api\/cases\/desk\/cases\/(\w+)\/(acceptance|correction|refusal|decision)$/,
    (desk, [no, name], body, _, headers) => json(desk.act(no, name, body, headers['idempotency-key'])),
  ],
  [
    'POST',
    /^\/api\/cases\/desk\/cases\/(\w+)\/(papers|special|special\/result|service)$/,
    (desk, [no, name], body, _, headers) => json(desk.deed(no, name, body, headers['idempotency-key'])),
  ],
  [
    'POST',
    /^\/api\/cases\/desk\/cases\/(\w+)\/preview$/,
    (desk, [no], body) => {
      const titles = {
        accept: '受理通知书',
        correct: '补正告知书',
        refuse: '不予受理通知书',
        approve: '亲属关系情况证明',
        deny: '不予出具决定书',
      }
      return pdf(
        titles[body.act],
        `办件编号 ${no}`,
        ...(body.gaps ?? []).map((gap, at) => `${at + 1}. ${gap.problem} ${gap.remedy}`),
        body.reason ?? '',
        body.basis ?? '',
        '示例街道办事处',
      )
    },
  ],
  [
    'POST',
    /^\/api\/cases\/desk\/cases\/(\w+)\/reveal$/,
    (desk, [no], body) => {
      desk.write(desk.find(no), STAFF[desk.signed_in].name, '查看了全部信息', body.reason)
      return json({
        values: {
          'applicant.name': '周小兰',
          'applicant.id_number': '990101199003070044',
          'applicant.phone': '13800008000',
          other_name: '周健国',
          other_id: '990101196005020028',
        },
      })
    },
  ],
  [
    'GET',
    /^\/api\/cases\/desk\/cases\/(\w+)\/files\/(\w+)$/,
    (_, [__, id]) =>
      id === 'F3'
        ? pdf('出生医学证明', '姓名 周小兰', '父亲 周建国')
        : {
            status: 200,
            type: 'image/svg+xml',
            bytes: picture(
              id === 'F1' ? '户口簿首页（第一次）' : '户口簿首页（重拍）',
              id === 'F1' ? '#b9a88f' : '#e9edf1',
            ),
          },
  ],
  [
    'GET',
    /^\/api\/cases\/desk\/cases\/(\w+)\/letters\/(\w+)$/,
    (_, [no, id]) => pdf(id === 'L1' ? '收件凭证' : '受理通知书', `办件编号 ${no}`, '示例街道办事处'),
  ],
  [
    'GET',
    /^\/api\/catalog\/search$/,
    (_, __, ___, query) => {
      const hit = {
        code: GUIDE.code,
        name: GUIDE.name,
        summary: GUIDE.summary,
        time_text: '2个工作日',
        visits: 0,
        fee_text: '不收费',
      }
      const fits = !query.get('q') || GUIDE.name.includes(query.get('q'))
      return json({ count: fits ? 1 : 0, hits: fits ? [hit] : [], nearest: fits ? [] : [hit] })
    },
    'open',
  ],
  ['GET', /^\/api\/catalog\/items\/(\w+)$/, () => json(GUIDE), 'open'],
  [
    'GET',
    /^\/api\/licences\/desk$/,
    (desk, _, __, query) => {
      if (query.get('number') !== '99010200120260005417') throw new Problem(404, 'licence_is_unknown')
      return json(licence(desk))
    },
  ],
  [
    'POST',
    /^\/api\/licences\/desk\/(\w+)\/revocation$/,
    (desk, _, body) => {
      if (desk.licence.state === 'revoked') throw new Problem(409, 'licence_already_revoked')
      Object.assign(desk.licence, {
        state: 'revoked',
        version: 2,
        revoked: { at: NOW, by: '示例街道办事处', kind: body.kind },
      })
      return json(licence(desk))
    },
  ],
  ['GET', /^\/api\/catalog\/items\/(\w+)\/application$/, () => json(APPLICATION), 'open'],
  ['POST', /^\/api\/cases\/desk\/intake$/, (desk, _, body) => json(desk.intakes.open(body))],
  [
    'GET',
    /^\/api\/cases\/desk\/intake$/,
    (desk) =>
      json({
        drafts: [...desk.intakes.drafts.values()].map((one) => ({
          ...one,
          applicant: one.applicant.name,
          filer: '林静',
          kept_until: '2026-10-30',
        })),
      }),
  ],
  ['GET', /^\/api\/cases\/desk\/intake\/(\w+)$/, (desk, [id]) => json(desk.intakes.one(id))],
  ['PUT', /^\/api\/cases\/desk\/intake\/(\w+)$/, (desk, [id], body) => json(desk.intakes.save(id, body))],
  [
    'DELETE',
    /^\/api\/cases\/desk\/intake\/(\w+)$/,
    (desk, [id]) => {
      desk.intakes.drafts.delete(id)
      return nothing
    },
  ],
  ['POST', /^\/api\/cases\/desk\/intake\/(\w+)\/data$/, (desk, [id]) => json(desk.intakes.ask_data(id))],
  ['POST', /^\/api\/cases\/desk\/intake\/(\w+)\/check$/, (desk, [id]) => json(desk.intakes.check(id))],
  [
    'POST',
    /^\/api\/cases\/desk\/intake\/(\w+)\/confirmation$/,
    (desk, [id], body) => json(desk.intakes.confirm(id, body)),
  ],
  [
    'POST',
    /^\/api\/cases\/desk\/intake\/(\w+)\/confirmation\/code$/,
    (desk, [id], body) => {
      if (body.code !== '123456') throw new Problem(422, 'confirmation_code_is_wrong')
      return json(desk.intakes.give_code(id, body))
    },
  ],
  [
    'GET',
    /^\/api\/cases\/desk\/intake\/(\w+)\/confirmation$/,
    (desk, [id], _, query) => json(desk.intakes.confirmation(id, query.get('about') ?? 'application')),
  ],
  [
    'POST',
    /^\/api\/cases\/desk\/intake\/(\w+)\/submission$/,
    (desk, [id]) => {
      const made = new_case(200 + desk.cases.length, 'received')
      desk.cases.push(made)
      return json(desk.intakes.submit(id, made))
    },
  ],
  ['GET', /^\/api\/supervision\/board$/, (_, __, ___, query) => json(watch.board(query))],
  ['GET', /^\/api\/supervision\/cases$/, (_, __, ___, query) => json(watch.watched_cases(query))],
  ['GET', /^\/api\/exchange\/sources$/, () => json(watch.sources())],
  [
    'GET',
    /^\/api\/exchange\/sources\/(\w+)\/calls$/,
    (_, [source], __, query) => json(watch.calls(source, query)),
  ],
  ['GET', /^\/api\/exchange\/resources$/, () => json(watch.resources())],
  ['GET', /^\/api\/exchange\/corrections$/, () => json(watch.corrections())],
  [
    'POST',
    /^\/mock\/reset$/,
    (desk) => {
      desk.reset()
      return nothing
    },
    'open',
  ],
  [
    'POST',
    /^\/mock\/end$/,
    (desk) => {
      desk.signed_in = null
      return nothing
    },
    'open',
  ],
  [
    'POST',
    /^\/mock\/touch\/(\w+)$/,
    (desk, [no]) => {
      desk.touch(no)
      return nothing
    },
    'open',
  ],
  [
    'POST',
    /^\/mock\/arrive\/(\d+)$/,
    (desk, [count]) => {
      desk.arrive(Number(count))
      return nothing
    },
    'open',
  ],
  [
    'POST',
    /^\/mock\/empty$/,
    (desk) => {
      desk.cases = []
      return nothing
    },
    'open',
  ],
  [
    'POST',
    /^\/mock\/fail\/(\w*)$/,
    (desk, [code]) => {
      desk.fail = code
      return nothing
    },
    'open',
  ],
]

export function answer(desk, method, url, body, headers) {
  try {
    for (const [wanted, pattern, handler, open] of routes) {
      const match = wanted === method ? pattern.exec(url.pathname) : null
      if (!match) continue
      if (!open && !desk.signed_in) throw new Problem(401, 'session_ended')
      if (!open && desk.fail) throw new Problem(500, desk.fail)
      return handler(desk, match.slice(1), body, url.searchParams, headers)
    }
    throw new Problem(404, 'route_is_unknown')
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    const { status, code, more } = thrown
    return {
      status,
      type: 'application/problem+json',
      json: { type: 'about:blank', title: code, status, code, trace: 'MOCK-1', ...more },
      headers: more.retry_after ? { 'Retry-After': String(more.retry_after) } : {},
    }
  }
}
