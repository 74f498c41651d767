// One case all the way, as each person does it, in a real browser against the real program:
//   node journey.mjs BASE SIZE [OUT]     SIZE phone | desk
// A resident finds the item by pinyin initials, reads the guide, signs in, fills the form, leaves and comes back, promises,
// uploads, submits; a clerk asks once for a correction; the resident corrects; the clerk accepts; a reviewer decides; the
// resident downloads; a stranger verifies by number, by address and by file; a keeper revokes; the stranger is told.
import { readFileSync } from 'node:fs'
import { Person, open_browser } from './browser.mjs'

const [base, size, out] = process.argv.slice(2)
const item = '992080005001'
const accounts = { resident: ['19900000001', 'Tongban-2026'], clerk: ['sl001', 'Desk-2026'], reviewer: ['sl003', 'Desk-2026'], keeper: ['sl006', 'Desk-2026'] }
const photo = readFileSync(new URL('./household.png', import.meta.url))
const steps = []
const began = Date.now()
const browser = await open_browser()
const people = []

async function person(name) {
  const one = await new Person(browser, base, size, out).arrive()
  one.name = name
  people.push(one)
  return one
}

async function step(name, act) {
  const from = Date.now()
  await act()
  steps.push({ name, seconds: (Date.now() - from) / 1000 })
}

