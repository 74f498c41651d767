// A browser for journeys: every click and typed field is counted, every page seen is checked by axe and photographed.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

const web = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))
const { chromium } = web('playwright-core')
const axe_source = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } }

export async function open_browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
}

/** One person at one screen. `counts` is what the journey costs them. */
export class Person {
  constructor(browser, base, size, out) {
    Object.assign(this, { browser, base, size, out, failures: [], pictures: 0, counts: { clicks: 0, fields: 0, pages: 0 } })
  }

  async arrive(state) {
    const phone = this.size === 'phone'
    this.context = await this.browser.newContext({
      viewport: sizes[this.size], deviceScaleFactor: phone ? 2 : 1, locale: 'zh-CN', hasTouch: phone, isMobile: phone,
      acceptDownloads: true, storageState: state,
    })
    this.context.setDefaultTimeout(20000)
    this.page = await this.context.newPage()
    this.page.on('pageerror', (error) => this.failures.push(`page: ${error.message} at ${this.page.url()}`))
    this.page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) this.failures.push(`console: ${message.text()}`)
    })
    return this
  }

  /** Closes everything but what a real browser keeps: its cookies. */
  async leave_and_return() {
    const state = await this.context.storageState()
    await this.context.close()
    await this.arrive(state)
  }

  async go(path) {
    await this.page.goto(`${this.base}${path}`)
    await this.settle()
  }

  /** Until nothing is asked any more, or for a page that keeps asking, two seconds. */
  async settle() {
    await this.page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined)
    await this.page.waitForTimeout(80)
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

  /** A picture, axe without violations, no sideways scroll. */
  async look(name) {
    await this.settle()
    this.counts.pages++
    if (this.out) {
      mkdirSync(this.out, { recursive: true })
      await this.page.screenshot({ path: join(this.out, `${this.size}-${name}.png`), fullPage: true })
      this.pictures++
    }
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) this.failures.push(`${this.size} ${name}: scrolls sideways by ${wide} px`)
    await this.page.evaluate(axe_source)
    const found = await this.page.evaluate((run) => window.axe.run(document, { runOnly: { type: 'tag', values: run } }), tags)
    for (const one of found.violations)
      this.failures.push(`${this.size} ${name}: axe ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`)
  }
}
