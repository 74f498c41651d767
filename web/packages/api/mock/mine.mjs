// What a person sees of their own: firms, the code for a window, consents, who looked; and the check at a window.
import * as item from './item.mjs'
import { items } from './more-items.mjs'
import { firms } from './region.mjs'
import { iso, now } from './time.mjs'
import { Refusal, world } from './world.mjs'

const not_found = (code) => new Refusal(404, code)

export const my_firms = ({ person }) => ({
  firms: firms.filter((one) => one.owner === person.id_number).map(({ owner: _, ...one }) => one),
})
export function my_code({ person }) {
  const code = String(Math.floor(Math.random() * 1e8)).padStart(8, '0')
  world.codes.set(code, person.id_number)
  return { code, until: iso(new Date(now().getTime() + 60_000)) }
}
export const my_consents = ({ person }) => ({
  consents: world.consents.filter((one) => one.owner === person.id_number).map(({ owner: _, ...one }) => one),
})
export function withdraw_consent({ person, params }) {
  const found = world.consents.find((one) => one.id === params.id && one.owner === person.id_number)
  if (!found) throw not_found('consent_is_unknown')
  if (!found.may_withdraw) throw new Refusal(409, 'consent_is_used_up')
  Object.assign(found, { state: 'withdrawn', may_withdraw: false })
  return my_consents({ person })
}
const look = (at, who, office, purpose, basis, what, case_no) => ({
  at,
  who,
  office,
  purpose,
  basis,
  basis_text: basis === 'consent' ? '您10月15日同意' : '法定职责：核对申请',
  what,
  ...(case_no ? { case_no } : {}),
})
const all_looks = [
  look(
    '2026-10-15T09:38:00+08:00',
    '系统',
    '示例街道办事处',
    '为了办“亲属关系情况证明”',
    'consent',
    ['户口登记信息', '亲属关系登记'],
    '99010220261015000550S',
  ),
  look(
    '2026-10-13T15:20:00+08:00',
    '林静',
    '示例街道办事处 综合窗口',
    '为了办“亲属关系情况证明”',
    'duty',
    ['姓名', '公民身份号码', '住址'],
    '99010220261012000417T',
  ),
  look(
    '2026-09-28T15:30:00+08:00',
    '林静',
    '示例街道办事处 综合窗口',
    '为了办“亲属关系情况证明”',
    'duty',
    ['姓名', '电话'],
    '99010220260928000305A',
  ),
]
export const looks = ({ person, query }) =>
  person.id_number !== '990102195603120029'
    ? { looks: [] }
    : query.get('after')
      ? { looks: all_looks.slice(2) }
      : { looks: all_looks.slice(0, 2), next: '2' }

const confirmations = {
  until: '2026-10-15T10:41:00+08:00',
  item_name: item.name,
  hall_name: '示例街道便民服务中心',
  applicant: '周**',
  pages: [
    {
      title: '您的情况',
      rows: [
        { key: 'name', label: '姓名', value: '周**', source: '身份证读卡' },
        {
          key: 'address',
          label: '户籍地址',
          value: '示例市示例区示例街道示例路26号3栋201室',
          source: '示例市公安局，今天10:12取得',
        },
      ],
    },
    {
      title: '亲属的情况',
      rows: [
        { key: 'relative', label: '亲属的姓名', value: '王知远' },
        { key: 'relation', label: '对方是您的什么人', value: '孙子女、外孙子女' },
      ],
    },
  ],
  materials: [
    { name: '能证明亲属关系的材料', way_text: '告知承诺' },
    { name: '居民身份证', way_text: '窗口读卡，不用交' },
  ],
  notice: item.notice,
  declaration: item.declaration,
  consent: items.get(item.code).consent,
  version: 3,
}
export function confirmation({ params }) {
  if (params.token === 'gone') throw new Refusal(410, 'confirmation_is_over')
  const told = world.confirmations.get(params.token)
  if (told) throw new Refusal(409, 'confirmation_is_given')
  return confirmations
}
export function confirm({ params, body }) {
  if (body.version !== confirmations.version) throw new Refusal(409, 'draft_changed_meanwhile')
  world.confirmations.set(params.token, body.right ? 'confirmed' : 'wrong')
  return { state: body.right ? 'confirmed' : 'wrong' }
}
