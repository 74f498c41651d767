// B: 周桂兰 proves that 王知远 is her grandchild. The registers have a gap: she promises and uploads, corrects once,
// people decide; a stranger verifies; a keeper revokes, and the stranger is told.
import { accept, ask_correction, decide, open_case, revoke } from '../desk.mjs'
import { extension } from '../extension.mjs'
import { apply, ask_by_number, download, find, start, upload, verify } from '../portal.mjs'

const item = '亲属关系情况证明'

async function one_case_only(stage, me, number) {
  const { waiting, open } = await me.ask('/api/cases/mine')
  const same = [...waiting, ...open].filter((row) => row.item_name === item)
  stage.expect(same.length === 1 && same[0].case_no === number, `a double tap made ${same.length} cases`)
}

async function correct(stage, me, number) {
  await me.go('/')
  await me.look('b-home-waiting')
  await me.go(`/cases/${number}`)
  await me.look('b-case-correction')
  await me.go(`/cases/${number}/correct`)
  await upload(me, me.page.locator('main'), '户口簿-补.png')
  await me.look('b-correct')
  await me.press('交上补正')
  await me.page.waitForURL((url) => !url.pathname.endsWith('/correct'))
}

async function progress(stage, stranger, filed) {
  await stranger.go('/progress')
  await stranger.type(stranger.page.getByLabel('办件编号'), filed.number)
  await stranger.type(stranger.page.getByLabel('查询码'), filed.code)
  await stranger.press('查进度')
  await stranger.page.getByText(item).first().waitFor()
  await stranger.look('progress')
}

async function run(stage) {
  const me = await stage.person('zhou')
  await find(stage, me, 'qsgx', item)
  await start(stage, me, { region: '990102001000', phone: '19900000001', short: 'b' })
  const filed = await apply(stage, me, {
    short: 'b',
    answers: {
      relation: 'grandchild', other_name: '王知远', other_id_number: '990102200605180133', purpose: 'bank',
      receiving_unit: '示例银行示例支行', contact_phone: '19900000001',
    },
    papers: { 亲属关系情况承诺书: 'promise', 居民户口簿: 'upload' },
    closes_browser: ['other_name', '王知远'],
    taps_twice: true,
  })
  stage.expect(/已转给工作人员办/.test(filed.text), 'a person decides')
  stage.expect(/登记里没有查到您填的关系/.test(filed.text), 'the gap is told')
  await one_case_only(stage, me, filed.number)
  const clerk = await stage.staff('sl001')
  await stage.look_once(clerk, 'desk-queue-window')
  await stage.step('ask for a correction', () => ask_correction(stage, clerk, filed.number, item, '居民户口簿'))
  await stage.step('correct', () => correct(stage, me, filed.number))
  await stage.step('accept', () => accept(stage, clerk, filed.number, item))
  const reviewer = await stage.staff('sl003')
  await stage.look_once(reviewer, 'desk-queue-review')
  const head = await stage.staff('sl007')
  await extension(stage, { me, reviewer, head }, { number: filed.number, item }, {
    first: { why: '要等迁出地派出所答复。' },
    reason: '答复今天已经到了，请先看。',
    then: { why: '答复缺一页，已请对方补发。' },
  })
  await stage.step('decide', () => decide(stage, reviewer, filed.number, item, '户口簿登记的关系与填写的一致，同意出具。'))
  const issued = await stage.step('download', () => download(stage, me, filed.number))
  const stranger = await stage.person('stranger')
  await stage.step('verify', () => verify(stage, stranger, issued))
  await stage.step('progress without signing in', () => progress(stage, stranger, filed))
  await stage.step('revoke', async () => {
    await revoke(await stage.staff('sl006'), issued.licence)
    await ask_by_number(stranger, issued.licence)
    await stranger.page.locator('.band').getByText('已撤销').waitFor()
    await stranger.look('verify-revoked')
  })
}

export const gap_then_promise = { name: 'B kinship, a gap in the registers (#5)', run }
