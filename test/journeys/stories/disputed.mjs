// 纠错: 李晓燕 says that the insurance register has her employer wrong. Both values are kept, a person decides though the
// rules could have, the source gets a ticket, and its answer comes back to her and to the desk.
import { open_case } from '../desk.mjs'
import { apply, find, leave_step, start } from '../portal.mjs'

const item = '社会保险参保证明'
const held = '示例区同心商贸有限公司', stated = '示例区同心百货有限公司'

/** Where the register filled the whole page it was passed by; from the last look one goes back to it. */
async function say_it_is_wrong(stage, me) {
  await me.click(me.page.getByRole('link', { name: /改或纠错/ }).or(me.button(/改或纠错/)).first())
  const field = me.page.locator('#f-unit_name')
  await field.getByText(held).waitFor()
  await me.click(field.getByRole('button', { name: /有误/ }))
  await me.look('disputed-open')
  await me.press('提出纠错')
  await field.getByText('请写上正确的').first().waitFor()
  await me.type(field.locator('#f-dispute-unit_name'), stated)
  await me.type(field.locator('#dispute-note-unit_name'), '九月换了单位，有劳动合同。')
  await me.press('提出纠错')
  for (const text of [`您说是：${stated}`, `登记的是：${held}`]) await field.getByText(text).waitFor()
  await me.look('disputed-both')
  while (!/\/confirm$/.test(me.page.url())) await leave_step(me)
  await me.page.getByText(`您说：${stated}（登记的是：${held}）`).waitFor()
}

async function answered(stage, me, number) {
  // the source is asked once a minute what became of its tickets
  const found = await me.until('the answer of the source', async () => {
    const [dispute] = (await me.ask(`/api/cases/mine/${number}`)).disputes
    return ['mended', 'rejected', 'answered'].includes(dispute.ticket_state) && dispute
  }, 90)
  await me.go(`/cases/${number}`)
  await me.click(me.page.getByText('您提的纠错（1处）'))
  await me.page.getByText(found.ticket_answer).first().waitFor()
  await me.look('disputed-answered')
  await me.go('/messages')
  await me.page.getByText('您提的纠错有答复了').first().waitFor()
}

async function run(stage) {
  const me = await stage.person('li')
  await find(stage, me, 'cbzm', item)
  await start(stage, me, { region: '990102000000', phone: '19900000002', short: 'disputed' })
  const filed = await apply(stage, me, {
    short: 'disputed',
    answers: { purpose: 'loan', contact_phone: '19900000002' },
    on_confirm: (who) => say_it_is_wrong(stage, who),
  })
  stage.expect(/已转给工作人员办/.test(filed.text), 'a person decides')
  stage.expect(/您对部门数据提出了纠错/.test(filed.text), 'because something is disputed')
  const { tickets } = await me.until('the ticket at the source', async () => {
    const reply = await me.page.request.get(`${stage.sim}/control/corrections`)
    const said = await reply.json()
    const mine = (said.corrections ?? []).filter((one) => one.source === 'si')
    return mine.length > 0 && { tickets: mine }
  })
  stage.expect(JSON.stringify(tickets).includes(stated), 'the source reads what she says')
  const clerk = await stage.staff('qu001')
  await stage.step('the desk shows both', async () => {
    await open_case(clerk, filed.number, item)
    for (const text of [stated, held, '申请人对部门数据提出了纠错']) await clerk.page.getByText(text).first().waitFor()
    await clerk.look('desk-disputed')
  })
  await stage.step('the answer comes back', () => answered(stage, me, filed.number))
}

export const disputed = { name: 'a register is wrong: 纠错', run }
