// Walks every page and dialog of the desk in a real browser over the desk in memory: keyboard, refusals, axe, contrast,
// widths. `node scripts/look.mjs [folder for pictures]`. Ends with 1 when anything is not as it should be.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const pictures = process.argv[2] ?? join(tmpdir(), 'tongban-desk')
const port = Number(process.env.DESK_PORT ?? 21300)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
mkdirSync(pictures, { recursive: true })

const faults = []
const fault = (text) => { faults.push(text); console.log('  ✗', text) }
const expect = (holds, text) => { if (!holds) fault(text) }

const server = await createServer({ root: dirname(here), mode: 'mock', server: { port, strictPort: true, hmr: false, watch: null }, logLevel: 'error' })
await server.listen()
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
const base = `http://127.0.0.1:${port}`
let page

async function open(width, height, language = 'zh') {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', bypassCSP: true })
  await context.addInitScript((lang) => { if (globalThis.top === globalThis) localStorage.setItem('tongban.language', lang) }, language)
  page = await context.newPage()
  page.on('pageerror', (error) => fault(`script: ${error.message}`))
  page.on('console', (line) => { if (['error', 'warning'].includes(line.type()) && !/Failed to load resource/.test(line.text())) fault(`console: ${line.text().slice(0, 200)}`) })
  return context
}
const tell = (what) => fetch(`${base}/mock/${what}`, { method: 'POST' })

async function sign_in(number) {
  await page.goto(`${base}/desk/login`)
  await page.locator('#number').fill(number)
  await page.locator('#password').fill('demo-desk')
  await page.locator('#password').press('Enter')
  await page.waitForURL((url) => !url.pathname.endsWith('/login'))
}

async function look(name) {
  await page.waitForTimeout(350)
  await page.screenshot({ path: join(pictures, `${name}.png`) })
  await page.evaluate(axe)
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, iframes: false, resultTypes: ['violations'] }), TAGS)
  for (const one of violations) fault(`${name}: axe ${one.id} ${one.nodes.length}× ${one.nodes[0].target.join(' ')} ${one.nodes[0].failureSummary?.split('\n')[1] ?? ''}`)
  for (const one of await page.evaluate(faint_texts)) fault(`${name}: contrast ${one}`)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide <= 0, `${name}: ${wide} px too wide`)
  const small = await page.evaluate(small_targets)
  for (const one of small) fault(`${name}: target ${one}`)
  console.log('·', name)
}

