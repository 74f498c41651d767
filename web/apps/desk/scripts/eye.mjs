// What every walk sees with: one page, its picture, axe and our own reckoning of contrast and targets.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const pictures = process.argv[2] ?? join(tmpdir(), 'tongban-desk')
export const port = Number(process.env.DESK_PORT ?? 21300)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export const faults = []
export const fault = (text) => {
  faults.push(text)
  console.log('  ✗', text)
}
export const expect = (holds, text) => {
  if (!holds) fault(text)
}

export const base = `http://127.0.0.1:${port}`
export let page
let browser

/** The browser that the walks look through. */
export function look_through(given) {
  browser = given
}

export async function open(width, height, language = 'zh') {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    bypassCSP: true,
  })
  await context.addInitScript((lang) => {
    if (globalThis.top === globalThis) localStorage.setItem('tongban.language', lang)
  }, language)
  page = await context.newPage()
  page.on('pageerror', (error) => fault(`script: ${error.message}`))
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type()) && !/Failed to load resource/.test(line.text()))
      fault(`console: ${line.text().slice(0, 200)}`)
  })
  return context
}
export const tell = (what) => globalThis.fetch(`${base}/mock/${what}`, { method: 'POST' })

export async function sign_in(number) {
  await page.goto(`${base}/desk/login`)
  await page.locator('#number').fill(number)
  await page.locator('#password').fill('demo-desk')
  await page.locator('#password').press('Enter')
  await page.waitForURL((url) => !url.pathname.endsWith('/login'))
}

export async function look(name) {
  await page.waitForTimeout(350)
  await page.screenshot({ path: join(pictures, `${name}.png`) })
  await page.evaluate(axe)
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: tags, iframes: false, resultTypes: ['violations'] }),
    TAGS,
  )
  for (const { id, nodes } of violations) {
    const why = nodes[0].failureSummary?.split('\n')[1] ?? ''
    fault(`${name}: axe ${id} ${nodes.length}× ${nodes[0].target.join(' ')} ${why}`)
  }
  for (const one of await page.evaluate(faint_texts)) fault(`${name}: contrast ${one}`)
  const wide = await page.evaluate(too_wide)
  expect(wide === '', `${name}: too wide: ${wide}`)
  const small = await page.evaluate(small_targets)
  for (const one of small) fault(`${name}: target ${one}`)
  console.log('·', name)
}

/** Our own reckoning, because axe leaves tables and covered text undecided. Runs in the page. */
function faint_texts() {
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number)
  const light = ([r, g, b]) =>
    [r, g, b]
      .map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0)
  const found = []
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '')
    const box = element.getBoundingClientRect()
    if (!own || box.width < 2 || box.height < 2 || !element.checkVisibility()) continue
    let ground = [255, 255, 255]
    for (let up = element; up; up = up.parentElement) {
      const paint = parse(getComputedStyle(up).backgroundColor)
      if (paint.length === 3 || paint[3] === 1) {
        ground = paint
        break
      }
    }
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(ground)]
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    const name = element.className || element.tagName
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${name} ${element.textContent.trim().slice(0, 20)}`)
  }
  return found
}

/** How much the page is wider than the window, and what sticks out. Runs in the page. */
function too_wide() {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return ''
  const out = [...document.querySelectorAll('body *')].filter(
    (element) => element.getBoundingClientRect().right > clientWidth + 1,
  )
  return `${scrollWidth - clientWidth} px, ${out.map((one) => one.className || one.tagName).slice(0, 3)}`
}

/** WCAG 2.5.8 with the desk's least of 24 px; links inside sentences are excepted. Runs in the page. */
function small_targets() {
  const found = []
  for (const element of document.querySelectorAll(
    'button, [role=tab], select, input:not(.el-radio__original), .side-bar a',
  )) {
    // A choice inside its label is hit by the whole label.
    const box = (element.closest('label') ?? element).getBoundingClientRect()
    if (!element.checkVisibility() || box.width < 2) continue
    const [width, height] = [Math.round(box.width), Math.round(box.height)]
    const name = element.className || element.tagName
    if (height < 24 || width < 24)
      found.push(`${width}×${height} ${name} ${element.textContent.trim().slice(0, 16)}`)
  }
  return found
}

export const first_case = () => page.locator('.queue-table tbody a').first()
