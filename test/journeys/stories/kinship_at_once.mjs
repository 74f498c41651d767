// A: 李晓燕 proves that 王知远 is her son. The registers bear it out: nothing to hand in, decided in the moment.
import { apply, download, find, start, verify } from '../portal.mjs'

const item = '亲属关系情况证明'

async function run(stage) {
  const me = await stage.person('li')
  await find(stage, me, 'qsgx', item)
  await start(stage, me, { region: '990102002000', phone: '19900000002', short: 'a' })
  const filed = await apply(stage, me, {
    short: 'a',
    answers: {
      relation: 'son', other_name: '王知远', other_id_number: '990102200605180133', purpose: 'bank',
      receiving_unit: '示例银行河东支行', contact_phone: '19900000002',
    },
    on_confirm: async () => {
      const text = await me.page.locator('main, .apply').first().innerText()
      stage.expect((text.match(/免交/g) ?? []).length >= 3, 'papers are waived with their reasons')
    },
  })
  stage.expect(/当场办完/.test(filed.text), 'decided at once')
  stage.expect(/登记里查到你们两人就是您填的关系/.test(filed.text), 'the reason stands on the receipt')
  stage.expect(filed.burden.materials_waived === filed.burden.materials_total, 'nothing has to be handed in')
  const issued = await stage.step('the sealed proof', () => download(stage, me, filed.number))
  const stranger = await stage.person('stranger')
  await stage.step('a stranger verifies', () => verify(stage, stranger, issued))
}

export const kinship_at_once = { name: 'A kinship, decided at once (#5)', run }
