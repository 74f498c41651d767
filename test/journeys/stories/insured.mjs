// #11: 马超 needs a proof of insurance; the register fills the form, rules decide. For the next he wants a person to decide, and
// then no proof at all: he withdraws, and has it in writing.
import { open_case } from '../desk.mjs'
import { apply, download, find, start } from '../portal.mjs'

const item = '社会保险参保证明'

async function run(stage) {
  const me = await stage.person('ma')
  await find(stage, me, 'cbzm', item)
  await start(stage, me, { region: '990102000000', phone: '19900000010', short: 'insured' })
  const filed = await apply(stage, me, { short: 'insured', answers: { purpose: 'loan', contact_phone: '19900000010' } })
  stage.expect(/当场办完/.test(filed.text), 'decided at once')
  await stage.step('the sealed proof', () => download(stage, me, filed.number))
}

async function withdraw(stage, me, number) {
  await me.go(`/cases/${number}`)
  await me.press(/撤回申请/)
  await me.look('withdraw')
  await me.click(me.page.locator('dialog[open]').getByRole('button', { name: '撤回申请', exact: true }))
  await me.until('the letter about it', async () => {
    const { state, letters } = await me.ask(`/api/cases/mine/${number}`)
    return state === 'withdrawn' && letters.some((letter) => letter.kind === 'withdrawal' && letter.state === 'ready')
  })
  await me.go(`/cases/${number}`)
  await me.page.getByText('撤回申请确认书').first().waitFor()
  await me.look('withdrawn')
}

async function by_person(stage) {
  const me = await stage.person('ma')
  await find(stage, me, '参保证明', item)
  await start(stage, me, { region: '990102000000', phone: '19900000010', short: 'asked' })
  const filed = await apply(stage, me, {
    short: 'asked', by_person: true, answers: { purpose: 'work', contact_phone: '19900000010' },
  })
  stage.expect(/已转给工作人员办/.test(filed.text), 'a person decides')
  stage.expect(/您要求由工作人员办理/.test(filed.text), 'because he asked for it')
  const clerk = await stage.staff('qu001')
  await stage.step('the window sees that he asked', async () => {
    await open_case(clerk, filed.number, item)
    await clerk.page.getByText(/申请人要求由工作人员办理/).first().waitFor()
    await clerk.look('desk-asked')
  })
  await stage.step('he withdraws and has it in writing', () => withdraw(stage, me, filed.number))
  await stage.step('he may apply again', async () => {
    await me.click(me.page.getByRole('link', { name: '重新申请' }))
    await me.page.getByRole('heading', { level: 1, name: item }).waitFor()
  })
}

export const insured = { name: 'proof of insurance, at once (#11)', run }
export const asked_for_a_person = { name: 'proof of insurance, a person is asked for (#11)', run: by_person }
