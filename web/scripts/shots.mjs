// Walks every screen of the portal against a base address, takes pictures and runs axe in each state:
//   node scripts/shots.mjs BASE OUT [--only name]      BASE default http://127.0.0.1:21200, OUT default
// /tmp/portal-shots
// Works against the mock (packages/api/mock/serve.mjs) and a demonstration server alike; what only the mock
// has
// (seeded cases, files told apart by name) is skipped with a note on a server that lacks it.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const args = process.argv.slice(2).filter((one) => !one.startsWith('--'))
const base = args[0] ?? 'http://127.0.0.1:21200'
const out = args[1] ?? '/tmp/portal-shots'
const person = {
  account: process.env.TONGBAN_ACCOUNT ?? '19900000001',
  password: process.env.TONGBAN_PASSWORD ?? 'Tongban-2026',
}
const item = '992080005001'
const axe_source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
mkdirSync(out, { recursive: true })

const sizes = {
  phone: { width: 390, height: 844 },
  desk: { width: 1440, height: 900 },
  narrow: { width: 320, height: 700 },
}
const failures = []
const notes = []
let pictures = 0

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})

const page_timeout = 8000
async function open_context(size, elder = false) {
  const context = await browser.newContext({
    viewport: sizes[size],
    deviceScaleFactor: size === 'desk' ? 1 : 2,
    locale: 'zh-CN',
    hasTouch: size !== 'desk',
    isMobile: size !== 'desk',
  })
  if (elder) await context.addInitScript(() => localStorage.setItem('tongban.elder', 'elder'))
  context.setDefaultTimeout(page_timeout)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4|5)\d\d|net::ERR_FAILED/.test(message.text()))
      failures.push(`console: ${message.text()} at ${page.url()}`)
  })
  page.on('pageerror', (error) => failures.push(`page: ${error.message} at ${page.url()}`))
  return page
}

/** A picture, axe, and no sideways scroll. */
async function look(page, name) {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(60)
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true })
  pictures++
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  if (wide > 0) failures.push(`${name}: scrolls sideways by ${wide} px`)
  const has_title = await page.title()
  if (!has_title) failures.push(`${name}: no title`)
  // axe comes in by the debugger's door, which the page's own policy does not close
  await page.evaluate(axe_source)
  const found = await page.evaluate(
    (run) => window.axe.run(document, { runOnly: { type: 'tag', values: run } }),
    tags,
  )
  for (const violation of found.violations)
    failures.push(
      `${name}: axe ${violation.id}: ${violation.nodes
        .slice(0, 3)
        .map((node) => node.target.join(' '))
        .join(' | ')}`,
    )
}

const go = (page, path) => page.goto(`${base}${path}`, { waitUntil: 'networkidle' })
const press = (page, label) => page.getByRole('button', { name: label, exact: true }).click()

async function sign_in(page, back = '/') {
  await go(page, `/login?back=${encodeURIComponent(back)}`)
  await page.getByLabel('手机号或身份证号').fill(person.account)
  await page.getByLabel('密码', { exact: true }).fill(person.password)
  await page.getByRole('main').getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

async function public_screens(page, at) {
  await go(page, '/')
  await look(page, `${at}-home`)
  await page.getByLabel('搜索要办的事').fill('亲属关系')
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: '找到' }).waitFor()
  await look(page, `${at}-search`)
  await go(page, '/search?q=飞碟')
  await look(page, `${at}-search-none`)
  await go(page, '/items')
  await look(page, `${at}-items`)
  await go(page, `/item/${item}`)
  await look(page, `${at}-guide`)
  await press(page, '开始办理')
  await look(page, `${at}-guide-no-region`)
  await go(page, `/item/${item}?whole=1`)
  await look(page, `${at}-guide-whole`)
  await go(page, '/login')
  await page.getByRole('main').getByRole('button', { name: '登录', exact: true }).click()
  await look(page, `${at}-login-errors`)
  await page.getByLabel('手机号或身份证号').fill('19911111111')
  await page.getByLabel('密码', { exact: true }).fill('wrong')
  await page.getByRole('main').getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('alert').waitFor()
  await look(page, `${at}-login-refused`)
  for (const path of ['privacy', 'access-statement', 'no-such-page']) {
    await go(page, `/${path}`)
    await look(page, `${at}-${path}`)
  }
}