/** Our own reckoning, because axe leaves tables and covered text undecided. Runs in the page. */
function faint_texts() {
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number)
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0)
  const found = []
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '')
    const box = element.getBoundingClientRect()
    if (!own || box.width < 2 || box.height < 2 || !element.checkVisibility()) continue
    let ground = [255, 255, 255]
    for (let up = element; up; up = up.parentElement) {
      const paint = parse(getComputedStyle(up).backgroundColor)
      if (paint.length === 3 || paint[3] === 1) { ground = paint; break }
    }
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(ground)]
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${element.className || element.tagName} ${element.textContent.trim().slice(0, 20)}`)
  }
  return found
}

/** WCAG 2.5.8 with the desk's least of 24 px; links inside sentences are excepted. Runs in the page. */
function small_targets() {
  const found = []
  for (const element of document.querySelectorAll('button, [role=tab], select, input:not(.el-radio__original), .side-bar a')) {
    const box = element.getBoundingClientRect()
    if (!element.checkVisibility() || box.width < 2) continue
    if (Math.round(box.height) < 24 || Math.round(box.width) < 24) found.push(`${Math.round(box.width)}×${Math.round(box.height)} ${element.className || element.tagName} ${element.textContent.trim().slice(0, 16)}`)
  }
  return found
}

async function signing_in() {
  await tell('reset')
  await open(1440, 900)
  await page.goto(`${base}/desk/`)
  await page.waitForURL(/login\?back=/)
  await look('sign-in')
  await page.keyboard.press('Tab')
  await page.locator('button[type=submit]').click()
  expect(await page.evaluate(() => document.activeElement.id) === 'number', 'an empty number takes the focus')
  await look('sign-in-missing')
  for (let at = 0; at < 5; at++) {
    await page.locator('#number').fill('S101')
    await page.locator('#password').fill('wrong')
    await page.locator('button[type=submit]').click()
    await page.locator('.sign-in-wrong').waitFor()
    if (at === 0) await look('sign-in-wrong')
    await page.waitForTimeout(100)
  }
  expect(/今天10:3[89]/.test(await page.locator('.sign-in-wrong').innerText()), 'the lock-out tells the time it ends')
  await look('sign-in-locked')
  await tell('reset')
  await sign_in('S103')
  await page.waitForURL(/posts/)
  await look('posts')
  await page.getByRole('button', { name: /民政审核岗/ }).click()
  await page.waitForURL(/to_review/)
  await page.locator('.queue-table tbody tr').first().waitFor()
  expect(await page.getByText('上次登录').isVisible(), 'the last sign-in is told')
  await look('queue-reviewer')
}

async function window_queue() {
  await tell('reset')
  await open(1440, 900)
  await sign_in('S101')
  await page.waitForURL(/to_accept/)
  await page.locator('.queue-table tbody tr').first().waitFor()
  await page.locator('.queue-preview-acts').waitFor()
  await look('queue')
  const heights = await page.locator('.queue-table tbody tr').evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)))
  expect(heights.every((height) => height === 39 || height === 40), `rows are 39 px: ${[...new Set(heights)]}`)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const third = await page.locator('.queue-table tbody tr').nth(2).locator('a').getAttribute('data-case')
  expect(await page.evaluate(() => document.activeElement.dataset.case) === third, 'J moves the focus down')
  await look('queue-moved')
  await page.keyboard.press('?')
  await page.locator('.key-help').waitFor()
  await look('keys')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  await page.keyboard.press('/')
  expect(await page.evaluate(() => document.activeElement.type) === 'search', '/ goes to the search')
  await page.keyboard.type('jv')
  expect(await page.locator('.queue-preview').isVisible(), 'letters in a field do nothing else')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('没有这个人')
  await page.keyboard.press('Enter')
  await page.getByText('没有查到').waitFor()
  await look('find-none')
  await page.locator('input[type=search]').fill('周小兰')
  await page.keyboard.press('Enter')
  await page.getByText(/查到\d件/).waitFor()
  await look('find')
  await page.goBack()
  await page.goBack()
  await page.locator('.queue-filters button').nth(1).click()
  await page.waitForURL(/item=/)
  await look('queue-filtered')
  await page.goto(`${base}/desk/q/to_accept`)
  await page.locator('.queue-table').waitFor()
  const before = await page.locator('.queue-table tbody th').allInnerTexts()
  await tell('arrive/3')
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.getByText('3件新到').waitFor({ timeout: 5000 }).catch(() => fault('arrivals are told'))
  expect(JSON.stringify(before) === JSON.stringify(await page.locator('.queue-table tbody th').allInnerTexts()), 'rows do not jump')
  await look('queue-news')
  await page.locator('h1').click()
  await page.keyboard.press('r')
  await page.getByText('29件，按到期日').waitFor({ timeout: 5000 }).catch(() => fault('R takes the new rows in'))
  await page.getByRole('button', { name: '看更多' }).click()
  await page.getByText('已显示').waitFor({ state: 'detached' })
  expect(await page.locator('.queue-table tbody tr').count() === 29, 'the next page is joined on')
  await tell('empty')
  await page.keyboard.press('r')
  await page.getByText('这个队列空了').waitFor()
  await look('queue-empty')
  await tell('fail/server_failed')
  await page.reload()
  await page.getByText('服务器出错了').first().waitFor({ timeout: 15000 })
  await look('queue-failed')
  await tell('fail/')
}

const first_case = () => page.locator('.queue-table tbody a').first()

async function window_case() {
  await tell('reset')
  await open(1440, 900)
  await sign_in('S101')
  await first_case().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/c\//)
  await page.locator('.case-review').waitFor()
  await look('case')
  const no = page.url().split('/').pop()
  await page.keyboard.press('1')
  await page.keyboard.press('e')
  expect(await page.evaluate(() => document.activeElement.id) === 'opinion', 'E goes to the opinion')
  await page.keyboard.type('ccc')
  expect(await page.locator('.act-dialog').count() === 0, 'letters in the opinion open nothing')
  await page.keyboard.press('Alt+2')
  expect((await page.locator('#opinion').inputValue()).includes('关系与户口簿一致'), 'Alt 2 inserts the second phrase')
  await page.keyboard.press('l')
  await page.locator('h1').click()
  await page.getByRole('button', { name: '看全部' }).click()
  await page.locator('#reveal-reason').waitFor()
  await look('reveal')
  await page.keyboard.press('Control+Enter')
  await page.getByText('请写明理由').waitFor()
  await page.getByRole('button', { name: '核对身份' }).click()
  await look('reveal-missing-mended')
  await page.getByRole('button', { name: '记录并查看' }).click()
  await page.getByText('990101199003070044').waitFor()
  await look('revealed')
  await page.getByRole('button', { name: '出生医学证明', exact: true }).click()
  await page.waitForTimeout(1200)
  await look('case-pdf')
  await page.getByRole('button', { name: '亲属关系承诺书', exact: true }).click()
  await look('case-promise')
  await page.getByRole('button', { name: '“户口簿”要补正' }).click()
  await page.getByRole('button', { name: '“对方姓名”要补正' }).click()
  await page.keyboard.press('c')
  await page.locator('.act-dialog').waitFor()
  await look('correct')
  await page.keyboard.press('Control+Enter')
  await page.getByText('还有4处要改').waitFor()
  await look('correct-missing')
  await page.getByRole('button', { name: '照片看不清' }).first().click()
  await page.getByRole('button', { name: '重新拍清楚，四个角都要拍到，再上传' }).first().click()
  await page.getByRole('button', { name: '与证件不一致' }).click()
  await page.getByRole('button', { name: '按证件改正姓名' }).click()
  await page.waitForTimeout(2500)
  await look('correct-filled')
  await tell(`touch/${no}`)
  await page.keyboard.press('Control+Enter')
  await page.getByText('没有生效').waitFor()
  await look('correct-meanwhile')
  await page.getByRole('button', { name: '看看变了什么' }).click()
  await page.getByText('补录了窗口收到的纸质户口簿').first().waitFor()
  expect(await page.locator('.gap-one').count() === 2, 'typed gaps are kept')
  await look('correct-meanwhile-shown')
  await page.keyboard.press('Control+Enter')
  await page.getByText('已发出补正告知').waitFor()
  await look('case-corrected')
  await page.keyboard.press('j')
  await page.waitForURL((url) => !url.pathname.endsWith(no))
  await page.locator('.case-review').waitFor()
  for (let tries = 0; tries < 8 && await page.getByRole('button', { name: '与第1版比' }).count() === 0; tries++) {
    const was = page.url()
    await page.keyboard.press('j')
    await page.waitForURL((url) => url.href !== was)
    await page.locator('.case-review').waitFor()
  }
  await page.getByRole('button', { name: '与第1版比' }).click()
  await page.waitForTimeout(400)
  await look('case-compare')
  await page.keyboard.press('h')
  await look('case-history')
  await page.keyboard.press('w')
  await page.waitForTimeout(1200)
  await look('case-letters')
  await page.getByRole('tab', { name: /审查/ }).click()
  await page.keyboard.press('r')
  await page.locator('.act-dialog').waitFor()
  await page.keyboard.press('Control+Enter')
  await look('refuse-missing')
  await page.locator('#act-reason').fill('对方户籍不在本街道，不归本单位出具。')
  await page.getByText('示例市证明事项清单（2026年版）第5项').click()
  await page.locator('#act-right-body').selectOption('示例市公安局示例分局')
  await page.waitForTimeout(2500)
  await look('refuse-filled')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  expect(await page.locator('.act-dialog').count() === 0, 'Esc leaves the dialog')
  await page.locator('h1').click()
  await page.keyboard.press('Control+Enter')
  await page.locator('.act-dialog').waitFor()
  await page.waitForTimeout(1500)
  await look('accept')
  await tell('end')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/login/)
  await look('session-ended')
  await page.locator('#number').fill('S101')
  await page.locator('#password').fill('demo-desk')
  await page.locator('#password').press('Enter')
  await page.waitForURL(/\/c\//)
  await page.locator('.case-review').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.locator('.act-dialog').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('已受理，申请人已收到通知').waitFor()
  await look('case-accepted')
  await page.goto(`${base}/desk/c/99999`)
  await page.getByText('没有查到这件').waitFor()
  await look('case-unknown')
}

async function reviewer() {
  await tell('reset')
  await open(1440, 900)
  await sign_in('S102')
  await first_case().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.case-review').waitFor()
  await look('case-review')
  await page.keyboard.press('r')
  await page.locator('.act-dialog').waitFor()
  await page.waitForTimeout(300)
  await page.keyboard.press('Control+Enter')
  await look('deny-missing')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  await page.locator('h1').click()
  await page.keyboard.press('1')
  await page.keyboard.press('Control+Enter')
  await page.locator('.act-dialog').waitFor()
  await page.waitForTimeout(1500)
  await look('approve')
  await page.keyboard.press('Control+Enter')
  await page.getByText('正在制证').first().waitFor()
  await look('case-making')
  await page.locator('.case-licence').waitFor({ timeout: 15000 })
  await look('case-issued')
  await page.getByRole('link', { name: '99010200120260005417' }).click()
  await page.getByRole('button', { name: '撤销这份证照' }).click()
  await page.locator('#revoke-kind').waitFor()
  await page.keyboard.press('Control+Enter')
  await look('revoke-missing')
  await page.getByText('签发有误').click()
  await page.locator('#revoke-reason').fill('姓名有误')
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await page.getByText('已撤销。现在去验证').waitFor()
  await look('licence-revoked')
  await page.locator('#licence-number').fill('0000')
  await page.keyboard.press('Enter')
  await page.getByText('没有查到这份证照').waitFor()
  await look('licence-unknown')
  await page.getByRole('link', { name: '办事指南' }).click()
  await page.getByText('1个事项').waitFor()
  await look('guides')
  await page.getByRole('link', { name: '亲属关系情况证明' }).click()
  await page.locator('.guide-page').waitFor()
  await look('guide')
  await page.goto(`${base}/desk/nowhere`)
  await page.locator('h1').waitFor()
  await look('unknown')
}

async function widths() {
  for (const [name, width, height] of [['1280', 1280, 720], ['1024', 1024, 768], ['zoom200', 720, 450], ['390', 390, 844], ['320', 320, 640]]) {
    await tell('reset')
    await open(width, height)
    await sign_in('S101')
    await first_case().waitFor()
    await look(`queue-${name}`)
    if (width < 1024) {
      await page.locator('.desk-menu').click()
      await look(`menu-${name}`)
      await page.locator('.desk-menu').click()
    }
    await first_case().click()
    await page.locator('.case-review').waitFor()
    await look(`case-${name}`)
    await page.screenshot({ path: join(pictures, `case-${name}-whole.png`), fullPage: true })
    await page.getByRole('button', { name: /一次性告知补正/ }).click()
    await page.locator('.act-dialog').waitFor()
    await page.getByRole('group', { name: '材料' }).getByRole('button').first().click()
    await look(`correct-${name}`)
  }
}

async function english() {
  await tell('reset')
  await open(1440, 900, 'en')
  await sign_in('S101')
  await first_case().waitFor()
  await look('en-queue')
  await page.keyboard.press('Enter')
  await page.locator('.case-review').waitFor()
  await look('en-case')
  await page.keyboard.press('c')
  await page.locator('.act-dialog').waitFor()
  await look('en-correct')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  await page.locator('h1').click()
  await page.keyboard.press('?')
  await look('en-keys')
}

try {
  for (const walk of [signing_in, window_queue, window_case, reviewer, widths, english]) {
    if (process.env.ONLY && !process.env.ONLY.split(',').includes(walk.name)) continue
    console.log(walk.name)
    try {
      await walk()
    } catch (thrown) {
      await page.screenshot({ path: join(pictures, `broken-${walk.name}.png`) })
      fault(`${walk.name}: ${String(thrown).split('\n').slice(0, 3).join(' ')} at ${/look\.mjs:(\d+):\d+\)?\n(?!.*look\.mjs:\d+:\d+\)?\n)/.exec(thrown.stack ?? '')?.[1] ?? ''}`)
    }
  }
} finally {
  await browser.close()
  await server.close()
}
console.log(faults.length === 0 ? 'all as it should be' : `${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
