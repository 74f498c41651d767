// #8: 阿依古丽·买买提 for herself and her child, at once; 陈大力 owns a house, so a person looks at it and he is told why.
import { open_case } from '../desk.mjs'
import { apply, download, find, start, verify } from '../portal.mjs'

const item = '无房证明'
const told = { receiving_unit: '示例区住房保障中心' }

async function at_once(stage) {
  const me = await stage.person('aygul')
  await find(stage, me, 'wfzm', item)
  await start(stage, me, { region: '990102000000', phone: '19900000004', short: 'no-home' })
  const filed = await apply(stage, me, {
    short: 'no-home',
    asks_along: true,
    answers: { scope: 'self_and_children', purpose: 'public_rental', ...told, contact_phone: '19900000004' },
  })
  stage.expect(/当场办完/.test(filed.text), 'decided at once')
  stage.expect(/没有查到您名下的房屋/.test(filed.text), 'her own reason')
  stage.expect(/没有要一起查的孩子，或者孩子名下没有查到房屋/.test(filed.text), 'the reason of the child')
  const issued = await stage.step('the sealed proof', () => download(stage, me, filed.number))
  await stage.step('a stranger verifies', async () => verify(stage, await stage.person('stranger'), issued))
}

async function owner(stage) {
  const me = await stage.person('chen')
  await find(stage, me, '无房', item)
  await start(stage, me, { region: '990121000000', phone: '19900000008', short: 'owner' })
  const filed = await apply(stage, me, {
    short: 'owner',
    answers: { scope: 'self', purpose: 'public_rental', ...told, contact_phone: '19900000008' },
  })
  stage.expect(/已转给工作人员办/.test(filed.text), 'a person decides')
  stage.expect(/查到您名下有房屋登记/.test(filed.text), 'the reason is told to him')
  const clerk = await stage.staff('xn001')
  await stage.step('the window sees the reason', async () => {
    await open_case(clerk, filed.number, item)
    await clerk.page.getByText(/查到申请人名下有房屋登记/).first().waitFor()
    await clerk.look('desk-owner')
  })
}

export const no_home = { name: 'no home, herself and her child (#8)', run: at_once }
export const owner_of_a_house = { name: 'no home, the owner of a house (#8)', run: owner }