async function sign_in_resident(me) {
  await me.type(me.page.getByLabel('手机号或身份证号'), accounts.resident[0])
  await me.type(me.page.getByLabel('密码', { exact: true }), accounts.resident[1])
  await me.click(me.page.getByRole('main').getByRole('button', { name: '登录', exact: true }))
  await me.page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

async function staff(name) {
  const me = await person(name)
  await me.go('/desk/')
  await me.type(me.page.locator('#number'), accounts[name][0])
  await me.type(me.page.locator('#password'), accounts[name][1])
  await me.look(`desk-sign-in-${name}`)
  await me.press('登录')
  await me.page.waitForURL((url) => !url.pathname.includes('/login'))
  await me.page.getByRole('heading', { level: 1 }).first().waitFor()
  return me
}

/** Radio or text, by the form's own keys. */
async function answer(me, key, value) {
  const field = me.page.locator(`#f-${key}`)
  const radio = me.page.locator(`input[type=radio][name="f-${key}"][value="${value}"], input[type=radio][name="${key}"][value="${value}"]`)
  if (await radio.count()) await me.check(radio.first())
  else await me.type(field, value)
}

async function apply(me) {
  await me.go('/')
  await me.look('home')
  await me.type(me.page.getByLabel('搜索要办的事'), 'qsgx')
  await me.page.keyboard.press('Enter')
  await me.page.getByRole('status').filter({ hasText: '找到' }).waitFor()
  await me.look('search')
  await me.click(me.page.getByRole('link', { name: '亲属关系情况证明' }).first())
  await me.page.getByRole('heading', { level: 1, name: '亲属关系情况证明' }).waitFor()
  await me.look('guide')
  const region = me.page.getByLabel('由哪个街道、镇办')
  if (await region.count()) await region.selectOption('990102001000')
  await me.press('开始办理')
  await me.page.waitForURL(/\/login/)
  await me.look('login')
  await sign_in_resident(me)
  await me.page.waitForURL(/\/apply\/.+\/notice/) // signing in leads back to where the start was pressed, and on
  await me.look('notice')
  await me.check(me.page.locator('#notice-agreed'))
  await me.press('保存，去下一步')
  await me.page.waitForURL(/\/form-/)
}

const answers = { relation: 'daughter', other_name: '李晓燕', other_id_number: '99010219810725024X', purpose: 'bank', receiving_unit: '示例银行示例支行', contact_phone: '19900000001' }

async function fill(me) {
  const given = new Set()
  for (let pages = 0; pages < 8 && /\/form-/.test(me.page.url()); pages++) {
    const here = me.page.url()
    for (const [key, value] of Object.entries(answers)) {
      if (given.has(key)) continue
      const there = me.page.locator(`#f-${key}, input[name="f-${key}"], input[name="${key}"]`)
      if (!(await there.count())) continue
      await answer(me, key, value)
      given.add(key)
    }
    if (pages === 0) {
      // closes the browser in the middle; what was typed is there again
      await me.page.getByText(/已自动保存/).first().waitFor()
      await me.page.waitForTimeout(1500)
      await me.leave_and_return()
      await me.page.goto(here, { waitUntil: 'networkidle' })
      const kept = await me.page.locator('#f-other_name').inputValue()
      if (kept !== answers.other_name) me.failures.push(`${size}: the draft did not survive closing: “${kept}”`)
    }
    await me.look(`form-${pages + 1}`)
    await me.press('保存，去下一步')
    await me.page.waitForURL((url) => url.href !== here)
  }
}

async function papers(me) {
  await me.page.waitForURL(/\/materials$/)
  await me.look('materials')
  const upload = me.page.locator('.tb-material').filter({ hasText: '居民户口簿' })
  await upload.locator('input[type=file]').first().setInputFiles({ name: '户口簿.png', mimeType: 'image/png', buffer: photo })
  me.counts.clicks++
  await upload.getByText('清晰').or(upload.getByText('户口簿.png')).first().waitFor()
  for (const name of ['出生医学证明', '亲属关系情况承诺书']) {
    const card = me.page.locator('.tb-material').filter({ hasText: name }).first()
    if (await card.getByRole('button', { name: /改为承诺/ }).count()) await me.click(card.getByRole('button', { name: /改为承诺/ }))
    if (await card.getByRole('button', { name: /阅读并承诺/ }).count()) await me.click(card.getByRole('button', { name: /阅读并承诺/ }))
    await me.check(card.getByRole('checkbox').first())
  }
  await me.page.waitForTimeout(1200)
  await me.look('materials-done')
  await me.press('保存，去下一步')
  await me.page.waitForURL((url) => !url.pathname.endsWith('/materials'))
}

async function finish(me) {
  if (/\/collection$/.test(me.page.url())) {
    const electronic = me.page.getByRole('radio', { name: /电子/ }).first()
    if (!(await electronic.isChecked())) await me.check(electronic)
    await me.look('collection')
    await me.press('保存，去下一步')
  }
  await me.page.waitForURL(/\/confirm$/)
  await me.check(me.page.locator('#declaration'))
  await me.look('confirm')
  const send = me.button('提交申请')
  me.counts.clicks++
  await Promise.all([send.click(), send.click({ timeout: 1500 }).catch(() => undefined)]) // a double tap
  await me.page.waitForURL(/\/receipt$/)
  await me.page.getByText('查询码').first().waitFor()
  await me.look('receipt')
  const text = await me.page.locator('main').innerText()
  const number = text.match(/\b9901022026\d{10}[0-9A-Z]\b|\b990102\d{14}[0-9A-Z]\b/)[0]
  const code = text.match(/查询码[^\d]*(\d{6})/)[1]
  return { number, code }
}

async function one_case_only(me, number) {
  const mine = await me.page.request.get(`${base}/api/cases/mine`)
  const { waiting, open } = await mine.json()
  const same = [...waiting, ...open].filter((row) => row.item_name === '亲属关系情况证明')
  if (same.length !== 1 || same[0].case_no !== number) me.failures.push(`${size}: a double tap made ${same.length} cases`)
}

async function open_case(me, number) {
  await me.go(`/desk/c/${number}`)
  await me.page.getByRole('heading', { level: 1, name: '亲属关系情况证明' }).waitFor()
}

async function ask_correction(me, number) {
  await me.page.getByRole('heading', { level: 1 }).first().waitFor()
  await me.look('desk-queue-window')
  await open_case(me, number)
  await me.look('desk-case-window')
  await me.click(me.page.getByRole('button', { name: '“居民户口簿”要补正' }))
  const dialog = await act(me, /一次性告知补正/)
  await me.type(dialog.getByLabel('哪里不对').first(), '户主页没有拍全，看不清户号')
  await me.type(dialog.getByLabel('怎么补').first(), '请补拍户主页和本人页，四角要拍全')
  await preview(me, dialog)
  await me.look('desk-correction')
  await confirm(me, dialog, /一次性告知|补正/)
}

/** Opens the dialog of an act; the main button of the page names it. */
async function act(me, name) {
  await me.click(me.page.locator('.case-acts, aside, main').getByRole('button', { name }).first())
  const dialog = me.page.locator('.act-dialog')
  await dialog.waitFor()
  return dialog
}

/** The letter as it will look, really rendered by the server. */
async function preview(me, dialog) {
  await dialog.locator('iframe, object, embed').first().waitFor({ state: 'attached' })
  await me.page.waitForTimeout(600)
}

async function confirm(me, dialog, name) {
  await me.click(dialog.getByRole('button', { name }).last())
  await dialog.waitFor({ state: 'hidden' })
}

async function correct(me, number) {
  await me.go('/')
  await me.look('home-waiting')
  await me.go(`/cases/${number}`)
  await me.look('case-correction')
  await me.go(`/cases/${number}/correct`)
  await me.page.locator('main input[type=file]').first().setInputFiles({ name: '户口簿-补.png', mimeType: 'image/png', buffer: photo })
  me.counts.clicks++
  await me.page.waitForTimeout(1500)
  await me.look('correct')
  await me.press('交上补正')
  await me.page.waitForURL((url) => !url.pathname.endsWith('/correct'))
}

async function accept(me, number) {
  await open_case(me, number)
  const dialog = await act(me, /^受理/)
  await preview(me, dialog)
  await me.look('desk-accept')
  await confirm(me, dialog, /^受理/)
}

async function decide(me, number) {
  await me.look('desk-queue-review')
  await open_case(me, number)
  await me.look('desk-case-review')
  await me.type(me.page.locator('#opinion'), '户口簿登记的关系与填写的一致，材料齐全，同意出具。')
  const dialog = await act(me, /^准予/)
  await preview(me, dialog)
  await me.look('desk-decide')
  await confirm(me, dialog, /^准予/)
}

async function download(me, number) {
  for (let n = 0; n < 60; n++) {
    const answer = await me.page.request.get(`${base}/api/cases/mine/${number}`)
    if ((await answer.json()).state === 'concluded') break
    await me.page.waitForTimeout(500)
  }
  await me.go(`/cases/${number}`)
  await me.look('case-concluded')
  await me.go('/licences')
  await me.look('licences')
  await me.click(me.page.locator('main a[href^="/licences/"]').first())
  await me.page.waitForURL(/\/licences\/./)
  await me.look('licence')
  const id = me.page.url().split('/').pop()
  const [file] = await Promise.all([me.page.waitForEvent('download'), me.click(me.page.getByRole('link', { name: /下载/ }).or(me.page.getByRole('button', { name: /下载/ })).first())])
  const bytes = readFileSync(await file.path())
  if (bytes.subarray(0, 5).toString() !== '%PDF-') me.failures.push('the download is no PDF')
  const licence = await (await me.page.request.get(`${base}/api/licences/mine/${id}`)).json()
  return { licence, bytes }
}

async function verify(me, { licence, bytes }) {
  await me.go('/verify')
  await me.look('verify')
  await me.type(me.page.getByLabel('证明编号'), licence.card.number)
  await me.type(me.page.getByLabel('验证码'), licence.code)
  await me.press('核验')
  await me.page.locator('.band').getByText('登记有效').waitFor()
  await me.look('verify-valid')
  const picker = me.page.locator('.compare-box input')
  await picker.setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: bytes })
  await me.page.getByText('这份证明有效').first().waitFor()
  await me.look('verify-same')
  const changed = Buffer.from(bytes)
  changed[Math.floor(changed.length / 3)] ^= 1
  await picker.setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: changed })
  await me.page.getByText(/不要采信/).first().waitFor()
  await me.look('verify-altered')
  await me.go(new URL(licence.verify_url.replace(/^HTTPS?:\/\/[^/]+/i, base)).pathname)
  await me.page.locator('.band').getByText('登记有效').waitFor()
}

