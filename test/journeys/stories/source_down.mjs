// C: 欧阳思远 proves that 欧阳明 is his father while the household register does not answer about him: the page says since
// when and what to do, he uploads, people decide. On a phone he reads large print all the way.
import { accept, decide } from '../desk.mjs'
import { apply, download, find, large_print, start } from '../portal.mjs'

const item = '亲属关系情况证明'

async function told_of_trouble(stage, me) {
  const row = me.page.locator('.tb-source.trouble').first()
  await row.waitFor()
  const text = await row.innerText()
  stage.expect(/起|\d{1,2}:\d{2}/.test(text), `since when it is down: ${text}`)
  stage.expect(/上传|自己填写|先往下办/.test(text), `what to do instead: ${text}`)
}

async function run(stage) {
  const me = await stage.person('ouyang')
  await find(stage, me, '亲属关系', item)
  if (stage.size === 'phone') await large_print(me)
  await start(stage, me, { region: '990102003000', phone: '19900000006', short: 'c' })
  const filed = await apply(stage, me, {
    short: 'c',
    answers: {
      relation: 'father', other_name: '欧阳明', other_id_number: '990121196604040112', purpose: 'medical',
      receiving_unit: '示例市人民医院', contact_phone: '19900000006',
    },
    papers: { 亲属关系情况承诺书: 'promise', 居民户口簿: 'upload', 出生医学证明: 'promise' },
    on_registers: () => told_of_trouble(stage, me),
  })
  stage.expect(/已转给工作人员办/.test(filed.text), 'a person decides')
  await stage.step('accept', async () => accept(stage, await stage.staff('qs001'), filed.number, item))
  const reviewer = await stage.staff('qs002', '审核岗')
  await stage.step('decide', () => decide(stage, reviewer, filed.number, item, '户口簿记载两人为父子，同意出具。'))
  await stage.step('download', () => download(stage, me, filed.number))
}

export const source_down = { name: 'C kinship, the register is down (#5)', run }
