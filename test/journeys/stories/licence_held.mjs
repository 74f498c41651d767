// 李晓燕 proves that 王志强 is her husband while the marriage register has lost them: the marriage certificate that she holds as an
// e-licence stands for the paper, and nobody asks her for it.
import { accept, decide, open_case } from '../desk.mjs'
import { apply, download, find, start } from '../portal.mjs'

const item = '亲属关系情况证明', certificate = 'J990102-2004-000001'

async function stands_for_the_paper(stage, me) {
  const text = await me.page.locator('.tb-settled').filter({ hasText: '结婚证' }).innerText()
  stage.expect(text.includes(certificate), `the certificate is named: ${text}`)
  stage.expect((await me.page.locator('input[type=file]').count()) === 0, 'nothing is to be uploaded')
}

async function run(stage) {
  await stage.switch('mar', 'none', '99010219810725024X')
  const me = await stage.person('li')
  await find(stage, me, 'qsgx', item)
  await start(stage, me, { region: '990102002000', phone: '19900000002', short: 'held' })
  const filed = await apply(stage, me, {
    short: 'held',
    answers: {
      relation: 'spouse', other_name: '王志强', other_id_number: '990102197903110032', purpose: 'bank',
      receiving_unit: '示例银行河东支行', contact_phone: '19900000002',
    },
    papers: { 亲属关系情况承诺书: 'promise' },
    on_papers_first: () => stands_for_the_paper(stage, me),
  })
  await stage.switch('mar', 'ok', '99010219810725024X')
  stage.expect(filed.burden.materials_from_licence === 1, `papers from licences: ${filed.burden.materials_from_licence}`)
  stage.expect(/已转给工作人员办/.test(filed.text), 'a person decides what the register does not bear out')
  const clerk = await stage.staff('hd001')
  await stage.step('the desk reads the licence', async () => {
    await open_case(clerk, filed.number, item)
    const licence = clerk.page.locator('.licence-given')
    await licence.getByText(certificate).waitFor()
    stage.expect(!(await licence.innerText()).includes('王志强'), 'whose spouse she is stays masked')
    await clerk.look('held-desk')
    await clerk.click(licence.getByRole('button', { name: '看全部' }))
    const dialog = clerk.page.getByRole('dialog')
    await clerk.type(dialog.locator('#reveal-reason'), '核对结婚证上的配偶')
    await clerk.click(dialog.getByRole('button', { name: /记录并查看/ }))
    await licence.getByText('王志强').waitFor()
  })
  await stage.step('accept', () => accept(stage, clerk, filed.number, item))
  const reviewer = await stage.staff('hd002')
  await stage.step('decide', () => decide(stage, reviewer, filed.number, item, '结婚证记载两人为夫妻，同意出具。'))
  await stage.step('download', () => download(stage, me, filed.number))
}

export const licence_held = { name: 'kinship, a licence stands for the paper (#5)', run }
