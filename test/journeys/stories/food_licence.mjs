// #53: 梁䶮 for his firm. The firm's data are locked; a site check is ordered and recorded by two inspectors; the reviewer asks
// for more time, the head first does not agree, then does; decided.
import { accept, act, confirm, decide, open_case } from '../desk.mjs'
import { extension } from '../extension.mjs'
import { apply, download, find, photo, start, verify } from '../portal.mjs'

const item = '食品经营许可（新办）'
const firm = '示例区好味来餐饮店有限公司'
const beijing = (at) => new Date(at.getTime() + 8 * 3600_000).toISOString()

async function firm_is_locked(stage, me, step) {
  if (step !== 'form-firm') return
  const text = await me.page.locator('.apply').innerText()
  stage.expect(text.includes(firm), 'the firm stands there')
  stage.expect((await me.page.locator('#f-firm_uscc input').count()) === 0, 'its number is not typed')
}

async function order_check(stage, me, number) {
  await open_case(me, number, item)
  stage.expect((await me.page.locator('main').innerText()).includes(firm), 'the name of a firm is public')
  const dialog = await act(me, /安排/)
  const day = dialog.locator('input[type=date]')
  if ((await day.inputValue()) === '') await me.type(day, beijing(new Date()).slice(0, 10))
  await me.look('desk-order-check')
  await confirm(me, dialog, /发出告知/)
}

async function record_check(stage, me, number) {
  await open_case(me, number, item)
  await me.look('desk-case-inspector')
  const dialog = await act(me, /记核查笔录/)
  for (const name of ['苗向晨', '郝青松']) await me.check(dialog.getByLabel(name))
  const place = dialog.locator('#deed-place')
  if ((await place.inputValue()) === '') await me.type(place, '示例市示例区示例街道示例路102号')
  const now = beijing(new Date())
  await me.type(dialog.locator('input[type=date]'), now.slice(0, 10))
  await me.type(dialog.locator('input[type=time]').nth(0), now.slice(11, 16))
  await me.type(dialog.locator('input[type=time]').nth(1), now.slice(11, 16))
  await me.click(dialog.getByRole('button', { name: '都符合' }))
  await me.check(dialog.locator('input[name=conclusion][value=pass]'))
  me.counts.clicks++
  await dialog.locator('input[type=file]').first().setInputFiles({ name: '现场照片.png', mimeType: 'image/png', buffer: photo })
  await dialog.getByRole('link', { name: '现场照片.png' }).waitFor()
  await me.look('desk-record-check')
  await confirm(me, dialog, /记入笔录/)
  const { special } = await me.ask(`/api/cases/desk/cases/${number}`)
  stage.expect(special[0].record.photos.length === 1, 'the photo is in the record')
  await me.page.locator('.record-photos img').first().waitFor()
  await me.look('desk-checked')
}

async function run(stage) {
  const me = await stage.person('liang')
  await find(stage, me, '开饭店', item)
  await start(stage, me, { region: '990102000000', phone: '19900000005', short: 'food' })
  const filed = await apply(stage, me, {
    short: 'food',
    asks_along: true,
    answers: {
      business_form: 'restaurant', projects: ['热食类食品制售'], floor_area: '120', staff_count: '6',
      premises: '示例市示例区示例街道示例路102号', manager_name: '梁䶮', manager_id_number: '990102198801300315',
      contact_phone: '19900000005',
    },
    papers: { 经营场所布局图: 'upload', 食品安全管理制度: 'promise' },
    on_form: (_, step) => firm_is_locked(stage, me, step),
  })
  await stage.step('accept', async () => accept(stage, await stage.staff('qu001'), filed.number, item))
  const inspector = await stage.staff('sc002')
  await stage.step('order the site check', () => order_check(stage, inspector, filed.number))
  await stage.step('record the site check', () => record_check(stage, inspector, filed.number))
  const [reviewer, head] = [await stage.staff('sc001'), await stage.staff('sc006')]
  await extension(stage, { me, reviewer, head }, { number: filed.number, item }, {
    first: { why: '布局图和现场有出入，要等企业改完再核对', days: 10 },
    reason: '先约企业到场核对，五天够了',
    then: { why: '布局图和现场有出入，要等企业改完再核对', days: 5 },
  })
  await stage.step('decide', async () => decide(stage, await stage.staff('sc001'), filed.number, item, '材料齐全，现场核查符合要求，同意许可。'))
  const issued = await stage.step('the licence', () => download(stage, me, filed.number))
  await stage.step('a stranger verifies', async () => verify(stage, await stage.person('stranger'), issued))
}

export const food_licence = { name: 'food licence of a firm, site check (#53)', run }
