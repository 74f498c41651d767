// A browser for journeys: every click and typed field is counted, every page seen is checked by axe and photographed.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

const web = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))
const { chromium } = web('playwright-core')
const axe_source = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
const quiet_ms = 150
const settle_most_ms = 3000

export const han = /[\u3400-\u9fff]/

export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } }

export async function open_browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--lang=zh-CN', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...process.env, LANGUAGE: 'zh_CN' }, // dates and times are typed as in a Chinese browser
  })
}

/** On a page in English: texts with Han characters that are not marked as Chinese, and English ones that are. */
function parts_in_a_wrong_language(letters) {
  if (document.documentElement.lang !== 'en') return []
  const wrong = []
  for (const element of document.body.querySelectorAll('*')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join('').trim()
    const is_chinese = new RegExp(letters).test(text)
    const marked = element.closest('[lang]').lang.startsWith('zh')
    if (is_chinese !== marked && (is_chinese || /[a-z]{2} [a-z]{2}/i.test(text))) wrong.push(text.slice(0, 60))
  }
  return wrong
}

/** One person at one screen. `counts` is what the journey costs them. */
export class Person {
  constructor(browser, base, size, out) {
    Object.assign(this, { browser, base, size, out, failures: [], counts: { clicks: 0, fields: 0, pages: 0 } })
  }

  async arrive(state) {
    const phone = this.size === 'phone'
    this.context = await this.browser.newContext({
      viewport: sizes[this.size], deviceScaleFactor: phone ? 2 : 1, locale: 'zh-CN', hasTouch: phone, isMobile: phone,
      acceptDownloads: true, storageState: state,
    })
    this.context.setDefaultTimeout(20000)
    this.watch(await this.context.newPage())
    return this
  }

  /** Goes on at this page: its errors are told, its requests are known. */
  watch(page) {
    this.page = page
    this.asking = new Set()
    page.on('pageerror', (error) => this.failures.push(`page: ${error.message} at ${page.url()}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) this.failures.push(`console: ${message.text()}`)
    })
    page.on('request', (request) => this.asking.add(request))
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => this.asking.delete(request))
  }

  /** The same person at another window of the same browser, such as the second screen of a counter. */
  beside(page, name) {
    const other = new Person(this.browser, this.base, this.size, this.out)
    Object.assign(other, { context: this.context, failures: this.failures, name })
    other.watch(page)
    return other
  }

  /** Closes everything but what a real browser keeps: its cookies. */
  async leave_and_return() {
    const state = await this.context.storageState()
    await this.context.close()
    await this.arrive(state)
  }

  async leave() {
    await this.context?.close().catch(() => undefined)
  }

  async go(path) {
    this.asking.clear()
    await this.page.goto(`${this.base}${path}`)
    await this.settle()
  }

  /** Until nothing is asked any more, or for a page that keeps asking, a little while. */
  async settle() {
    const end = Date.now() + settle_most_ms
    let quiet_since = Date.now()
    while (Date.now() < end && Date.now() - quiet_since < quiet_ms) {
      await this.page.waitForTimeout(30)
      if (this.asking.size > 0) quiet_since = Date.now()
    }
  }

  async click(locator) {
    this.counts.clicks++
    await (this.size === 'phone' ? locator.tap() : locator.click()) // a phone is touched
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  async press(name) {
    await this.click(this.button(name))
  }

  async type(locator, text) {
    this.counts.fields++
    await locator.fill(text)
  }

  async check(locator) {
    this.counts.clicks++
    await locator.check()
  }

  async ask(path) {
    const answer = await this.page.request.get(`${this.base}${path}`)
    if (!answer.ok()) throw new Error(`GET ${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }

  /** Until the page or the server says so; `what` tells what never came. */
  async until(what, test, seconds = 20) {
    const end = Date.now() + seconds * 1000
    for (;;) {
      const found = await test()
      if (found) return found
      if (Date.now() > end) throw new Error(`${what} never came, at ${this.page.url()}`)
      await this.page.waitForTimeout(100)
    }
  }

  /** A picture, axe without violations, no sideways scroll. */
  async look(name) {
    await this.settle()
    this.counts.pages++
    if (this.out) {
      mkdirSync(this.out, { recursive: true })
      await this.page.screenshot({ path: join(this.out, `${this.size}-${name}.png`), fullPage: true })
    }
    for (const text of await this.page.evaluate(parts_in_a_wrong_language, han.source))
      this.failures.push(`${this.size} ${name}: not marked in its language: ${text}`)
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) this.failures.push(`${this.size} ${name}: scrolls sideways by ${wide} px`)
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(axe_source)
    const found = await this.page.evaluate((run) => window.axe.run(document, { runOnly: { type: 'tag', values: run } }), tags)
    for (const one of found.violations)
      this.failures.push(`${this.size} ${name}: axe ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`)
  }
}