async function revoke(me, { licence }) {
  await me.go('/desk/licences')
  await me.type(me.page.locator('#licence-number'), licence.card.number)
  await me.page.keyboard.press('Enter')
  await me.page.getByRole('button', { name: '撤销这份证照' }).waitFor()
  await me.look('desk-licence')
  await me.press('撤销这份证照')
  await me.page.locator('#revoke-kind').waitFor()
  await me.click(me.page.getByText('承诺不实'))
  await me.type(me.page.locator('#revoke-reason'), '经核查，两人不是所填的关系。')
  await me.look('desk-revoke')
  await me.press('撤销')
  await me.page.getByText('已撤销').first().waitFor()
}

let failed = ''
try {
  const resident = await person('resident')
  let filed, issued
  await step('apply', async () => {
    await apply(resident)
    await fill(resident)
    await papers(resident)
    filed = await finish(resident)
    await one_case_only(resident, filed.number)
  })
  const cost = { ...resident.counts }
  let clerk
  await step('ask for a correction', async () => {
    clerk = await staff('clerk')
    await ask_correction(clerk, filed.number)
  })
  await step('correct', () => correct(resident, filed.number))
  await step('accept', () => accept(clerk, filed.number))
  await step('review and decide', async () => {
    const reviewer = await staff('reviewer')
    await decide(reviewer, filed.number)
  })
  await step('download', async () => { issued = await download(resident, filed.number) })
  const stranger = await person('stranger')
  await step('verify', () => verify(stranger, issued))
  await step('progress without signing in', async () => {
    await stranger.go('/progress')
    await stranger.type(stranger.page.getByLabel('办件编号'), filed.number)
    await stranger.type(stranger.page.getByLabel('查询码'), filed.code)
    await stranger.press('查进度')
    await stranger.page.getByText('亲属关系情况证明').first().waitFor()
    await stranger.look('progress')
  })
  await step('revoke', async () => {
    const keeper = await staff('keeper')
    await revoke(keeper, issued)
    await stranger.go('/verify')
    await stranger.type(stranger.page.getByLabel('证明编号'), issued.licence.card.number)
    await stranger.type(stranger.page.getByLabel('验证码'), issued.licence.code)
    await stranger.press('核验')
    await stranger.page.locator('.band').getByText('已撤销').waitFor()
    await stranger.look('verify-revoked')
  })
  console.log(`note: ${size}: applying cost ${cost.clicks} clicks, ${cost.fields} fields typed, ${steps[0].seconds.toFixed(1)} s in the hands of a robot`)
} catch (thrown) {
  const last = people.at(-1)
  failed = String(thrown.stack ?? thrown).split('\n').slice(0, 6).join('\n')
  if (out) await Promise.all(people.map((one) => one.page.screenshot({ path: `${out}/${size}-broke-${one.name}.png`, fullPage: true }).catch(() => undefined)))
  console.log(`at ${last?.page.url()}`)
}
await browser.close()
const faults = people.flatMap((one) => one.failures)
for (const { name, seconds } of steps) console.log(`note: ${size}: ${name} ${seconds.toFixed(1)} s`)
for (const fault of faults) console.log(`FAIL ${fault}`)
if (failed) console.log(`FAIL ${failed}`)
const pages = people.reduce((sum, one) => sum + one.counts.pages, 0)
console.log(`note: ${size}: ${pages} pages seen, axe found ${faults.filter((one) => one.includes(' axe ')).length} violations, ${((Date.now() - began) / 1000).toFixed(0)} s`)
console.log(`${steps.length} passed, ${faults.length + (failed ? 1 : 0)} failed`)
process.exit(faults.length || failed ? 1 : 0)