async function verify_screens(page, at) {
  await go(page, '/verify')
  await look(page, `${at}-verify`)
  await press(page, '核验')
  await look(page, `${at}-verify-errors`)
  const ask = async (number, code) => {
    await go(page, '/verify')
    await page.getByLabel('证明编号').fill(number)
    await page.getByLabel('验证码').fill(code)
    await press(page, '核验')
    await page.locator('.band').waitFor()
  }
  await ask('没有这个', 'AAAAAAAA')
  await look(page, `${at}-verify-not-found`)
  if (!(await has_mock(page))) return
  await ask('示街证〔2026〕0031号', 'REVK2026')
  await look(page, `${at}-verify-revoked`)
  await ask('示街证〔2025〕0810号', 'EXPD2025')
  await look(page, `${at}-verify-expired`)
  await go(page, '/v/token-licence-1')
  await page.locator('.band').waitFor()
  await look(page, `${at}-verify-valid`)
  for (const [name, text] of [
    ['same', '%PDF tongban-mock-licence'],
    ['altered', '%PDF tongban-mock-altered'],
    ['not-ours', '%PDF other'],
  ]) {
    await page
      .locator('.compare-box input')
      .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from(text) })
    await page.waitForTimeout(300)
    await look(page, `${at}-verify-${name}`)
  }
  for (let n = 0; n < 13; n++)
    await page.request.post(`${base}/api/licences/verification`, {
      data: { number: '多次', code: 'X' },
      headers: { 'X-CSRF-Token': 'mock-csrf' },
    })
  await ask('多次', 'X')
  await look(page, `${at}-verify-too-many`)
}

const has_mock = async (page) =>
  (await page.request.get(`${base}/api/licences/verification/token-licence-1`)).ok() &&
  (await (await page.request.get(`${base}/api/licences/verification/token-licence-1`)).json()).result ===
    'valid'

async function wizard_screens(page, at) {
  await go(page, `/item/${item}`)
  const region = page.getByLabel('由哪个街道、镇办')
  if ((await region.count()) && !(await region.inputValue())) await region.selectOption({ index: 1 })
  await press(page, '开始办理')
  await page.waitForTimeout(400)
  if (await page.getByRole('button', { name: '另填一份', exact: true }).count()) {
    await look(page, `${at}-guide-earlier`)
    await press(page, '另填一份')
  }
  await page.waitForURL(/\/apply\/.+\/notice/)
  await page.getByRole('heading', { name: '先看须知' }).waitFor()
  await press(page, '保存，去下一步')
  await look(page, `${at}-apply-notice-error`)
  await page.locator('#notice-agreed').check()
  await look(page, `${at}-apply-notice`)
  await press(page, '保存，去下一步')
  await data_screens(page, at)
  await fill_form(page, at)
  await materials_screens(page, at)
  if (page.url().endsWith('/collection')) {
    await press(page, '保存，去下一步')
    await look(page, `${at}-apply-collection-error`)
    await page.getByRole('radio', { name: /电子证明/ }).check()
    await press(page, '保存，去下一步')
  }
  await page.waitForURL(/\/confirm$/)
  await press(page, '提交申请')
  await look(page, `${at}-apply-confirm-error`)
  await page.locator('#declaration').check()
  await look(page, `${at}-apply-confirm`)
  await press(page, '提交申请')
  await page.waitForURL(/\/receipt$/)
  await page.getByText('办件编号').first().waitFor()
  await look(page, `${at}-receipt`)
}

