// #25: 马超 works in 示例区. The proof of work is waived by his insurance; a clerk accepts, the police decide, the card goes
// by courier and the case ends with the record of service. Later he applies as a tenant, brings his photo to the window and
// fetches the card there.
import { accept, act, confirm, decide, open_case } from '../desk.mjs'
import { apply, find, start, wait_for_state } from '../portal.mjs'

const item = '居住证申领'
const home = '示例市示例区示例街道书院路19号4栋302室'

async function serve_in_person(stage, me, number) {
  await open_case(me, number, item)
  const dialog = await act(me, /^送达/)
  stage.expect(await dialog.locator('input[name=method][value=in_person]').isChecked(), 'what he chose is chosen')
  await me.type(dialog.locator('#deed-recipient'), '马超')
  await me.look('desk-serve-in-person')
  await confirm(me, dialog, /^送达/)
  await me.page.getByText(/已送达：/).first().waitFor()
}

async function receive_papers(stage, me, number) {
  await open_case(me, number, item)
  const dialog = await act(me, /^收件/)
  await me.check(dialog.getByLabel('本人相片'))
  await me.look('desk-receive-papers')
  await confirm(me, dialog, /^收件/)
}

async function serve(stage, me, number) {
  await open_case(me, number, item)
  const dialog = await act(me, /^送达/)
  await me.check(dialog.locator('input[name=method][value=courier]'))
  stage.expect((await dialog.innerText()).includes(home), 'where it goes')
  stage.expect((await dialog.locator('#deed-recipient').inputValue()) === '马超', 'and to whom')
  await me.type(dialog.locator('#deed-tracking_no'), 'SF9900000010')
  await me.look('desk-serve')
  await confirm(me, dialog, /^送达/)
  await me.page.getByText(/已送达：/).first().waitFor()
  await me.look('desk-served')
}

async function run(stage) {
  const me = await stage.person('ma')
  await find(stage, me, 'jzzsl', item)
  await start(stage, me, { region: '990102000000', phone: '19900000010', short: 'card' })
  const filed = await apply(stage, me, {
    short: 'card',
    asks_along: true,
    answers: { ground: 'employment', contact_phone: '19900000010' },
    papers: { 本人相片: 'upload' },
    collection: { recipient: '马超', phone: '19900000010', address: home },
    on_confirm: async () => {
      const text = await me.page.locator('.apply').innerText()
      stage.expect(/社会保险参保登记里查到您正在这里参保/.test(text), 'the proof of work is waived by insurance')
      stage.expect(/居住登记里查到您在这里住满了半年/.test(text), 'the proof of address is waived')
    },
  })
  stage.expect(filed.burden.materials_uploaded === 1, 'one photo is all there is to hand in')
  const clerk = await stage.staff('qu001')
  await stage.step('accept', () => accept(stage, clerk, filed.number, item))
  await stage.step('decide', async () => decide(stage, await stage.staff('ga001'), filed.number, item, '符合居住证申领条件，同意发放。'))
  await stage.step('made', () => wait_for_state(me, filed.number, 'issued'))
  await stage.step('the card is on its way', async () => {
    await me.go(`/cases/${filed.number}`)
    await me.look('card-issued')
  })
  await stage.step('serve by courier', () => serve(stage, clerk, filed.number))
  await stage.step('the person has it', async () => {
    await wait_for_state(me, filed.number, 'concluded')
    await me.go(`/cases/${filed.number}`)
    await me.page.getByRole('heading', { level: 1, name: /居住证（卡）已送达/ }).waitFor()
    await me.page.getByText(/送达回证/).first().waitFor({ state: 'attached' })
    await me.look('card-served')
  })
}

async function tenant(stage) {
  const me = await stage.person('ma')
  await find(stage, me, '居住证', item)
  await start(stage, me, { region: '990102000000', phone: '19900000010', short: 'tenant' })
  const filed = await apply(stage, me, {
    short: 'tenant',
    asks_along: true,
    answers: { ground: 'dwelling', contact_phone: '19900000010' },
    papers: { 本人相片: 'window', 合法稳定住所证明: 'upload' },
    collection: 'window',
  })
  stage.expect(filed.burden.materials_brought === 1, 'the photo is to be brought')
  await stage.step('told what to bring', async () => {
    await me.go(`/cases/${filed.number}`)
    await me.page.getByRole('heading', { level: 1, name: /把材料交到窗口/ }).waitFor()
    await me.look('tenant-brings')
  })
  const clerk = await stage.staff('qu001')
  await stage.step('papers come', () => receive_papers(stage, clerk, filed.number))
  await stage.step('accept', () => accept(stage, clerk, filed.number, item))
  await stage.step('decide', async () => decide(stage, await stage.staff('ga001'), filed.number, item, '符合居住证申领条件，同意发放。'))
  await stage.step('made', async () => {
    await wait_for_state(me, filed.number, 'issued')
    await me.go(`/cases/${filed.number}`)
    await me.page.getByRole('heading', { level: 1, name: /请到窗口领取/ }).waitFor()
    await me.look('tenant-fetches')
  })
  await stage.step('fetched', () => serve_in_person(stage, clerk, filed.number))
  await stage.step('the person has it', () => wait_for_state(me, filed.number, 'concluded'))
}

export const residence_card = { name: 'residence permit, the card by courier (#25)', run }
export const residence_card_fetched = { name: 'residence permit, fetched at the window (#25)', run: tenant }
