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

/** The same again on the papers it would have replaced: whole on the first, in a word on the others. */
async function told_on_the_papers(stage, me) {
  const boxes = me.page.locator('.tb-material .tb-silence')
  stage.expect((await boxes.count()) === 1, `told on the papers ${await boxes.count()} times`)
  stage.expect(/联系不上/.test(await boxes.first().innerText()), 'the paper says who is silent')
  stage.expect((await me.page.getByText('也是因为没查到').count()) > 0, 'the other papers say it in a word')
}

/** The line of his phone goes while he types: it says so at the button, keeps what he typed, and saves when it is back. */
async function line_goes(stage, me) {
  const name = me.page.locator('#f-other_name')
  if (!(await name.count())) return
  const typed = await name.inputValue()
  const failures = me.failures.length
  await me.context.setOffline(true)
  await name.fill('欧阳')
  const told = me.page.locator('.tb-not-saved')
  await told.getByText('您的网络断了').waitFor()
  await me.look('c-line-gone')
  await name.fill(typed)
  await me.context.setOffline(false)
  await told.waitFor({ state: 'detached' })
  await me.page.getByText('已自动保存').waitFor()
  me.failures.splice(failures, me.failures.length, ...me.failures.slice(failures).filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one)))
  stage.expect((await name.inputValue()) === typed, 'what was typed is kept')
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
    on_form: () => line_goes(stage, me),
    on_papers_first: () => told_on_the_papers(stage, me),
  })
  stage.expect(/已转给工作人员办/.test(filed.text), 'a person decides')
  await stage.step('accept', async () => accept(stage, await stage.staff('qs001'), filed.number, item))
  const reviewer = await stage.staff('qs002', '审核岗')
  await stage.step('decide', () => decide(stage, reviewer, filed.number, item, '户口簿记载两人为父子，同意出具。'))
  await stage.step('download', () => download(stage, me, filed.number))
}

export const source_down = { name: 'C kinship, the register is down (#5)', run }