/** The look-up: the list with the consent, what is missing, then how it went. */
async function data_screens(page, at) {
  await page.waitForURL((url) => !url.pathname.endsWith('/notice'))
  if (!page.url().endsWith('/data')) return
  const go = page.getByRole('button', { name: /^(同意，)?去查$|知道了，去查/ })
  await look(page, `${at}-apply-data`)
  const box = page.locator('#data-agreed')
  if (await box.count()) {
    await go.click()
    await look(page, `${at}-apply-data-error`)
    await box.check()
  }
  await go.click()
  await page.waitForTimeout(2500)
  if (!page.url().endsWith('/data')) return
  await look(page, `${at}-apply-data-asked`)
  await page.waitForTimeout(3000)
  await look(page, `${at}-apply-data-answered`)
  await page.getByRole('button', { name: /^(保存，去下一步|不等了，先往下填)$/ }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/data'))
}

const sample = {
  relative_name: '李晓燕',
  relative_id_number: '99010219810725024X',
  receiver: '示例市公证处',
  phone: '19900000001',
}
/** Fills whatever the form asks: by key where we know it, else by the kind of control. */
async function fill_form(page, at) {
  for (let n = 1; n <= 8; n++) {
    await page.waitForURL((url) => !url.pathname.endsWith('/notice'))
    await page.waitForTimeout(150)
    if (!/\/form-/.test(page.url())) return
    const here = page.url()
    await look(page, `${at}-apply-form-${n}-rest`)
    await press(page, '保存，去下一步')
    await page.waitForTimeout(150)
    if (page.url() !== here) continue
    await look(page, `${at}-apply-form-${n}-errors`)
    for (const field of await page.locator('main form .tb-field').all()) await fill_field(field)
    await page.waitForTimeout(100)
    for (const field of await page.locator('main form .tb-field').all()) await fill_field(field)
    await page.waitForTimeout(1200)
    await look(page, `${at}-apply-form-${n}`)
    await press(page, '保存，去下一步')
    await page.waitForURL((url) => url.href !== here, { timeout: 5000 })
  }
}
async function fill_field(field) {
  const radio = field.locator('input[type=radio]')
  if (await radio.count()) {
    if (!(await field.locator('input:checked').count())) await radio.first().check()
    return
  }
  const input = field.locator('input.tb-input, textarea.tb-input').first()
  if (!(await input.count()) || (await input.inputValue())) return
  const id = (await input.getAttribute('id')) ?? ''
  const known = Object.entries(sample).find(([key]) => id === `f-${key}`)
  if (known) await input.fill(known[1])
  else if (!(await field.locator('.tb-optional').count()))
    await input.fill(
      /name/.test(id)
        ? sample.relative_name
        : /id_number/.test(id)
          ? sample.relative_id_number
          : '示例市公证处',
    )
}

async function materials_screens(page, at) {
  if (!page.url().endsWith('/materials')) return
  await press(page, '保存，去下一步')
  await look(page, `${at}-apply-materials-error`)
  const card = page.locator('.tb-material').first()
  if (await card.getByRole('button', { name: '改为上传' }).count())
    await card.getByRole('button', { name: '改为上传' }).click()
  const picker = card.locator('input[type=file]').first()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  )
  await picker.setInputFiles([
    { name: '户口簿.png', mimeType: 'image/png', buffer: png },
    { name: 'IMG_0413.heic', mimeType: 'image/heic', buffer: png },
  ])
  await page.waitForTimeout(800)
  await look(page, `${at}-apply-materials`)
  if (await card.getByRole('button', { name: '改为承诺' }).count()) {
    await card.getByRole('button', { name: '改为承诺' }).click()
    await card.getByRole('button', { name: '阅读并承诺' }).click()
    await card.getByRole('checkbox').check()
    await page.waitForTimeout(300)
    await look(page, `${at}-apply-materials-promise`)
  }
  await press(page, '保存，去下一步')
  await page.waitForURL((url) => !url.pathname.endsWith('/materials'))
}

async function my_screens(page, at) {
  await go(page, '/')
  await look(page, `${at}-home-signed-in`)
  await press(page, '我的')
  await look(page, `${at}-account-menu`)
  await go(page, '/cases')
  await look(page, `${at}-cases`)
  const links = await page
    .locator('main a[href^="/cases/"]')
    .evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('href')))])
  for (const [n, link] of links
    .filter((one) => !one.endsWith('/correct'))
    .slice(0, 6)
    .entries()) {
    await go(page, link)
    await look(page, `${at}-case-${n + 1}`)
    for (const fold of await page.locator('main details > summary').all()) await fold.click()
    if (n === 0) await look(page, `${at}-case-${n + 1}-open`)
  }
  const withdraw = page.getByRole('button', { name: '撤回申请', exact: true })
  for (const link of links.slice().reverse()) {
    await go(page, link)
    if (!(await withdraw.count())) continue
    await withdraw.first().click()
    await page.getByRole('dialog').waitFor()
    await look(page, `${at}-case-withdraw`)
    await press(page, '不撤回')
    break
  }
  const correct = links.find((one) => one.endsWith('/correct'))
  if (correct) await correct_screens(page, at, correct)
  else notes.push(`${at}: no case waits for a correction`)
  await go(page, '/licences')
  await look(page, `${at}-licences`)
  const licence = await page
    .locator('main a[href^="/licences/"]')
    .first()
    .getAttribute('href')
    .catch(() => null)
  if (licence) {
    await go(page, licence)
    await look(page, `${at}-licence`)
  } else notes.push(`${at}: no licence`)
  await go(page, '/messages')
  await look(page, `${at}-messages`)
  for (const path of ['access', 'consents', 'my-code']) {
    await go(page, `/${path}`)
    await page.waitForTimeout(300)
    await look(page, `${at}-${path}`)
  }
  if (!(await has_mock(page))) return
  await go(page, `/confirm/${at}`)
  await look(page, `${at}-check`)
  await press(page, '没有错，我确认')
  await look(page, `${at}-check-errors`)
  await press(page, '有不对的地方')
  await look(page, `${at}-check-wrong`)
  await press(page, '告诉工作人员')
  await page.getByText('已经告诉工作人员').waitFor()
  await look(page, `${at}-check-told`)
}

