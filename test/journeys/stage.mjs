// Where journeys are played: who is there, what it costs them, what went wrong. One server and one set of departments
// serve all journeys of a size; staff stay signed in from one journey to the next, residents come and go.
import { Person } from './browser.mjs'

const journey_most_ms = 150_000
const told_most_ms = 5000
const counted = [
  'fields_total', 'fields_prefilled', 'fields_typed', 'materials_total', 'materials_waived', 'materials_from_licence',
  'materials_promised', 'materials_uploaded', 'materials_brought',
]
const cost_heads = [
  'application', 'clicks', 'typed into', 'seconds', 'fields', 'filled in', 'typed', 'papers', 'waived', 'from licences',
  'promised', 'uploaded', 'brought',
]

/** A page whose script never ends answers nothing: nobody waits for it for ever. */
async function within(milliseconds, what, act) {
  let timer
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what} took too long`)), milliseconds) })
  return Promise.race([act, late]).finally(() => clearTimeout(timer))
}

export class Stage {
  constructor(browser, { base, sim, size, out }) {
    Object.assign(this, { browser, base, sim, size, out })
    Object.assign(this, { staff_in: new Map(), people: [], steps: 0, pages: 0, costs: [], faults: [], known: new Set() })
  }

  async person(name) {
    const one = await new Person(this.browser, this.base, this.size, this.out).arrive()
    one.name = name
    this.people.push(one)
    return one
  }

  /** Someone of the staff, signed in, on the first page of the desk. `post`: by its title, for who has several. */
  async staff(number, post) {
    const kept = this.staff_in.get(number)
    if (kept) return kept
    const me = await this.person(number)
    await me.go('/desk/')
    await me.page.locator('#number').fill(number)
    await me.page.locator('#password').fill('Desk-2026')
    await this.look_once(me, 'desk-sign-in')
    await me.press('登录')
    await me.page.waitForURL((url) => !url.pathname.includes('/login'))
    if (post) {
      await me.press(new RegExp(post))
      await me.page.waitForURL((url) => !url.pathname.includes('/posts'))
    }
    await me.page.getByRole('heading', { level: 1 }).first().waitFor()
    this.staff_in.set(number, me)
    return me
  }

  /** Pages that are the same in every journey are looked at in the first. */
  async look_once(me, name) {
    if (this.known.has(name)) return
    this.known.add(name)
    await me.look(name)
  }

  /** As it comes out of a printer: the same page on paper. */
  async look_printed_once(me, name) {
    if (this.known.has(name)) return
    this.known.add(name)
    await me.page.emulateMedia({ media: 'print' })
    await me.look(name)
    await me.page.emulateMedia({ media: 'screen' })
  }

  /** How a department answers questions about one person from now on; 'ok' takes it away. */
  async switch(source, mode, id_number) {
    const reply = await fetch(`${this.sim}/control/sources/${source}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ mode, id_number }),
    })
    if (!reply.ok) throw new Error(`the switch of ${source} answers ${reply.status}`)
  }

  async step(name, act) {
    this.at = name
    const done = await act()
    this.steps++
    return done
  }

  fault(text) {
    this.faults.push(`${this.size} ${this.journey}: ${text}`)
  }

  expect(truth, text) {
    if (!truth) this.fault(text)
  }

  note(text) {
    console.log(`note: ${this.size}: ${text}`)
  }

  /** What an application cost the person and what it spared them, told as a table at the end. */
  cost(who, { burden, seconds }) {
    const { clicks, fields } = who.counts
    this.costs.push([this.journey, clicks, fields, seconds.toFixed(1), ...(burden ? counted.map((one) => burden[one]) : [])])
  }

  tell_costs() {
    for (const row of [cost_heads, cost_heads.map(() => '---'), ...this.costs]) this.note(`| ${row.join(' | ')} |`)
  }

  async play({ name, run }) {
    Object.assign(this, { journey: name, at: '' })
    const began = Date.now()
    try {
      await within(journey_most_ms, 'the journey', run(this))
    } catch (thrown) {
      this.fault(`${this.at}: ${String(thrown.stack ?? thrown).split('\n').slice(0, 8).join('\n')}`)
      await this.tell_all()
      this.staff_in.clear() // a dialog may stand open on any of their screens
    }
    const seconds = (Date.now() - began) / 1000
    const staying = new Set(this.staff_in.values())
    for (const one of this.people) {
      this.faults.push(...one.failures.splice(0).map((text) => `${name}: ${text}`))
      this.pages += one.counts.pages
      one.counts.pages = 0
      if (!staying.has(one)) await one.leave()
    }
    this.people = [...staying]
    this.note(`${name} took ${seconds.toFixed(1)} s`)
  }

  /** What stands on every screen when a journey breaks. */
  async tell_all() {
    for (const one of this.people) {
      const said = await within(told_most_ms, 'the page', one.page.locator('[role=alert], h1').allInnerTexts()).catch((thrown) => [thrown.message])
      console.log(`${this.size} ${this.journey}: ${one.name} at ${one.page.url()}: ${said.join(' / ')}`)
      if (!this.out) continue
      const path = `${this.out}/${this.size}-broke-${this.journey.replaceAll(/\W+/g, '-')}-${one.name}.png`
      await one.page.screenshot({ path, fullPage: true, timeout: told_most_ms }).catch(() => undefined)
    }
  }
}