async function correct_screens(page, at, link) {
  await go(page, link)
  await look(page, `${at}-correct`)
  await press(page, '交上补正')
  await look(page, `${at}-correct-errors`)
}

async function progress_screens(page, at) {
  await go(page, '/progress')
  await look(page, `${at}-progress`)
  await press(page, '查进度')
  await look(page, `${at}-progress-errors`)
  await page.getByLabel('办件编号').fill('99010220261012000417T')
  await page.getByLabel('查询码').fill('204417')
  await press(page, '查进度')
  await page.waitForTimeout(500)
  await look(page, `${at}-progress-found`)
}

async function trouble_screens(page, at) {
  await page.route('**/api/cases/mine', (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: 'about:blank',
        title: 'x',
        status: 500,
        code: 'internal_error',
        trace: '7f3a21c4',
      }),
    }),
  )
  await go(page, '/cases')
  await look(page, `${at}-cases-failed`)
  await page.unroute('**/api/cases/mine')
  await page.route('**/api/licences/mine', async () => {})
  await page.goto(`${base}/licences`)
  await page.waitForTimeout(2600)
  await page.screenshot({ path: join(out, `${at}-licences-loading.png`) })
  await page.unroute('**/api/licences/mine')
  await page.route('**/api/org/site', (route) => route.abort())
  await page.goto(`${base}/`)
  await page.getByRole('heading', { name: '网站暂时打不开' }).waitFor({ timeout: 8000 })
  await look(page, `${at}-outage`)
  await page.unroute('**/api/org/site')
}

async function english_screens(page, at) {
  await go(page, '/')
  await page.getByRole('contentinfo').getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'What do you need to do?' }).waitFor()
  for (const [path, name] of [
    ['/', 'home'],
    [`/item/${item}`, 'guide'],
    ['/verify', 'verify'],
    ['/cases', 'cases'],
    ['/privacy', 'privacy'],
  ]) {
    await go(page, path)
    await look(page, `${at}-en-${name}`)
  }
}

for (const [at, elder] of [
  ['phone', false],
  ['desk', false],
  ['narrow', false],
  ['phone', true],
]) {
  const name = elder ? 'elder' : at
  const only = process.argv.indexOf('--only')
  if (only >= 0 && process.argv[only + 1] !== name) continue
  const page = await open_context(at, elder)
  const run = async (screens) => {
    try {
      await screens(page, name)
    } catch (thrown) {
      failures.push(
        `${name}: ${screens.name}: ${String(thrown).split('\n').slice(0, 3).join(' ')} at ${page.url()}`,
      )
      await page
        .screenshot({ path: join(out, `${name}-${screens.name}-broke.png`), fullPage: true })
        .catch(() => undefined)
    }
  }
  await run(public_screens)
  await run(verify_screens)
  await run(progress_screens)
  await run(function signing_in(page) {
    return sign_in(page)
  })
  await run(my_screens)
  await run(wizard_screens)
  await run(trouble_screens)
  await run(english_screens)
  await page.context().close()
}
await browser.close()

for (const note of notes) console.log(`note: ${note}`)
for (const failure of failures) console.log(`FAIL ${failure}`)
console.log(`${pictures} pictures in ${out}, ${failures.length} failures`)
process.exit(failures.length ? 1 : 0)
